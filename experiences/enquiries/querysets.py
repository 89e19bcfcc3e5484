"""What the inbox asks of the table of enquiries, as querysets that chain and conditions for `filter()`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Value, When

from experiences.enquiries.states import ENDED, WAITING_FOR_US, EnquiryStatus

if TYPE_CHECKING:
    from experiences.enquiries.models import Enquiry


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def quarantined(self) -> Self:
        return self.filter(status=EnquiryStatus.SPAM)

    def to_review(self) -> Self:
        """Quarantined by the site, and no colleague has looked yet."""
        return self.quarantined().filter(~reviewed())

    def reviewed_spam(self) -> Self:
        """In quarantine because a colleague says that it is spam."""
        return self.quarantined().filter(reviewed())

    def with_is_reviewed(self) -> Self:
        """Adds `is_reviewed`: whether a colleague has said that it is spam."""
        return self.annotate(is_reviewed=reviewed())

    def not_quarantined(self) -> Self:
        return self.exclude(status=EnquiryStatus.SPAM)

    def waiting_for_us(self) -> Self:
        """The next step is ours (`states.WAITING_FOR_US`)."""
        return self.filter(status__in=WAITING_FOR_US)

    def overdue(self, now: datetime) -> Self:
        return self.filter(is_overdue(now))

    def with_failed_mail(self) -> Self:
        """Not ended, and a mail about it could not be sent."""
        return self.exclude(status__in=ENDED).filter(has_failed_mail())

    def with_held_mail(self) -> Self:
        """Not in quarantine, and a mail about it is held back by a cap (`core.mail.caps`)."""
        return self.not_quarantined().filter(has_held_mail())

    def from_the_same_person(self, enquiry: Enquiry) -> Self:
        """Other enquiries with the same e-mail address or phone number, newest first."""
        same = Q(pk__in=[])
        if enquiry.email:
            same |= Q(email__iexact=enquiry.email)
        if enquiry.phone:
            same |= Q(phone=enquiry.phone)
        return self.filter(same).exclude(pk=enquiry.pk).order_by("-created_at")

    def for_inbox(self) -> Self:
        """All that a row shows, in one query: those that wait for an owner on top, then the newest."""
        waits_for_an_owner = When(owner=None, status__in=WAITING_FOR_US, then=Value(0))
        rows = self.select_related("owner__wagtail_userprofile")
        return rows.order_by(Case(waits_for_an_owner, default=Value(1)), "-created_at", "-pk")


def is_overdue(now: datetime) -> Q:
    """Waits for us, has no answer yet, and its `answer_due` has passed."""
    return Q(status__in=WAITING_FOR_US, answered_at=None, answer_due__lt=now)


def reviewed() -> Exists:
    """A user, not the site, has set its status to spam."""
    entries = apps.get_model("enquiries", "TimelineEntry").objects
    by_a_user = entries.filter(kind="change", data__to=EnquiryStatus.SPAM, author__isnull=False)
    return Exists(by_a_user.filter(enquiry=OuterRef("pk")))


def has_failed_mail() -> Exists:
    """A mail about the enquiry could not be sent."""
    return _has_mail("failed")


def has_held_mail() -> Exists:
    """A mail about the enquiry is held back by a cap."""
    return _has_mail("held")


def _has_mail(status: str) -> Exists:
    entries = apps.get_model("enquiries", "TimelineEntry").objects
    return Exists(entries.filter(enquiry=OuterRef("pk"), mail__status=status))
