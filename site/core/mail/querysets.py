"""Querysets of the outbox."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from core.mail.models import OutgoingMail  # noqa: F401


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def waiting(self) -> Self:
        return self.filter(status="due")

    def held(self) -> Self:
        """Above a cap: waiting until the counters allow it, or until staff send it."""
        return self.filter(status="held")

    def due(self, now: datetime) -> Self:
        """To be sent by `now`, the oldest first."""
        return self.waiting().filter(next_try__lte=now).order_by("next_try", "pk")

    def done(self) -> Self:
        """Sent, or failed for good."""
        return self.filter(status__in=["sent", "failed"])

    def blank_texts(self) -> int:
        """Delete what the mails say, not that they were sent. Returns how many had a text."""
        return self.exclude(text="", html="").update(text="", html="")

    def free(self) -> Self:
        """Lock the rows that no other worker has locked, until the transaction ends."""
        return self.select_for_update(skip_locked=True)
