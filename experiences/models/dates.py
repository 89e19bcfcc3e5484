"""Fixed dates of an experience."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldRowPanel
from wagtail.models import Orderable

from core.web.page_cache.clock import changes_pages
from experiences.models.experience import ExperiencePage


class ExperienceDate(Orderable):
    """A start and the seats left, as a row of an experience."""

    page = ParentalKey(ExperiencePage, on_delete=models.CASCADE, related_name="dates")
    start = models.DateTimeField(_("start"))
    seats = models.PositiveSmallIntegerField(_("seats"), help_text=_("How many can come; 0 when it is full."))

    panels = [FieldRowPanel(["start", "seats"])]

    class Meta(Orderable.Meta):
        verbose_name = _("fixed date")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "start"],
                deferrable=models.Deferrable.DEFERRED,
                name="date_once_an_experience",
            )
        ]
        indexes = [models.Index(fields=["start"], name="date_by_start")]  # `next_start`

    @property
    def day(self) -> str:
        """The date in Stockholm in ISO 8601, as URLs have it: 2027-02-04."""
        return timezone.localtime(self.start).date().isoformat()


@changes_pages
def next_start(now: datetime) -> datetime | None:
    """The next start of any date: pages no longer offer it then."""
    return ExperienceDate.objects.filter(start__gt=now).aggregate(first=models.Min("start"))["first"]
