"""What the inbox says about an enquiry, in the reader's language: when, how urgent, what happened."""

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
from core.models import OutgoingMail
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.services.spam import Sign
from experiences.enquiries.states import OURS

Status = Enquiry.Status
Kind = TimelineEntry.Kind
# The visitor's own choices are sentences in the first person; a column needs a word.
PURPOSES: dict[str, str | Promise] = {
    Enquiry.Purpose.BOOK: gettext_lazy("Booking"),
    Enquiry.Purpose.QUESTION: gettext_lazy("Question"),
    Enquiry.Purpose.GIFT: gettext_lazy("Gift"),
    Enquiry.Purpose.GROUP: gettext_lazy("Group or company"),
    Enquiry.Purpose.PRESS: gettext_lazy("Press"),
}


def moment(at: datetime) -> str:
    """Today 14:05, yesterday 14:05, 3 December 14:05."""
    days = (timezone.localdate() - timezone.localdate(at)).days
    named = {0: _("Today"), 1: _("Yesterday"), -1: _("Tomorrow")}
    return f"{named.get(days, short_day(at))} {clock(at)}"


def name(user: Any) -> str:
    return str(get_user_display_name(user))


def signs(enquiry: Enquiry) -> list[str]:
    """What spoke for spam, in sentences. A sign that is no longer known stands for itself."""
    known = dict(Sign.choices)
    return [str(known.get(sign, sign)) for sign in enquiry.spam_signs]


# --- The promise ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Due:
    """How the promise stands. Said in words; `is_overdue` only adds a sign to them. `is_date`: they only say when."""

    words: str
    is_overdue: bool = False
    is_date: bool = False


def due(enquiry: Enquiry, now: datetime) -> Due:
    if enquiry.answered_at:
        late = enquiry.answered_at > enquiry.answer_due
        return Due(_("Answered late") if late else _("Answered in time"))
    if enquiry.status not in OURS:
        return Due(_("No answer needed"))
    when = moment(enquiry.answer_due)
    if enquiry.answer_due < now:
        return Due(_("Overdue since %(when)s") % {"when": small_first(when)}, is_overdue=True)
    if enquiry.answer_due - now < timedelta(hours=24):
        return Due(_("Soon: %(when)s") % {"when": small_first(when)})
    return Due(when, is_date=True)


# --- The timeline ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One entry of the timeline, as it is shown. `is_news`: the reader has not seen it before."""

    entry: TimelineEntry
    title: str
    icon: str
    mail: MailState | None = None
    is_news: bool = False

    @property
    def at(self) -> str:
        return moment(self.entry.at)

    @property
    def subject(self) -> str:
        return str(self.entry.data.get("subject") or (self.entry.mail.subject if self.entry.mail else ""))


@dataclass(frozen=True)
class MailState:
    """Where a mail is on its way: `due`, `held`, `sent` or `failed`, and what to know about it."""

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


def line(entry: TimelineEntry, *, is_news: bool = False) -> Line:
    icon = ICONS.get(Kind(entry.kind), "info-circle")
    return Line(entry, title(entry), icon, mail_state(entry.mail) if entry.mail else None, is_news)


def title(entry: TimelineEntry) -> str:
    """What happened and who did it, in a sentence."""
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
            return _("%(name)s had a held mail sent at once") % who
        case Kind.CHANGE if entry.data.get("field") == "mail":
            return _("%(name)s had a mail sent again") % who
        case Kind.CHANGE:
            return status_change(entry, who)
    return _("Notice to the staff") if entry.data.get("mail") == "notice" else _("Confirmation to the visitor")


def owner_change(entry: TimelineEntry, who: dict[str, str]) -> str:
    to = entry.data.get("to")
    if not to:
        return _("%(name)s gave it back") % who
    if to == who["name"]:
        return _("%(name)s took it") % who
    return _("%(name)s handed it over to %(to)s") % {**who, "to": to}


def status_change(entry: TimelineEntry, who: dict[str, str]) -> str:
    old, new = entry.data.get("from"), entry.data.get("to")
    if old == new == Status.SPAM:
        return _("%(name)s looked at it: it is spam") % who
    if new == Status.SPAM:
        return _("%(name)s put it into quarantine") % who
    if old == Status.SPAM:
        return _("%(name)s set it free") % who
    labels = dict(Status.choices)
    values = {**who, "old": labels.get(old, old), "new": labels.get(new, new)}
    return _("%(name)s changed the state: %(old)s → %(new)s") % values


def mail_state(mail: OutgoingMail) -> MailState:
    """In words: waiting, sent or failed; why, how often it was tried, and when it is tried again."""
    if mail.status == OutgoingMail.Status.SENT:
        return MailState("sent", pgettext("a mail", "Sent"), moment(mail.sent_at) if mail.sent_at else "")
    if mail.status == OutgoingMail.Status.HELD:
        values = {"cap": dict(Cap.choices).get(mail.held_by, mail.held_by), "when": small_first(moment(mail.next_try))}
        text = _("Because of %(cap)s. It leaves by itself when there is room; next look: %(when)s.")
        return MailState("held", pgettext("a mail", "Held back"), text % values)
    tries = tried(mail.attempts)
    if mail.status == OutgoingMail.Status.FAILED:
        return MailState("failed", pgettext("a mail", "Could not be sent"), tries, mail.error)
    if not mail.attempts:
        return MailState("due", pgettext("a mail", "Waits to be sent"))
    detail = _("%(tries)s Next try: %(when)s.") % {"tries": tries, "when": small_first(moment(mail.next_try))}
    return MailState("due", pgettext("a mail", "Not sent yet"), detail, mail.error)


def tried(times: int) -> str:
    return ngettext("Tried once.", "Tried %(times)s times.", times) % {"times": times}
