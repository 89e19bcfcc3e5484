"""What staff do with an enquiry: take it, answer it, write a note, change its state, release it from quarantine.

Each action is one transaction that locks the enquiry's row first, so that two colleagues act one after the other. The
argument `seen` is the newest timeline entry on the page that the caller acted from (`newest_entry_id`): if there is a
newer one, the action raises `UnseenEntries` and changes nothing. A second click on the same button changes nothing
either; of a reply or a note it returns the entry of the first. docs/decisions/0009 says why.
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
from experiences.enquiries.promise import answer_due, default_site_settings
from experiences.enquiries.services import receiving
from experiences.enquiries.states import ENDED

Kind = TimelineEntry.Kind
Status = Enquiry.Status
# The states that a reply or a call can leave the enquiry in.
AFTER_A_REPLY = (
    Status.WAITING_VISITOR,
    Status.WAITING_PROVIDER,
    Status.OFFER_SENT,
    Status.BOOKED,
    Status.OPEN,
    Status.CLOSED,
)


class UnseenEntries(Exception):
    """The timeline has `entries` (oldest first) that the caller has not seen."""

    def __init__(self, entries: list[TimelineEntry]) -> None:
        super().__init__(f"{len(entries)} new entries")
        self.entries = entries


class AlreadyOwned(Exception):
    """The enquiry has an owner already."""

    def __init__(self, owner: User) -> None:
        super().__init__(owner.get_username())
        self.owner = owner


class Quarantined(Exception):
    """The enquiry is in quarantine. Release it first: spam must not make us write to a stranger's address."""


class NoEmailAddress(Exception):
    """The visitor left no e-mail address."""


# --- Actions --------------------------------------------------------------------------------------------------------


@transaction.atomic
def take(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Make `by` the owner. Raises AlreadyOwned if a colleague is."""
    row = lock(enquiry)
    if row.owner_id == by.pk:
        return row
    if row.owner:
        raise AlreadyOwned(row.owner)
    change_owner(row, by, by=by)
    log(row, "enquiries.take", user=by)
    return row


@transaction.atomic
def give_back(enquiry: Enquiry, *, by: User, seen: int) -> Enquiry:
    """Remove the owner; the status is "new" again if the enquiry has not been answered. Raises UnseenEntries."""
    row = lock(enquiry)
    if row.owner is None:
        return row
    require_seen(row, seen)
    change_owner(row, None, by=by)
    log(row, "enquiries.give_back", user=by)
    return row


@transaction.atomic
def hand_over(enquiry: Enquiry, *, by: User, to: User, seen: int) -> Enquiry:
    """Make a colleague the owner, whoever it was before. Raises UnseenEntries."""
    row = lock(enquiry)
    if row.owner_id == to.pk:
        return row
    require_seen(row, seen)
    change_owner(row, to, by=by)
    log(row, "enquiries.hand_over", user=by, data={"to": to.pk})
    return row


@transaction.atomic
def reply(
    enquiry: Enquiry, *, by: User, subject: str, text: str, seen: int, then: str = Status.WAITING_VISITOR
) -> TimelineEntry:
    """Put a reply to the visitor into the outbox, with its timeline entry and the new state `then`.

    Sets `answered_at`, and makes `by` the owner if there is none. Raises UnseenEntries, Quarantined or NoEmailAddress.
    """
    row = lock(enquiry)
    if first := entry_of_first_click(row, Kind.REPLY, by, text, seen):
        return first
    require_seen(row, seen)
    require_not_quarantined(row)
    if not row.email:
        raise NoEmailAddress
    subject = with_reference(subject, row)
    take_if_unowned(row, by)
    entry = add_entry(row, Kind.REPLY, by, text=text, text_dir=direction(row.language), data={"subject": subject})
    entry.mail = outbox.put(
        mails.reply(row, subject=subject, text=text, by=by), key=f"enquiry:{row.pk}:reply:{entry.pk}"
    )
    entry.save(update_fields=["mail"])
    set_answered(row, by, then)
    log(row, "enquiries.reply", user=by)
    return entry


@transaction.atomic
def log_call(enquiry: Enquiry, *, by: User, text: str, seen: int, then: str = Status.WAITING_VISITOR) -> TimelineEntry:
    """Add a note of a phone call to the visitor. The enquiry then counts as answered, as after `reply`.

    Raises UnseenEntries or Quarantined.
    """
    row = lock(enquiry)
    if first := entry_of_first_click(row, Kind.NOTE, by, text, seen):
        return first
    require_seen(row, seen)
    require_not_quarantined(row)
    take_if_unowned(row, by)
    entry = add_entry(row, Kind.NOTE, by, text=text, data={"call": True})
    set_answered(row, by, then)
    log(row, "enquiries.call", user=by)
    return entry


@transaction.atomic
def add_note(enquiry: Enquiry, *, by: User, text: str, seen: int) -> TimelineEntry:
    """Add a note for colleagues. Never mailed. It overwrites nothing, so `seen` only serves to find a second click."""
    row = lock(enquiry)
    if first := entry_of_first_click(row, Kind.NOTE, by, text, seen):
        return first
    entry = add_entry(row, Kind.NOTE, by, text=text)
    log(row, "enquiries.note", user=by)
    return entry


def next_states(enquiry: Enquiry) -> list[str]:
    """The states that an enquiry can be changed to.

    Never "new": that is set by `give_back` and `release`. "reopened" only from a state that has ended. None from
    quarantine: `release` leads out of it.
    """
    if enquiry.status == Status.SPAM:
        return []
    if enquiry.status in ENDED:
        states: list[str] = [Status.REOPENED, *ENDED]
    else:
        states = [state for state in Status.values if state not in (Status.NEW, Status.REOPENED)]
    return [str(state) for state in states if state != enquiry.status]


@transaction.atomic
def change_status(enquiry: Enquiry, *, by: User, status: str, seen: int, reason: str = "") -> Enquiry:
    """Set the state, with a reason for colleagues.

    Raises UnseenEntries, Quarantined, or ValueError for a state that is not in `next_states`.
    """
    row = lock(enquiry)
    if row.status == status:
        return row
    require_not_quarantined(row)
    require_seen(row, seen)
    if status not in next_states(row):
        raise ValueError(f"{row.status} to {status}")
    set_status(row, status, by, reason)
    row.save(update_fields=["status"])
    if status == Status.SPAM:
        receiving.delete_held_mails(row)
    return row


@transaction.atomic
def release(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Release an enquiry from quarantine: new, with `answer_due` counted from now, and its mails in the outbox."""
    row = lock(enquiry)
    if row.status != Status.SPAM:
        return row
    add_entry(row, Kind.CHANGE, by, data={"field": "status", "from": Status.SPAM, "to": Status.NEW})
    site_settings = default_site_settings()
    row.status, row.answer_due = Status.NEW, answer_due(timezone.now(), site_settings)
    row.save(update_fields=["status", "answer_due"])
    receiving.queue_mails(row, site_settings)
    log(row, "enquiries.release", user=by)
    return row


@transaction.atomic
def mark_reviewed(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Note that a colleague has looked at a quarantined enquiry and that it is spam. It remains in quarantine."""
    row = lock(enquiry)
    if row.status == Status.SPAM and not Enquiry.objects.reviewed_spam().filter(pk=row.pk).exists():
        add_entry(row, Kind.CHANGE, by, data={"field": "status", "from": Status.SPAM, "to": Status.SPAM})
        log(row, "enquiries.spam", user=by)
    return row


@transaction.atomic
def send_again(enquiry: Enquiry, *, by: User, mail: OutgoingMail) -> None:
    """Send a failed mail of the enquiry again, or a held one at once. Does nothing with other mails.

    Raises Quarantined.
    """
    row = lock(enquiry)
    require_not_quarantined(row)
    if mail.status == OutgoingMail.Status.FAILED and row.timeline.filter(mail=mail).exists():
        outbox.retry(mail)
        add_entry(row, Kind.CHANGE, by, data={"field": "mail", "to": "again"})
        log(row, "enquiries.send_again", user=by)
    elif mail.status == OutgoingMail.Status.HELD and row.timeline.filter(mail=mail).exists():
        outbox.release(mail)
        add_entry(row, Kind.CHANGE, by, data={"field": "mail", "to": "now"})
        log(row, "enquiries.send_now", user=by)


# --- Used by the actions -------------------------------------------------------------------------------------------


def newest_entry_id(enquiry: Enquiry) -> int:
    """The id of the newest timeline entry, for `seen`; 0 without entries.

    MAIL entries do not count: the site writes them, and no colleague needs to read one before acting.
    """
    entries = TimelineEntry.objects.filter(enquiry=enquiry).exclude(kind=Kind.MAIL)
    return entries.aggregate(newest=Max("pk"))["newest"] or 0


def lock(enquiry: Enquiry) -> Enquiry:
    """The enquiry's current row, locked until the end of the transaction (SELECT … FOR UPDATE).

    Without `select_related("owner")`: after waiting for a lock PostgreSQL reads the locked row again but not the joined
    one, so that an owner who was set meanwhile would be None.
    """
    return Enquiry.objects.select_for_update().get(pk=enquiry.pk)


def unseen_entries(row: Enquiry, seen: int) -> list[TimelineEntry]:
    """Timeline entries after `seen`, oldest first; without MAIL entries, as in `newest_entry_id`."""
    entries = TimelineEntry.objects.filter(enquiry=row, pk__gt=seen).exclude(kind=Kind.MAIL)
    return list(entries.select_related("author").order_by("pk"))


def require_seen(row: Enquiry, seen: int) -> None:
    """Raise UnseenEntries if the timeline has entries after `seen`."""
    if entries := unseen_entries(row, seen):
        raise UnseenEntries(entries)


def require_not_quarantined(row: Enquiry) -> None:
    """Raise Quarantined if the enquiry is in quarantine."""
    if row.status == Status.SPAM:
        raise Quarantined


def entry_of_first_click(row: Enquiry, kind: str, by: User, text: str, seen: int) -> TimelineEntry | None:
    """For a form that is sent twice: the entry that the first sending made. None if this is the first.

    It has the same author and text, and is newer than the last entry when the form was opened (`seen`, a primary key).
    """
    return TimelineEntry.objects.filter(enquiry=row, kind=kind, author=by, text=text, pk__gt=seen).first()


def with_reference(subject: str, row: Enquiry) -> str:
    """The subject with the enquiry's reference in it, by which an answer to the mail is assigned to the enquiry."""
    return subject if row.reference in subject else f"{subject} [{row.reference}]"


def add_entry(row: Enquiry, kind: str, by: User, **fields: Any) -> TimelineEntry:
    """Insert a timeline entry by a user. `fields`: other fields of `TimelineEntry`."""
    return TimelineEntry.objects.create(enquiry=row, kind=kind, author=by, **fields)


def take_if_unowned(row: Enquiry, by: User) -> None:
    """Make `by` the owner if there is none. Does not save the row."""
    if row.owner is None:
        set_owner(row, by, by)


def set_answered(row: Enquiry, by: User, then: str) -> None:
    """Set the state `then`, and `answered_at` if this is the first answer. Saves the row, with its owner."""
    row.answered_at = row.answered_at or timezone.now()
    set_status(row, then, by)
    row.save(update_fields=["owner", "answered_at", "status"])


def set_status(row: Enquiry, status: str, by: User, reason: str = "") -> None:
    """Set another state, with its timeline entry and log entry. Does not save the row."""
    if row.status == status:
        return
    add_entry(row, Kind.CHANGE, by, text=reason, data={"field": "status", "from": row.status, "to": status})
    log(row, "enquiries.status", user=by, data={"from": row.status, "to": status})
    row.status = status


def set_owner(row: Enquiry, to: User | None, by: User) -> None:
    """Set another owner, with its timeline entry. Does not save the row."""
    names = {"from": row.owner and get_user_display_name(row.owner), "to": to and get_user_display_name(to)}
    add_entry(row, Kind.CHANGE, by, data={"field": "owner", **names})
    row.owner = to


def change_owner(row: Enquiry, to: User | None, *, by: User) -> None:
    """Set and save another owner, and the state that follows: with an owner "new" becomes "open".

    Without an owner "open" becomes "new", unless the enquiry has been answered.
    """
    set_owner(row, to, by)
    if row.status == Status.NEW and to:
        set_status(row, Status.OPEN, by)
    elif row.status == Status.OPEN and not to and not row.answered_at:
        set_status(row, Status.NEW, by)
    row.save(update_fields=["owner", "status"])
