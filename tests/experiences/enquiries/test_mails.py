"""The mails about an enquiry: recipient, language, content."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext as _

from core.mail import delivery
from core.models import OutgoingMail, SiteSettings
from experiences.enquiries import mails
from experiences.enquiries.inbox import words
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import due_in_words
from experiences.enquiries.services import conversation, receiving
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
STRANGERS_WORDS = {
    "name": "Eve Visit-http://evil.example",
    "message": "Köp billigt på evil.example idag, vi säljer allt.",
    "arrange": "evil ramp",
    "when_text": "evil torsdag",
}


def enquiry(catalogue: Any, **answers: Any) -> Enquiry:
    given = {
        "experience": catalogue.experience,
        "purpose": "gift",
        "email": "victim@example.org",
        "phone": "",
        "language": "sv",
        "page_language": "sv",
        "extra_answers": [{"question": "Förut?", "answer": "evil svar"}],
        **STRANGERS_WORDS,
    }
    given |= answers
    found = receiving.receive_enquiry(given, submission=receiving.submission_key(given))
    return conversation.release(found, by=UserFactory(username="staff"))


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_the_confirmation_is_in_the_reply_language_with_reference_and_date(catalogue, language):
    SiteSettings.objects.update(phone="0470-12 34 56", email="hej@example.se")
    asked = enquiry(catalogue, language=language)
    with translation.override("sv"):
        mail = mails.confirmation(asked)
    with translation.override(language):
        promised, heading = due_in_words(asked.answer_due), _("Thank you, we have your enquiry")
    assert asked.reference in mail.subject
    assert (mail.to, mail.language, mail.reply_to) == ("victim@example.org", language, "hej@example.se")
    for body in (mail.text, mail.html):
        for said in (asked.reference, promised, heading, "0470-12 34 56"):
            assert said in body
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}">' in mail.html


def test_a_phone_number_keeps_its_order_in_arabic_plain_text(catalogue):
    SiteSettings.objects.update(phone="0470-12 34 56")
    assert "\u20660470-12 34 56\u2069" in mails.confirmation(enquiry(catalogue, language="ar")).text
    assert "\u2066" not in mails.confirmation(enquiry(catalogue, language="en")).text


def test_the_confirmation_repeats_no_word_of_the_visitors(catalogue):
    mail = mails.confirmation(enquiry(catalogue))
    everything = f"{mail.subject} {mail.text} {mail.html} {mail.reply_to}".lower()
    for word in ("eve", "evil", "visit", "billigt"):
        assert not re.search(rf"\b{word}\b", everything)


def test_the_confirmation_repeats_day_and_number_and_leads_back_to_the_experience(catalogue, translated):
    arabic = translated(catalogue.experience, "ar", {"slug": "khubz"})
    day = date(2031, 2, 4)
    mail = mails.confirmation(enquiry(catalogue, language="ar", when_date=day, people=4))
    for body in (mail.text, mail.html):
        for said in (arabic.full_url, "4 فبراير 2031", "4 أشخاص"):
            assert said in body
    assert '<time datetime="2031-02-04">' in mail.html
    english = mails.confirmation(enquiry(catalogue, language="en", email="other@example.org"))
    assert catalogue.experience.full_url.replace("/sv/", "/en/") in english.text, "Swedish words in an English frame"


def test_the_confirmation_of_an_experience_that_is_gone_leads_nowhere(catalogue):
    asked = enquiry(catalogue, people=None, when_date=None)
    catalogue.experience.unpublish()
    asked.experience.refresh_from_db()
    mail = mails.confirmation(asked)
    assert "upplevelser/baka-brod" not in mail.text
    assert asked.experience_title in mail.text


def test_the_confirmation_names_the_experience_in_the_reply_language(catalogue, translated):
    translated(catalogue.experience, "en", {"title": "Bake bread"})
    asked = enquiry(catalogue, language="en")
    assert "Bake bread" in mails.confirmation(asked).text
    asked.language = "ar"
    assert "Baka bröd" in mails.confirmation(asked).text, "not translated: the Swedish name"


def test_the_confirmation_loads_nothing_from_anywhere(catalogue):
    html = mails.confirmation(enquiry(catalogue)).html
    assert "<script" not in html
    assert "src=" not in html
    assert "style=" not in html
    assert "url(" not in html


def test_the_confirmation_of_help_me_choose_names_no_experience(catalogue):
    mail = mails.confirmation(enquiry(catalogue, experience=None))
    assert "Baka bröd" not in mail.text + mail.html


def test_the_notice_says_how_to_reach_the_visitor_and_where_to_read_on(catalogue, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://example.se"
    asked = enquiry(catalogue, phone="070-123 45 67", language="ar")
    mail = mails.staff_notice(asked, "forfragan@example.se")
    assert (mail.to, mail.language, mail.reply_to) == ("forfragan@example.se", "sv", "")
    for said in ("victim@example.org", "070-123 45 67", asked.reference, "Baka bröd på het plåt"):
        assert said in mail.text
    assert f"https://example.se/admin/enquiries/{asked.pk}/" in mail.text
    assert "evil" not in mail.text.lower()


def test_the_notices_link_leads_to_the_enquiry(catalogue, admin):
    asked = enquiry(catalogue)
    path = "/" + mails.admin_address(asked).split("/", 3)[3]
    assert asked.reference in admin.get(path).content.decode()


def test_the_notice_of_an_enquiry_without_email_says_call(catalogue):
    asked = enquiry(catalogue, email="", phone="070-123 45 67")
    mail = mails.staff_notice(asked, "forfragan@example.se")
    with translation.override("sv"):
        words = _("A new enquiry has come, with a phone number only. Call: no mail has promised anything.")
    assert words in mail.text
    assert "070-123 45 67" in mail.text


def test_the_notice_of_help_me_choose_says_that_the_visitor_wants_help(catalogue):
    mail = mails.staff_notice(enquiry(catalogue, experience=None), "forfragan@example.se")
    with translation.override("sv"):
        assert _("help to choose") in mail.subject


def test_a_reply_has_the_colleagues_text_and_joins_the_thread_of_the_confirmation(catalogue):
    asked = enquiry(catalogue, language="ar")
    by = UserFactory(first_name="Sara", last_name="Ek")
    mail = mails.reply(asked, subject="عن طلبك", text="أهلا\n<b>وسهلا</b>", by=by)
    first = OutgoingMail.objects.get(key=mails.confirmation_key(asked))
    assert (mail.automatic, mail.in_reply_to, mail.subject) == (False, first.message_id, "عن طلبك")
    assert "<b>وسهلا</b>" in mail.text
    assert "&lt;b&gt;وسهلا&lt;/b&gt;" in mail.html
    assert "Sara Ek" in mail.text


def test_no_mail_has_two_empty_lines_or_spaces_at_its_lines_ends(catalogue):
    for mail in (mails.confirmation(enquiry(catalogue)), mails.staff_notice(enquiry(catalogue), "a@example.se")):
        assert "\n\n\n" not in mail.text
        assert not re.search(r"[ \t]\n", mail.text)
        assert "&amp;" not in mail.text
        assert "&#" not in mail.text


def test_staff_are_told_in_words_that_our_mail_server_cannot_write_to_such_an_address(catalogue):
    failed = OutgoingMail(key="x", to="åsa@exämple.se", status="failed", attempts=1, text="Hej")
    failed.error = delivery.NO_LETTERS_BEFORE_THE_AT
    notice = mails.failure_notice(failed, enquiry(catalogue), "staff@example.se")
    assert "Vår e-postserver kan inte skicka till en adress" in notice.text
    assert "E-postservern svarade" not in notice.text
    shown = words.mail_state(failed)
    assert (shown.detail[:16], shown.reason) == ("Vår e-postserver", "")
    with translation.override("en"):
        assert words.mail_state(failed).detail.startswith("Our mail server cannot write")
