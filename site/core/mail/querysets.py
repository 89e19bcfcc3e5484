"""The questions that the mail worker asks."""

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
        """Above a cap: they wait for room, or for somebody of the staff."""
        return self.filter(status="held")

    def due(self, now: datetime) -> Self:
        """What should leave now, in the order of its time."""
        return self.waiting().filter(next_try__lte=now).order_by("next_try", "pk")

    def free(self) -> Self:
        """Only what no other worker holds; the lock stands until the transaction ends."""
        return self.select_for_update(skip_locked=True)
