"""The confirmation: what a visitor reads after sending, by what was asked."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from core.models import OutgoingMail, SiteSettings
from experiences.enquiries import mails
from experiences.enquiries.inbox.columns import experience_title
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import due_in_words
from experiences.models import ExperienceDate
from tests.experiences.enquiries.visitor.test_views import NEW, sent
from tests.experiences.enquiries.visitor.test_views import filled as filled
from tests.experiences.enquiries.visitor.test_views import page as page
from tests.factories import ExperiencePageFactory

pytestmark = pytest.mark.django_db


# --- The confirmation -----------------------------------------------------------------------------------------------
def test_the_confirmation_repeats_day_and_number_but_not_the_message_and_leads_back(client, page, filled):
    asked = {"when_date": "2031-02-04", "people": "4", "message": "Vi tar med bullar.", "page": str(page.pk)}
    html = client.get(sent(client, filled | asked)["Location"]).text
    main = html[html.index("<main") : html.index("</main>")]
    assert '<time datetime="2031-02-04">Tisdag 4 februari 2031</time>' in main
    assert "4 personer" in main
    assert f'<a class="more" href="{page.url}">{page.title}</a>' in main
    assert "bullar" not in html


def confirmation(client: Client, data: dict[str, str]) -> Any:
    return client.get(sent(client, data)["Location"])


def test_the_confirmation_says_reference_date_and_language(client, home, filled):
    SiteSettings.objects.update(phone="0470-12 34 56", email="hej@example.se", answer_days=3)
    response = confirmation(client, filled | {"language": "en"})
    enquiry, html = Enquiry.objects.get(), response.content.decode()
    with translation.override("sv"):
        promised = due_in_words(enquiry.answer_due)
    for said in (enquiry.reference, promised, enquiry.experience_title, "tel:+46470123456", "mailto:hej@example.se"):
        assert said in html


def test_the_confirmation_leads_to_other_experiences(client, page, filled):
    ExperiencePageFactory(parent=page.get_parent(), title="Rosta kaffe", slug="rosta-kaffe")
    shown = confirmation(client, filled).text.split("section others")[1]
    assert "Rosta kaffe" in shown
    assert page.title not in shown


def test_the_confirmation_is_private(client, filled):
    response = confirmation(client, filled)
    assert response["Referrer-Policy"] == "no-referrer"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    for public in ('rel="canonical"', 'rel="alternate"', "og:"):
        assert public not in response.content.decode()
    assert "Lena" not in response.content.decode(), "what a stranger wrote is repeated nowhere"
    assert not response.cookies


@pytest.mark.parametrize("token", ["x" * 43, "short", "x" * 42 + "%00", "../" * 14, "é" * 43])
def test_a_wrong_token_is_not_found(client, home, token):
    assert client.get(f"/sv/enquiry/received/{token}/").status_code == 404


def test_the_confirmation_accepts_no_post(client, filled):
    address = sent(client, filled)["Location"]
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("people", [1, 11])
def test_a_group_too_large_or_too_small_is_accepted_with_guidance(client, page, filled, people):
    html = confirmation(client, filled | {"people": str(people)}).content.decode()
    with translation.override("sv"):
        assert _("About your group") in html
        assert _("About your group") not in confirmation(client, filled).content.decode()


@pytest.mark.parametrize(("people", "seats", "is_told"), [(1, 1, False), (2, 6, False), (20, 20, False), (2, 1, True)])
def test_a_couple_on_a_fixed_day_with_room_is_not_told_to_be_too_few(client, page, filled, people, seats, is_told):
    start = timezone.now() + timedelta(days=9)
    page.dates.set([ExperienceDate(start=start, seats=seats)])
    page.save_revision().publish()
    day = timezone.localtime(start).date().isoformat()
    html = told(client, filled | {"people": str(people), "when_date": day})
    assert ("Om er grupp" in html) == is_told
    assert "andra kan" not in html


def test_a_class_at_a_paused_experience_is_told_about_its_size(client, page, filled):
    page.state = page.State.PAUSED
    page.save_revision().publish()
    html = told(client, filled | {"people": "24", "purpose": "group"})
    assert "Om er grupp" in html
    assert "Vi hittar ett sätt när den öppnar" in html


@pytest.mark.parametrize("purpose", ["question", "press"])
def test_a_question_or_an_article_gets_no_guidance_about_a_group(client, page, filled, purpose):
    html = confirmation(client, filled | {"people": "30", "purpose": purpose}).content.decode()
    assert _("About your group") not in html


def test_phone_only_is_told_that_we_call_and_no_mail_is_promised(client, filled):
    html = confirmation(client, filled | {"email": "", "phone": "070-123 45 67"}).content.decode()
    with translation.override("sv"):
        assert _("You gave us a phone number, so we will call you. We will not send an e-mail.") in html
        assert _("A confirmation is on its way to you by e-mail.") not in html


def test_the_confirmation_of_help_me_choose_names_no_experience(client, page):
    response = confirmation(client, {"name": "Lena", "email": "lena@example.org"})
    assert Enquiry.objects.get().experience is None
    assert response.status_code == 200
    assert page.title not in response.content.decode()
    assert page.title in confirmation(client, {"name": "Lena", "email": "a@example.org", "experience": page.pk}).text


def test_the_confirmation_outlives_the_experience(client, page, filled):
    address = sent(client, filled)["Location"]
    page.delete()
    response = client.get(address)
    assert response.status_code == 200
    assert "Baka bröd på het plåt" in response.content.decode()


def test_the_confirmation_needs_few_database_queries(client, page, filled, queries):
    assert queries(client, sent(client, filled)["Location"]) <= 12


def test_page_mail_and_inbox_show_the_same_date(client, filled):
    html = confirmation(client, filled).content.decode()
    enquiry = Enquiry.objects.get()
    mail = OutgoingMail.objects.get(key__endswith=":confirmation")
    with translation.override("sv"):
        promised = due_in_words(enquiry.answer_due)
    assert promised in html
    assert promised in mail.text
    assert enquiry.answer_due - timezone.now() > timedelta(days=1)


def test_a_site_without_contact_details_does_not_ask_to_call(client, page):
    """Neither beside the form nor in the footer."""
    SiteSettings.objects.update(phone="", email="", street="")
    empty = client.get(NEW).content.decode()
    SiteSettings.objects.update(phone="0470-12 34 56")
    told = client.get(NEW).content.decode()
    for words in ("Hellre tala med någon?", "Ring eller skriv", "<address>"):
        assert (words in empty, words in told) == (False, True)
    assert "Skickar du nu svarar vi" in empty


# --- What happens next, by what was asked ----------------------------------------------------------------------------
def told(client: Client, answers: dict[str, str]) -> str:
    return client.get(sent(client, answers)["Location"]).text


PROPOSAL, CERTIFICATE = ("Du får ett förslag", "förslag på dag"), ("Du får presentbeviset", "gör vi presentbeviset")
OPENING, ANSWER = ("Vi säger till när den öppnar", "Vi säger till när den öppnar"), ("Du får ett svar", "Du får svar")


def is_told(client: Client, answers: dict[str, str], expected: tuple[str, str]) -> None:
    """The next step is on the page, in the mail as a sentence, and none of the other three is."""
    page = told(client, answers)
    assert [said for said, _short in (PROPOSAL, CERTIFICATE, OPENING, ANSWER) if said in page] == [expected[0]]
    mail = OutgoingMail.objects.get(key__endswith=":confirmation")
    for words in (mail.text, mail.html):
        assert [short for _said, short in (PROPOSAL, CERTIFICATE, OPENING, ANSWER) if short in words] == [expected[1]]


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [("book", PROPOSAL), ("group", PROPOSAL), ("gift", CERTIFICATE), ("question", ANSWER), ("press", ANSWER)],
)
def test_each_purpose_has_its_next_step(client, filled, purpose, expected):
    is_told(client, filled | {"purpose": purpose}, expected)


def test_an_obstacle_on_the_website_is_answered_as_one_and_read_as_one(client, home):
    data = {"purpose": "access", "name": "Lena Berg", "email": "lena@example.org", "message": "Knappen syns inte."}
    page = told(client, data)
    assert "Vi provar själva" in page
    assert "Vi frågar värden" not in page
    assert "det du kom för på annat sätt" in OutgoingMail.objects.get(key__endswith=":confirmation").text
    enquiry = Enquiry.objects.get()
    assert mails.staff_notice(enquiry, "vi@example.org").subject.endswith(": ett hinder på webbplatsen")
    assert experience_title(enquiry) == "Ett hinder på webbplatsen"


@pytest.mark.parametrize(("purpose", "expected"), [("book", OPENING), ("gift", CERTIFICATE), ("question", ANSWER)])
def test_no_day_is_announced_while_the_experience_is_paused(client, filled, page, purpose, expected):
    page.state = page.State.PAUSED
    page.save_revision().publish()
    is_told(client, filled | {"purpose": purpose, "people": "40"}, expected)
    assert ("en annan dag" in told(client, filled | {"purpose": purpose, "people": "40"})) == (expected == CERTIFICATE)


def test_a_gift_without_experience_is_answered_with_a_suggestion(client, filled):
    assert "Vi svarar med ett förslag och ett pris" in told(client, filled | {"purpose": "gift", "experience": ""})


@pytest.mark.parametrize(
    ("seats", "words"), [(0, "Den dagen är full."), (2, "Den dagen finns 2 platser kvar, och ni är 6."), (6, "")]
)
def test_a_day_with_too_few_seats_is_accepted_with_guidance(client, filled, page, seats, words):
    start = timezone.now() + timedelta(days=9)
    page.dates.set([ExperienceDate(start=start, seats=seats)])
    page.save_revision().publish()
    day = {"when_date": timezone.localtime(start).date().isoformat(), "people": "6"}
    html = told(client, filled | day)
    assert ("Om er grupp" in html) == bool(words)
    assert words in html
    assert "kvar" not in told(client, filled | day | {"purpose": "gift"}), "whoever receives it chooses the day"


def test_help_to_choose_announces_a_search_among_the_hosts(client, filled):
    assert "Vi letar bland värdarna" in told(client, filled | {"experience": ""})


def test_the_host_is_named_in_the_readers_language(client, filled, page, translated):
    translated(page.hosts[0], "ar", {"title": "سميرة خوري"})
    answer = client.post("/ar/enquiry/", filled | {"language": "ar"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert "سميرة خوري" in client.get(answer["Location"]).text
