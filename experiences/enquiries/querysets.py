"""The questions that the inbox asks of the enquiries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from experiences.enquiries.models import Enquiry  # noqa: F401

# States in which the next step is ours.
OURS = ("new", "open", "reopened")
ENDED = ("delivered", "closed", "declined", "duplicate", "spam")


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def quarantined(self) -> Self:
        return self.filter(status="spam")

    def honest(self) -> Self:
        return self.exclude(status="spam")

    def waiting_for_us(self) -> Self:
        return self.filter(status__in=OURS)

    def overdue(self, now: datetime) -> Self:
        return self.waiting_for_us().filter(answered_at=None, answer_due__lt=now)

    def unowned(self) -> Self:
        return self.waiting_for_us().filter(owner=None)

    def for_inbox(self) -> Self:
        """All that a row shows, in one query; unowned on top, then the newest."""
        rows = self.select_related("experience", "owner__wagtail_userprofile")
        return rows.order_by(F("owner").asc(nulls_first=True), "-created_at")
