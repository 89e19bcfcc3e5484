"""The mails about an enquiry: recipient, language, content."""

import re
from datetime import date
from typing import Any

import pytest
from django.utils import translation
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.mail import delivery
from core.models import OutgoingMail, SiteSettings, User
from experiences.enquiries import mails
from experiences.enquiries.inbox import words
from experiences.enquiries.inbox.forms import ReplyForm
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import due_in_words
from experiences.enquiries.services import conversation, receiving
from tests.experiences.enquiries.factories import EnquiryFactory
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
    assert f'<div class="mail" lang="{language}" dir="{direction}">' in mail.html, "where <html> is dropped"


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
        words = _("A new enquiry has come in, with a phone number only. Please call: the visitor has had no e-mail.")
    assert words in mail.text
    assert "070-123 45 67" in mail.text


def test_the_notice_of_help_me_choose_says_that_the_visitor_wants_help(catalogue):
    mail = mails.staff_notice(enquiry(catalogue, experience=None), "forfragan@example.se")
    with translation.override("sv"):
        assert _("help choosing") in mail.subject


def test_a_reply_has_the_colleagues_text_and_joins_the_thread_of_the_confirmation(catalogue):
    asked = enquiry(catalogue, language="ar")
    by = UserFactory(first_name="Sara", last_name="Ek")
    mail = mails.reply(asked, subject="عن طلبك", text="أهلا\n<b>وسهلا</b>", by=by)
    first = OutgoingMail.objects.get(key=mails.confirmation_key(asked))
    assert (mail.automatic, mail.thread, mail.subject) == (False, [first.message_id], "عن طلبك")
    assert "<b>وسهلا</b>" in mail.text
    assert "&lt;b&gt;وسهلا&lt;/b&gt;" in mail.html
    assert "Sara Ek" in mail.text


# --- A thread -----------------------------------------------------------------------------------------------------
def answer(asked: Enquiry, text: str = "Fredag går bra.", **more: Any) -> OutgoingMail:
    """A colleague's reply, with the subject that the form offers unless `more` gives one."""
    with translation.override(asked.language):
        subject = more.get("subject") or mails.reply_subject(asked)
    by = User.objects.filter(username="staff").first() or UserFactory(username="staff")
    seen = conversation.newest_entry_id(asked)
    entry = conversation.reply(asked, by=by, text=text, subject=subject, seen=seen)
    assert entry.mail
    return entry.mail


@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_a_conversation_is_one_thread_in_every_mail_program(catalogue, language):
    asked = enquiry(catalogue, language=language)
    first = OutgoingMail.objects.get(key=mails.confirmation_key(asked))
    second, third = answer(asked, "Ett"), answer(asked, "Två")
    assert second.subject == third.subject == f"Re: {first.subject}"
    assert (second.in_reply_to, second.references) == (first.message_id, first.message_id)
    assert (third.in_reply_to, third.references) == (second.message_id, f"{first.message_id} {second.message_id}")


def test_a_thread_without_confirmation_begins_with_the_first_reply(catalogue):
    asked = EnquiryFactory(experience=catalogue.experience)
    first, second = answer(asked, "Ett"), answer(asked, "Två")
    assert first.subject == f"Din förfrågan {asked.reference}: {catalogue.experience.title}"
    assert (first.in_reply_to, first.references) == ("", "")
    assert second.subject == f"Re: {first.subject}"
    assert second.references == first.message_id
    assert answer(asked, "Tre").subject == second.subject, "one Re: is enough"


def test_the_subject_that_the_form_offers_is_one_that_it_accepts(catalogue):
    asked = EnquiryFactory(experience_title="Baka bröd " * 25)
    for text in ("Ett", "Två"):
        with translation.override("sv"):
            subject = mails.reply_subject(asked)
        form = ReplyForm(asked, {"reply-subject": subject, "reply-text": text, "reply-then": "open"})
        assert form.is_valid(), form.errors
        answer(asked, text)


def test_a_reply_does_not_continue_a_mail_that_never_arrived(catalogue):
    asked = enquiry(catalogue)
    OutgoingMail.objects.update(status="failed")
    assert answer(asked).references == ""


# --- Directions, links, greeting ------------------------------------------------------------------------------------
def reply_to(catalogue: Any, text: str, **more: Any) -> Any:
    """The mail with a colleague's answer, before it is stored."""
    asked = EnquiryFactory(experience=catalogue.experience, **more)
    return mails.reply(asked, subject="Hej", text=text, by=UserFactory(first_name="Sara", last_name="Ek"))


def test_an_arabic_answer_that_begins_with_a_latin_word_begins_on_the_right(catalogue):
    mail = reply_to(catalogue, "Samira ترحب بكم\nيوم الجمعة\n\nStorgatan 1, Växjö\n\nVäxjö مدينة", arabic=True)
    assert '<div class="answer" dir="rtl">' in mail.html
    assert re.findall('<p dir="auto">.*?</p>', mail.html) == [
        '<p dir="auto">\u200fSamira ترحب بكم<br>يوم الجمعة</p>',
        '<p dir="auto">Storgatan 1, Växjö</p>',
        '<p dir="auto">\u200fVäxjö مدينة</p>',
    ]
    assert "\n\u200fSamira ترحب بكم\n" in mail.text


def test_an_answer_in_swedish_that_begins_with_an_arabic_word_begins_on_the_left(catalogue):
    mail = reply_to(catalogue, "سميرة är er värd.\r\n\r\nأهلا وسهلا!")
    assert '<div class="answer" dir="ltr">' in mail.html
    assert '<p dir="auto">\u200eسميرة är er värd.</p>\n<p dir="auto">أهلا وسهلا!</p>' in mail.html


def test_a_phone_number_and_a_price_in_an_arabic_answer_are_read_in_their_order(catalogue):
    mail = reply_to(catalogue, "اتصلوا على 0470-00 00 00.\n\nالسعر 450 kr.", arabic=True)
    assert '<p dir="auto">اتصلوا على <bdi dir="ltr">0470-00 00 00</bdi>.</p>' in mail.html
    assert '<p dir="auto">السعر <bdi dir="ltr">450 kr</bdi>.</p>' in mail.html
    assert "على \u20660470-00 00 00\u2069.\n\nالسعر \u2066450 kr\u2069.\n" in mail.text


def test_links_in_an_answer_are_links(catalogue):
    words = "https://example.se/sv/?a=1&b=2, www.vaxjo.se och lena@example.se. <b>Inte</b> javascript:alert(1)"
    html = reply_to(catalogue, words).html
    for address in ("https://example.se/sv/?a=1&amp;b=2", "http://www.vaxjo.se", "mailto:lena@example.se"):
        assert f'<a dir="ltr" href="{address}"' in html
    assert "&lt;b&gt;Inte&lt;/b&gt; javascript:alert(1)</p>" in html


def test_a_link_that_begins_an_arabic_line_is_a_link(catalogue):
    html = reply_to(catalogue, "https://example.se هنا", arabic=True).html
    assert '<p dir="auto">\u200f<a dir="ltr" href="https://example.se"' in html


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Lena Berg", "Hej Lena Berg!"),
        ("Anna och Erik", "Hej Anna och Erik!"),
        ("Anna-Karin O'Neill", "Hej Anna-Karin O'Neill!"),
        ("Förskolan Kastanjen, Elisabet", "Hej!"),
        ("Förskolan Kastanjen / Elisabet", "Hej!"),
        ("Elisabet (Förskolan Kastanjen)", "Hej!"),
        ("Elisabet - Kastanjen", "Hej!"),
        ("Klass 4B", "Hej!"),
        ("lena@example.se", "Hej!"),
        ("حضانة الكستناء، إليزابيت", "Hej!"),
        ("ليلى حداد", "Hej \u2068ليلى حداد\u2069!"),
    ],
)
def test_the_greeting_suits_whatever_was_written_as_a_name(catalogue, name, greeting):
    mail = reply_to(catalogue, "Fredag går bra.", name=name)
    assert mail.text.splitlines()[0] == greeting
    assert f"<p>{escape(greeting)}</p>" in mail.html.replace("\n</p>", "</p>")


def test_a_swedish_title_is_kept_apart_in_an_arabic_confirmation(catalogue):
    mail = mails.confirmation(enquiry(catalogue, language="ar"))
    for body in (mail.text, mail.html):
        assert f"\u2068{catalogue.experience.title}\u2069" in body


def test_an_arabic_subject_is_kept_apart_in_the_notice_of_its_failure(catalogue):
    mail = OutgoingMail(to="a@example.se", subject="تلقينا طلبك SU-7K4M-26", error="550", attempts=1)
    assert "\u2068تلقينا طلبك SU-7K4M-26\u2069" in mails.failure_notice(mail, None, "b@example.se").text


def test_mail_programs_see_where_the_signature_begins(catalogue):
    asked = enquiry(catalogue)
    for mail in (mails.confirmation(asked), reply_to(catalogue, "Hej\n--\nNej")):
        assert mail.text.count("\n-- \n") == 1


def test_no_mail_has_two_empty_lines_or_spaces_at_its_lines_ends(catalogue):
    for mail in (mails.confirmation(enquiry(catalogue)), mails.staff_notice(enquiry(catalogue), "a@example.se")):
        assert "\n\n\n" not in mail.text
        assert not re.search(r"[ \t]\n", mail.text.replace("\n-- \n", "\n--\n"))
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
