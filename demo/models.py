"""Tables of the demo."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LoadedStep(models.Model):
    """A finished step of loading the demo content (demo.loader), which does not run again."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class DemoMail(models.Model):
    """A mail that was stored instead of sent, for one recipient."""

    message_id = models.CharField(max_length=200)
    sender = models.CharField(max_length=254)
    to = models.CharField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=12, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("demo e-mail")
        verbose_name_plural = _("demo e-mails")

    def __str__(self) -> str:
        return self.subject
