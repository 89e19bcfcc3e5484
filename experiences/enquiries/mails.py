"""The mails about an enquiry, in words of ours: what a stranger wrote goes to the staff only, and little of it.

Nobody can make us send their text to somebody else: the visitor's confirmation repeats nothing, not even the name.
"""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.languages.table import direction
from core.mail.outbox import Mail
from core.models import OutgoingMail, SiteSettings, User
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import in_words, our_promise
from experiences.models import ExperiencePage

STAFF_LANGUAGE = settings.LANGUAGE_CODE


def confirmation(enquiry: Enquiry, ours: SiteSettings | None = None) -> Mail:
    """To the visitor, in the language of our answer: reference, promise, how to reach us."""
    ours = ours or our_promise()
    with translation.override(enquiry.language):
        context = _context(enquiry, ours, experience=title_in(enquiry, enquiry.language))
        return Mail(
            to=enquiry.email,
            subject=_("We have your enquiry %(reference)s") % {"reference": enquiry.reference},
            text=_text("enquiries/mails/confirmation.txt", context),
            html=render_to_string("enquiries/mails/confirmation.html", context),
            language=enquiry.language,
            reply_to=ours.email,
        )


def staff_notice(enquiry: Enquiry, to: str, ours: SiteSettings | None = None) -> Mail:
    """To the staff: what it is about, how to reach the visitor, where to read the rest.

    A reply to this mail goes to ourselves. Answers leave from the inbox, where colleagues see them.
    """
    with translation.override(STAFF_LANGUAGE):
        about = enquiry.experience_title or _("help to choose")
        words = {"reference": enquiry.reference, "about": about}
        subject = _("New enquiry %(reference)s: %(about)s") if enquiry.email else _("Call: %(reference)s, %(about)s")
        context = _context(enquiry, ours or our_promise(), experience=about) | {"address": admin_address(enquiry)}
        return Mail(
            to=to,
            subject=subject % words,
            text=_text("enquiries/mails/staff_notice.txt", context),
            language=STAFF_LANGUAGE,
            caps=(),
        )


def reply(enquiry: Enquiry, *, subject: str, text: str, by: User) -> Mail:
    """What a colleague has written, to the visitor, signed with the colleague's name; beside the confirmation."""
    ours = our_promise()
    with translation.override(enquiry.language):
        context = _context(enquiry, ours, words=text, signature=by.get_full_name())
        return Mail(
            to=enquiry.email,
            subject=subject,
            text=_text("enquiries/mails/reply.txt", context),
            html=render_to_string("enquiries/mails/reply.html", context),
            language=enquiry.language,
            reply_to=ours.email,
            in_reply_to=_message_id_of_confirmation(enquiry),
            automatic=False,
        )


def reply_subject(enquiry: Enquiry) -> str:
    """In the active language: what a reply is called unless its writer says otherwise."""
    values = {"reference": enquiry.reference, "experience": title_in(enquiry, get_language() or "")}
    if enquiry.experience_title:
        return _("Your enquiry %(reference)s: %(experience)s") % values
    return _("Your enquiry %(reference)s") % values


def confirmation_key(enquiry: Enquiry) -> str:
    return f"enquiry:{enquiry.pk}:confirmation"


def _message_id_of_confirmation(enquiry: Enquiry) -> str:
    found = OutgoingMail.objects.filter(key=confirmation_key(enquiry)).values_list("message_id", flat=True)
    return found.first() or ""


def failure_notice(mail: OutgoingMail, enquiry: Enquiry | None, to: str) -> Mail:
    """To the staff: a mail could not be sent, so that somebody must reach its reader in another way."""
    with translation.override(STAFF_LANGUAGE):
        about = enquiry.reference if enquiry else mail.key
        context = {
            "mail": mail,
            "enquiry": enquiry,
            "about": about,
            "address": admin_address(enquiry) if enquiry else "",
            "site": settings.WAGTAIL_SITE_NAME,
        }
        return Mail(
            to=to,
            subject=_("A mail could not be sent: %(about)s") % {"about": about},
            text=_text("enquiries/mails/failure_notice.txt", context),
            language=STAFF_LANGUAGE,
            caps=(),
        )


def title_in(enquiry: Enquiry, language: str) -> str:
    """What the experience is called in a language, else in Swedish. Empty: the visitor wants help to choose."""
    if enquiry.experience is None:
        return enquiry.experience_title
    same = ExperiencePage.objects.live().filter(translation_key=enquiry.experience.translation_key)
    title = same.filter(locale__language_code=language).values_list("title", flat=True).first()
    return title or enquiry.experience_title


def admin_address(enquiry: Enquiry) -> str:
    """Where the staff read an enquiry."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('wagtailadmin_home')}enquiries/{enquiry.pk}/"


def _context(enquiry: Enquiry, ours: SiteSettings, **more: Any) -> dict[str, Any]:
    return {
        "enquiry": enquiry,
        "direction": direction(enquiry.language),
        "due": in_words(enquiry.answer_due),
        "ours": ours,
        "site": settings.WAGTAIL_SITE_NAME,
        **more,
    }


def _text(template: str, context: dict[str, Any]) -> str:
    """A template's words with one empty line at most between two."""
    lines = [line.rstrip() for line in render_to_string(template, context).strip().splitlines()]
    kept = [line for number, line in enumerate(lines) if line or (number and lines[number - 1])]
    return "\n".join(kept) + "\n"
