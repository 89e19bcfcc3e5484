"""Enquiries in words, in the active language: when, how urgent, what happened. For the templates of the inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from wagtail.admin.utils import get_user_display_name

from core.languages.display import clock, short_day, small_first
from core.mail.caps import Cap
from core.mail.delivery import own_reason
from core.models import OutgoingMail
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.services.spam import Sign
from experiences.enquiries.states import WAITING_FOR_US

Status = Enquiry.Status
Kind = TimelineEntry.Kind
# The labels of `Enquiry.Purpose` are sentences in the first person; a column needs a word.
PURPOSES: dict[str, str | Promise] = {
    Enquiry.Purpose.BOOK: gettext_lazy("Booking"),
    Enquiry.Purpose.QUESTION: gettext_lazy("Question"),
    Enquiry.Purpose.GIFT: gettext_lazy("Gift"),
    Enquiry.Purpose.GROUP: gettext_lazy("Group or company"),
    Enquiry.Purpose.PRESS: gettext_lazy("Press"),
    Enquiry.Purpose.ACCESS: gettext_lazy("Accessibility"),
}


def moment(at: datetime) -> str:
    """A date and a time: "Today 14:05", "Yesterday 14:05", "3 December 14:05"."""
    days = (timezone.localdate() - timezone.localdate(at)).days
    named = {0: _("Today"), 1: _("Yesterday"), -1: _("Tomorrow")}
    return f"{named.get(days, short_day(at))} {clock(at)}"


def name(user: Any) -> str:
    """A user as Wagtail shows them: full name, else username."""
    return str(get_user_display_name(user))


def signs(enquiry: Enquiry) -> list[str]:
    """The spam signs of an enquiry, one phrase each. A value that is no longer in `Sign` is shown as stored."""
    known = dict(Sign.choices)
    return [str(known.get(sign, sign)) for sign in enquiry.spam_signs]


# --- The date by which we answer ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """Whether we have answered, or by when we will: one phrase in `words`.

    `is_overdue`: shown with a warning icon. `is_date`: `words` is a date alone, and needs "Answer due" before it.
    """

    words: str
    is_overdue: bool = False
    is_date: bool = False


def due(enquiry: Enquiry, now: datetime) -> Due:
    """What to show as the enquiry's "answer due". The promise holds for the first answer only."""
    if enquiry.answered_at and enquiry.status == Status.REOPENED:
        return Due(_("Answered before, waiting for us again"))
    if enquiry.answered_at:
        late = enquiry.answered_at > enquiry.answer_due
        return Due(_("Answered late") if late else _("Answered in time"))
    if enquiry.status not in WAITING_FOR_US:
        return Due(_("No answer needed"))
    when = moment(enquiry.answer_due)
    if enquiry.answer_due < now:
        return Due(_("Overdue since %(when)s") % {"when": small_first(when)}, is_overdue=True)
    if enquiry.answer_due - now < timedelta(hours=24):
        return Due(_("Soon: %(when)s") % {"when": small_first(when)})
    return Due(when, is_date=True)


# --- The timeline ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ShownEntry:
    """An entry of the timeline with all that its template shows.

    `is_unseen`: it came after the page on which the reader filled in a form, and is marked "New".
    """

    entry: TimelineEntry
    title: str
    icon: str
    mail: MailState | None = None
    is_unseen: bool = False

    @property
    def at(self) -> str:
        return moment(self.entry.at)

    @property
    def subject(self) -> str:
        """The subject of a reply or a mail, else empty."""
        return str(self.entry.data.get("subject") or (self.entry.mail.subject if self.entry.mail else ""))


@dataclass(frozen=True)
class MailState:
    """The state of an outgoing mail in words.

    `status`: `due`, `held`, `sent` or `failed`. `detail`: when it was or will be sent. `reason`: the server's error.
    """

    status: str
    label: str
    detail: str = ""
    reason: str = ""


ICONS = {
    Kind.RECEIVED: "mail",
    Kind.REPLY: "resubmit",
    Kind.NOTE: "comment",
    Kind.CHANGE: "rotate",
    Kind.MAIL: "mail",
}


def show_entry(entry: TimelineEntry, *, is_unseen: bool = False) -> ShownEntry:
    """The entry in words. Asks no query if `author` and `mail` were selected with it."""
    icon = ICONS.get(Kind(entry.kind), "info-circle")
    return ShownEntry(entry, title(entry), icon, mail_state(entry.mail) if entry.mail else None, is_unseen)


def title(entry: TimelineEntry) -> str:
    """A heading for the entry: what happened and, where a user did it, who."""
    who = {"name": name(entry.author) if entry.author else _("The site")}
    match entry.kind:
        case Kind.RECEIVED:
            return _("The enquiry came in")
        case Kind.REPLY:
            return _("%(name)s replied") % who
        case Kind.NOTE if entry.data.get("call"):
            return _("%(name)s called the visitor") % who
        case Kind.NOTE:
            return _("%(name)s wrote a note") % who
        case Kind.CHANGE if entry.data.get("field") == "owner":
            return owner_change(entry, who)
        case Kind.CHANGE if entry.data.get("field") == "mail" and entry.data.get("to") == "now":
            return _("%(name)s sent a held e-mail at once") % who
        case Kind.CHANGE if entry.data.get("field") == "mail":
            return _("%(name)s sent an e-mail again") % who
        case Kind.CHANGE:
            return status_change(entry, who)
    return _("Notice to the staff") if entry.data.get("mail") == "notice" else _("Confirmation to the visitor")


def owner_change(entry: TimelineEntry, who: dict[str, str]) -> str:
    """A sentence for a changed owner: taken, given back or handed over. `who`: {"name": the author}."""
    to = entry.data.get("to")
    if not to:
        return _("%(name)s gave it back") % who
    if to == who["name"]:
        return _("%(name)s took it") % who
    return _("%(name)s handed it over to %(to)s") % {**who, "to": to}


def status_change(entry: TimelineEntry, who: dict[str, str]) -> str:
    """A sentence for a changed state, with words of its own for what happens in quarantine."""
    old, new = entry.data.get("from"), entry.data.get("to")
    if old == new == Status.SPAM:
        return _("%(name)s marked it as spam") % who
    if new == Status.SPAM:
        return _("%(name)s put it into quarantine") % who
    if old == Status.SPAM:
        return _("%(name)s released it") % who
    labels = dict(Status.choices)
    values = {**who, "old": labels.get(old, old), "new": labels.get(new, new)}
    return _("%(name)s changed the state: %(old)s → %(new)s") % values


def mail_state(mail: OutgoingMail) -> MailState:
    """A mail as due, held, sent or failed, with the number of tries, the next one and the error."""
    if mail.status == OutgoingMail.Status.SENT:
        return MailState("sent", pgettext("a mail", "Sent"), moment(mail.sent_at) if mail.sent_at else "")
    if mail.status == OutgoingMail.Status.HELD:
        values = {"cap": dict(Cap.choices).get(mail.held_by, mail.held_by), "when": small_first(moment(mail.next_try))}
        text = _("Because of %(cap)s. It will be sent automatically when there is room; next try: %(when)s.")
        return MailState("held", pgettext("a mail", "Held back"), text % values)
    tries = tried(mail.attempts)
    if mail.status == OutgoingMail.Status.FAILED:
        if reason := own_reason(mail):
            return MailState("failed", pgettext("a mail", "Could not be sent"), reason)
        return MailState("failed", pgettext("a mail", "Could not be sent"), tries, mail.error)
    if not mail.attempts:
        return MailState("due", pgettext("a mail", "Waiting to be sent"))
    detail = _("%(tries)s Next try: %(when)s.") % {"tries": tries, "when": small_first(moment(mail.next_try))}
    return MailState("due", pgettext("a mail", "Not sent yet"), detail, mail.error)


def tried(times: int) -> str:
    """How often we tried to send a mail, as a sentence."""
    return ngettext("Tried once.", "Tried %(times)s times.", times) % {"times": times}
