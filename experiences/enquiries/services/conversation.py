"""What staff do with an enquiry: take it, answer it, note, change its state. One function for each, for view and test.

Each locks the enquiry's row first: two colleagues at once become one after the other. `seen` is the newest entry of
the timeline that the writer had before their eyes (`newest`): the second one is told what the first did (`News`)
instead of writing over it. A second click finds what the first one made.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from core.languages.table import direction
from core.mail import outbox
from core.models import OutgoingMail, User
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.services import receiving
from experiences.enquiries.states import ENDED

Kind = TimelineEntry.Kind
Status = Enquiry.Status
# What the writer of a reply may leave the enquiry as.
AFTER_A_REPLY = (
    Status.WAITING_VISITOR,
    Status.WAITING_PROVIDER,
    Status.OFFER_SENT,
    Status.BOOKED,
    Status.OPEN,
    Status.CLOSED,
)


class News(Exception):
    """Something happened that the writer has not seen: the entries, oldest first."""

    def __init__(self, entries: list[TimelineEntry]) -> None:
        super().__init__(f"{len(entries)} new entries")
        self.entries = entries


class Taken(Exception):
    """A colleague owns it already."""

    def __init__(self, owner: User) -> None:
        super().__init__(owner.get_username())
        self.owner = owner


class Quarantined(Exception):
    """It must be set free first: nobody may make us write to a stranger."""


class Unreachable(Exception):
    """The visitor left no address to write to."""


# --- Actions --------------------------------------------------------------------------------------------------------


@transaction.atomic
def take(enquiry: Enquiry, *, by: User) -> Enquiry:
    """It is mine now, and colleagues see it. Raises Taken when somebody was first."""
    row = lock(enquiry)
    if row.owner_id == by.pk:
        return row
    if row.owner:
        raise Taken(row.owner)
    give_to(row, by, by=by)
    log(row, "enquiries.take", user=by)
    return row


@transaction.atomic
def give_back(enquiry: Enquiry, *, by: User, seen: int) -> Enquiry:
    """Nobody's again, on top of the list; new again if nobody has answered."""
    row = lock(enquiry)
    if row.owner is None:
        return row
    refuse_unseen(row, by, seen)
    give_to(row, None, by=by)
    log(row, "enquiries.give_back", user=by)
    return row


@transaction.atomic
def hand_over(enquiry: Enquiry, *, by: User, to: User, seen: int) -> Enquiry:
    """A colleague's from now on."""
    row = lock(enquiry)
    if row.owner_id == to.pk:
        return row
    refuse_unseen(row, by, seen)
    give_to(row, to, by=by)
    log(row, "enquiries.hand_over", user=by, data={"to": to.pk})
    return row


@transaction.atomic
def reply(
    enquiry: Enquiry, *, by: User, subject: str, text: str, seen: int, then: str = Status.WAITING_VISITOR
) -> TimelineEntry:
    """Mail the visitor in their language. The mail, its entry and the new state: all or none.

    Raises News, Quarantined or Unreachable; then nothing is sent.
    """
    row = lock(enquiry)
    if first := same_words(row, Kind.REPLY, by, text, seen):
        return first
    refuse_unseen(row, by, seen)
    refuse_quarantined(row)
    if not row.email:
        raise Unreachable
    subject = with_reference(subject, row)
    take_if_unowned(row, by)
    entry = add(row, Kind.REPLY, by, text=text, text_dir=direction(row.language), data={"subject": subject})
    entry.mail = outbox.put(
        mails.reply(row, subject=subject, text=text, by=by), key=f"enquiry:{row.pk}:reply:{entry.pk}"
    )
    entry.save(update_fields=["mail"])
    set_answered(row, by, then)
    log(row, "enquiries.reply", user=by)
    return entry


@transaction.atomic
def log_call(enquiry: Enquiry, *, by: User, text: str, seen: int, then: str = Status.WAITING_VISITOR) -> TimelineEntry:
    """The visitor was called: what was said, and the enquiry counts as answered. Raises News or Quarantined."""
    row = lock(enquiry)
    if first := same_words(row, Kind.NOTE, by, text, seen):
        return first
    refuse_unseen(row, by, seen)
    refuse_quarantined(row)
    take_if_unowned(row, by)
    entry = add(row, Kind.NOTE, by, text=text, data={"call": True})
    set_answered(row, by, then)
    log(row, "enquiries.call", user=by)
    return entry


@transaction.atomic
def note(enquiry: Enquiry, *, by: User, text: str, seen: int) -> TimelineEntry:
    """For colleagues only. It is no mail and never becomes one; it writes over nothing, so news do not stop it."""
    row = lock(enquiry)
    if first := same_words(row, Kind.NOTE, by, text, seen):
        return first
    entry = add(row, Kind.NOTE, by, text=text)
    log(row, "enquiries.note", user=by)
    return entry


def next_states(enquiry: Enquiry) -> list[str]:
    """Where an enquiry may go from here. New is what nobody has (giving back leads there), reopened what had ended."""
    if enquiry.status == Status.SPAM:
        return []
    if enquiry.status in ENDED:
        states: list[str] = [Status.REOPENED, *ENDED]
    else:
        states = [state for state in Status.values if state not in (Status.NEW, Status.REOPENED)]
    return [str(state) for state in states if state != enquiry.status]


@transaction.atomic
def change_status(enquiry: Enquiry, *, by: User, status: str, seen: int, reason: str = "") -> Enquiry:
    """Another state, with the reason where there is one. Raises News, Quarantined (`set_free` leads out of that), or
    ValueError for a state that does not follow on this one (`next_states`)."""
    row = lock(enquiry)
    if row.status == status:
        return row
    refuse_quarantined(row)
    refuse_unseen(row, by, seen)
    if status not in next_states(row):
        raise ValueError(f"{row.status} to {status}")
    set_status(row, status, by, reason)
    row.save(update_fields=["status"])
    if status == Status.SPAM:
        receiving.withdraw_held_mails(row)
    return row


@transaction.atomic
def set_free(enquiry: Enquiry, *, by: User) -> Enquiry:
    """It was no spam: its mails leave as if it had just come."""
    row = lock(enquiry)
    if row.status == Status.SPAM:
        receiving.release(row, by=by)
        log(row, "enquiries.release", user=by)
    return row


@transaction.atomic
def judge_spam(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Somebody has looked, and it is spam. It is kept, and no longer waits for a judge."""
    row = lock(enquiry)
    if row.status == Status.SPAM and not Enquiry.objects.judged_spam().filter(pk=row.pk).exists():
        add(row, Kind.CHANGE, by, data={"field": "status", "from": Status.SPAM, "to": Status.SPAM})
        log(row, "enquiries.spam", user=by)
    return row


@transaction.atomic
def send_again(enquiry: Enquiry, *, by: User, mail: OutgoingMail) -> None:
    """A mail of this enquiry's that had failed is tried anew, as its cause was mended; one that is held back leaves.

    Raises Quarantined.
    """
    row = lock(enquiry)
    refuse_quarantined(row)
    if mail.status == OutgoingMail.Status.FAILED and row.timeline.filter(mail=mail).exists():
        outbox.again(mail)
        add(row, Kind.CHANGE, by, data={"field": "mail", "to": "again"})
        log(row, "enquiries.send_again", user=by)
    elif mail.status == OutgoingMail.Status.HELD and row.timeline.filter(mail=mail).exists():
        outbox.let_go(mail)
        add(row, Kind.CHANGE, by, data={"field": "mail", "to": "now"})
        log(row, "enquiries.send_now", user=by)


# --- What they share ------------------------------------------------------------------------------------------------


def newest(enquiry: Enquiry) -> int:
    """The newest entry's id: what a form carries as `seen`. A mail on its way is no news."""
    entries = TimelineEntry.objects.filter(enquiry=enquiry).exclude(kind=Kind.MAIL)
    return entries.aggregate(newest=Max("pk"))["newest"] or 0


def lock(enquiry: Enquiry) -> Enquiry:
    """The row as it is now. Who else wants it waits for the end of this transaction.

    Without the owner's row beside it: after a wait PostgreSQL reads the locked row anew and the joined ones not, so
    that a new owner would look like nobody.
    """
    return Enquiry.objects.select_for_update().get(pk=enquiry.pk)


def unseen(row: Enquiry, seen: int) -> list[TimelineEntry]:
    entries = TimelineEntry.objects.filter(enquiry=row, pk__gt=seen).exclude(kind=Kind.MAIL)
    return list(entries.select_related("author").order_by("pk"))


def refuse_unseen(row: Enquiry, by: User, seen: int) -> None:
    if entries := unseen(row, seen):
        raise News(entries)


def refuse_quarantined(row: Enquiry) -> None:
    if row.status == Status.SPAM:
        raise Quarantined


def same_words(row: Enquiry, kind: str, by: User, text: str, seen: int) -> TimelineEntry | None:
    """What a first click on the same form made."""
    return TimelineEntry.objects.filter(enquiry=row, kind=kind, author=by, text=text, pk__gt=seen).first()


def with_reference(subject: str, row: Enquiry) -> str:
    """An answer to it finds its enquiry by the reference."""
    return subject if row.reference in subject else f"{subject} [{row.reference}]"


def add(row: Enquiry, kind: str, by: User, **fields: Any) -> TimelineEntry:
    return TimelineEntry.objects.create(enquiry=row, kind=kind, author=by, **fields)


def take_if_unowned(row: Enquiry, by: User) -> None:
    """Whoever answers what nobody has, has taken it. Sets, does not save."""
    if row.owner is None:
        set_owner(row, by, by)


def set_answered(row: Enquiry, by: User, then: str) -> None:
    """The first answer's time is kept."""
    row.answered_at = row.answered_at or timezone.now()
    set_status(row, then, by)
    row.save(update_fields=["owner", "answered_at", "status"])


def set_status(row: Enquiry, status: str, by: User, reason: str = "") -> None:
    """Sets, does not save."""
    if row.status == status:
        return
    add(row, Kind.CHANGE, by, text=reason, data={"field": "status", "from": row.status, "to": status})
    log(row, "enquiries.status", user=by, data={"from": row.status, "to": status})
    row.status = status


def set_owner(row: Enquiry, to: User | None, by: User) -> None:
    """Sets, does not save."""
    names = {"from": row.owner and get_user_display_name(row.owner), "to": to and get_user_display_name(to)}
    add(row, Kind.CHANGE, by, data={"field": "owner", **names})
    row.owner = to


def give_to(row: Enquiry, to: User | None, *, by: User) -> None:
    """New and open follow the owner: new is what nobody has, until somebody has answered."""
    set_owner(row, to, by)
    if row.status == Status.NEW and to:
        set_status(row, Status.OPEN, by)
    elif row.status == Status.OPEN and not to and not row.answered_at:
        set_status(row, Status.NEW, by)
    row.save(update_fields=["owner", "status"])
