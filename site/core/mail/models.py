"""The outbox, and counts of automatic mails."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.mail.querysets import OutgoingMailQuerySet
from core.web.counters import HourlyCount


class MailCount(HourlyCount):
    """Automatic mails in one hour: to a mailbox, caused by a network, in all. Deleted before they are a day old."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="one_mail_count_an_hour")]


class MailStatus(models.TextChoices):
    DUE = "due", _("waiting")
    HELD = "held", _("held back")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")


class OutgoingMail(models.Model):
    """A row of the outbox: written in the transaction of what it is about, sent by a worker."""

    Status = MailStatus

    # Given by the caller (`enquiry:12:confirmation`): a second mail with the same key is not stored.
    key = models.CharField(max_length=120, unique=True)
    # Fixed when the row is written: a copy sent twice (a worker killed while sending) can be recognised.
    message_id = models.CharField(max_length=200, unique=True)
    in_reply_to = models.CharField(max_length=200, blank=True)
    # Message-IDs of the thread's earlier mails, oldest first, separated by spaces (RFC 5322, 3.6.4).
    references = models.TextField(blank=True, default="", db_default="")
    to = models.EmailField(max_length=254)
    reply_to = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=250)
    # With placeholders for secrets (core.mail.placeholders). Both empty after MAIL_TEXT_DAYS, unless a conversation
    # keeps them.
    text = models.TextField()
    html = models.TextField(blank=True)
    language = models.CharField(max_length=12)
    # Written by the site, not by a person: other machines must not answer it (RFC 3834).
    automatic = models.BooleanField(default=True)
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.DUE)
    attempts = models.PositiveIntegerField(default=0)
    first_try = models.DateTimeField(null=True, blank=True)
    next_try = models.DateTimeField(default=timezone.now)
    # Which cap holds it back (core.mail.caps.Cap), and its counters, to be asked again; both empty once it may leave.
    held_by = models.CharField(max_length=10, blank=True)
    counted_by = models.JSONField(default=list, blank=True)
    # Why the last attempt did not succeed; empty as long as none has failed, and once the mail is sent.
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing e-mail")
        verbose_name_plural = _("outgoing e-mails")
        indexes = [
            models.Index(fields=["next_try"], condition=Q(status="due"), name="outgoing_mail_due"),
            models.Index(fields=["next_try"], condition=Q(status="held"), name="outgoing_mail_held"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=MailStatus.values), name="outgoing_mail_status"),
            models.CheckConstraint(
                condition=Q(status="held") & ~Q(held_by="") | ~Q(status="held") & Q(held_by=""),
                name="outgoing_mail_held_by_a_cap",
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | ~Q(status="sent") & Q(sent_at__isnull=True),
                name="outgoing_mail_sent_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} → {self.language}"
