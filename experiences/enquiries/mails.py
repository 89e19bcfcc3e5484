"""The mails about an enquiry, as `outbox.Mail` objects that a service puts into the outbox.

The confirmation repeats no text that the visitor wrote, not even the name: anyone can type another person's address
into the form, and must not be able to make us mail their text to it. A day and a number of people carry no text.
"""

from typing import Any

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages.table import direction
from core.mail.delivery import own_reason
from core.mail.outbox import Mail
from core.models import OutgoingMail, SiteSettings, User
from core.translation.reading import in_language, localized
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.promise import default_site_settings, due_in_words
from experiences.models import ExperiencePage

STAFF_LANGUAGE = settings.LANGUAGE_CODE
# Characters: beside the other words of a subject, which has room for 250 (`OutgoingMail.subject`).
TITLE_IN_SUBJECT = 120


def confirmation(enquiry: Enquiry, site_settings: SiteSettings | None = None) -> Mail:
    """The mail to the visitor, in the language of our answer: reference, by when we answer, how to reach us."""
    site_settings = site_settings or default_site_settings()
    shown = experience_in(enquiry, enquiry.language)
    with translation.override(enquiry.language):
        context = _context(
            enquiry,
            site_settings,
            experience=shown.title if shown else enquiry.experience_title,
            experience_url=in_language(shown.full_url, enquiry.language) if shown else "",
        )
        return Mail(
            to=enquiry.email,
            subject=_("We have your enquiry %(reference)s") % {"reference": enquiry.reference},
            text=_text("enquiries/mails/confirmation.txt", context),
            html=render_to_string("enquiries/mails/confirmation.html", context),
            language=enquiry.language,
            reply_to=site_settings.email,
        )


def staff_notice(enquiry: Enquiry, to: str, site_settings: SiteSettings | None = None) -> Mail:
    """The mail to the staff at `to`: what it is about, how to reach the visitor, a link to the enquiry.

    It has no Reply-To of the visitor's: staff answer in the inbox, where colleagues see it.
    """
    with translation.override(STAFF_LANGUAGE):
        about = _("an obstacle on the website") if enquiry.is_about_website else _("help choosing")
        about = enquiry.experience_title or about
        words = {"reference": enquiry.reference, "about": about}
        subject = _("New enquiry %(reference)s: %(about)s") if enquiry.email else _("Call: %(reference)s, %(about)s")
        site_settings = site_settings or default_site_settings()
        context = _context(enquiry, site_settings, experience=about, address=admin_address(enquiry))
        return Mail(
            to=to,
            subject=subject % words,
            text=_text("enquiries/mails/staff_notice.txt", context),
            language=STAFF_LANGUAGE,
            caps=(),
        )


def reply(enquiry: Enquiry, *, subject: str, text: str, by: User) -> Mail:
    """The mail with a colleague's answer, signed with their name, in the thread of the confirmation."""
    site_settings = default_site_settings()
    with translation.override(enquiry.language):
        context = _context(enquiry, site_settings, text=text, signature=by.get_full_name())
        return Mail(
            to=enquiry.email,
            subject=subject,
            text=_text("enquiries/mails/reply.txt", context),
            html=render_to_string("enquiries/mails/reply.html", context),
            language=enquiry.language,
            reply_to=site_settings.email,
            thread=[message_id for message_id, _subject in _thread(enquiry)],
            automatic=False,
        )


def reply_subject(enquiry: Enquiry) -> str:
    """The default subject of a reply: that of the thread, else a new one in the active language.

    Mail programs keep mails together that have one subject (but for "Re:") and name each other in References.
    """
    for _message_id, subject in _thread(enquiry):
        return f"Re: {subject.removeprefix('Re: ')}"
    title = Truncator(experience_title_in(enquiry, get_language() or "")).chars(TITLE_IN_SUBJECT)
    values = {"reference": enquiry.reference, "experience": title}
    if enquiry.experience_title:
        return _("Your enquiry %(reference)s: %(experience)s") % values
    return _("Your enquiry %(reference)s") % values


def confirmation_key(enquiry: Enquiry) -> str:
    """The `OutgoingMail.key` of the enquiry's confirmation."""
    return f"enquiry:{enquiry.pk}:confirmation"


def _thread(enquiry: Enquiry) -> list[tuple[str, str]]:
    """Message-ID and subject of the mails to the visitor, oldest first; without those that could not be sent."""
    is_to_visitor = Q(timeline_entry__kind=TimelineEntry.Kind.REPLY) | Q(key=confirmation_key(enquiry))
    mails = OutgoingMail.objects.filter(is_to_visitor, timeline_entry__enquiry=enquiry)
    sent = mails.exclude(status=OutgoingMail.Status.FAILED).order_by("created_at", "pk")
    return list(sent.values_list("message_id", "subject"))


def failure_notice(mail: OutgoingMail, enquiry: Enquiry | None, to: str) -> Mail:
    """The mail to the staff at `to` about a mail that could not be sent. `enquiry`: what it was about, if known."""
    with translation.override(STAFF_LANGUAGE):
        about = enquiry.reference if enquiry else mail.key
        context = {
            "mail": mail,
            "enquiry": enquiry,
            "about": about,
            "reason": own_reason(mail),
            "address": admin_address(enquiry) if enquiry else "",
            "site": settings.WAGTAIL_SITE_NAME,
        }
        return Mail(
            to=to,
            subject=_("An e-mail could not be sent: %(about)s") % {"about": about},
            text=_text("enquiries/mails/failure_notice.txt", context),
            language=STAFF_LANGUAGE,
            caps=(),
        )


def experience_in(enquiry: Enquiry, language: str) -> ExperiencePage | None:
    """The experience's live page in a language, else in Swedish; None if there is none, or if it is not live any more.

    One query.
    """
    return next(iter(localized([enquiry.experience], language)), None) if enquiry.experience else None


def experience_title_in(enquiry: Enquiry, language: str) -> str:
    """The experience's title in a language, else in Swedish. Empty when the visitor wants help to choose."""
    shown = experience_in(enquiry, language)
    return shown.title if shown else enquiry.experience_title


def admin_address(enquiry: Enquiry) -> str:
    """The full URL of the enquiry in the admin."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}enquiries/{enquiry.pk}/"


def _context(enquiry: Enquiry, site_settings: SiteSettings, **more: Any) -> dict[str, Any]:
    return {
        "enquiry": enquiry,
        "direction": direction(enquiry.language),
        "due": due_in_words(enquiry.answer_due),
        "site_settings": site_settings,
        "site": settings.WAGTAIL_SITE_NAME,
        **more,
    }


def _text(template: str, context: dict[str, Any]) -> str:
    """The rendered template without trailing spaces, and with one empty line where it has several.

    Only the line above a signature keeps its space: "-- " (RFC 3676, 4.3).
    """
    rendered = render_to_string(template, context).strip().splitlines()
    lines = [line if line == "-- " else line.rstrip() for line in rendered]
    text = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(text) + "\n"
