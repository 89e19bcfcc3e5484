"""The questions that the inbox asks of the enquiries."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from experiences.enquiries.states import ENDED, OURS, EnquiryStatus

if TYPE_CHECKING:
    from experiences.enquiries.models import Enquiry


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def quarantined(self) -> Self:
        return self.filter(status=EnquiryStatus.SPAM)

    def to_judge(self) -> Self:
        """Quarantined by the site, and nobody has looked yet."""
        return self.quarantined().filter(~judged())

    def judged_spam(self) -> Self:
        return self.quarantined().filter(judged())

    def with_judgement(self) -> Self:
        """Each with `is_judged`: somebody has said that it is spam."""
        return self.annotate(is_judged=judged())

    def honest(self) -> Self:
        return self.exclude(status=EnquiryStatus.SPAM)

    def waiting_for_us(self) -> Self:
        return self.filter(status__in=OURS)

    def overdue(self, now: datetime) -> Self:
        return self.filter(is_overdue(now))

    def unowned(self) -> Self:
        return self.waiting_for_us().filter(owner=None)

    def with_failed_mail(self) -> Self:
        """A mail about it could not be sent, and the matter has not ended."""
        return self.exclude(status__in=ENDED).filter(has_failed_mail())

    def with_held_mail(self) -> Self:
        """A mail about it is above a cap (core.mail.caps), and waits."""
        return self.honest().filter(has_held_mail())

    def from_the_same_person(self, enquiry: Enquiry) -> Self:
        """Other enquiries with the same address or number, newest first."""
        same = Q(pk__in=[])
        if enquiry.email:
            same |= Q(email__iexact=enquiry.email)
        if enquiry.phone:
            same |= Q(phone=enquiry.phone)
        return self.filter(same).exclude(pk=enquiry.pk).order_by("-created_at")

    def for_inbox(self) -> Self:
        """All that a row shows, in one query: those that wait for an owner on top, then the newest."""
        waits_for_an_owner = When(owner=None, status__in=OURS, then=Value(0))
        rows = self.select_related("owner__wagtail_userprofile")
        return rows.order_by(Case(waits_for_an_owner, default=Value(1)), "-created_at", "-pk")


def is_overdue(now: datetime) -> Q:
    """Nobody has answered, and the promised time has passed."""
    return Q(status__in=OURS, answered_at=None, answer_due__lt=now)


def judged() -> Exists:
    """Somebody, not the site, has said that it is spam."""
    entries = apps.get_model("enquiries", "TimelineEntry").objects
    by_somebody = entries.filter(kind="change", data__to=EnquiryStatus.SPAM, author__isnull=False)
    return Exists(by_somebody.filter(enquiry=OuterRef("pk")))


def has_failed_mail() -> Exists:
    return _has_mail("failed")


def has_held_mail() -> Exists:
    return _has_mail("held")


def _has_mail(status: str) -> Exists:
    entries = apps.get_model("enquiries", "TimelineEntry").objects
    return Exists(entries.filter(enquiry=OuterRef("pk"), mail__status=status))
