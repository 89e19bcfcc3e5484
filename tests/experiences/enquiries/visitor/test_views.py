"""The visitor's pages: the form, the page with errors, the confirmation."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext as _

from core.models import OutgoingMail
from experiences.enquiries.models import Enquiry
from experiences.models import ExperiencePage
from tests.factories import ExperiencePageFactory

pytestmark = pytest.mark.django_db
NEW = "/sv/enquiry/"


class Inputs(HTMLParser):
    """The fields of the enquiry form in a page, as a browser would send them; `at` has each field's attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data: dict[str, str] = {}
        self.at: dict[str, dict[str, Any]] = {}
        self.ids: list[str] = []
        self._in_form = False
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        if tag == "form":
            self._in_form = "enquiry" in (given.get("action") or "")
        if not self._in_form or not (name := given.get("name") or (self._select if tag == "option" else "")):
            return
        if tag == "option":
            if "selected" in given or name not in self.data:
                self.data[name] = given.get("value") or ""
            return
        self.at[name] = self.at.get(name, {}) | given
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area, self.data[name] = name, ""
        elif given.get("type") not in ("radio", "checkbox") or "checked" in given:
            self.data[name] = given.get("value") or ("on" if given.get("type") == "checkbox" else "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self.data[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.data[self._area] = self.data[self._area].removeprefix("\n")
            self._area = ""
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._in_form = False


def inputs(response: Any) -> Inputs:
    return Inputs(response.content.decode())


@pytest.fixture
def page(catalogue) -> ExperiencePage:
    return catalogue.experience


@pytest.fixture
def filled(client: Client, page: ExperiencePage) -> dict[str, str]:
    """The form of the experience's page, filled in as an honest visitor does."""
    return inputs(client.get(page.url)).data | {"name": "Lena Berg", "email": "lena@example.org", "people": "6"}


def sent(client: Client, data: dict[str, str], **headers: str) -> Any:
    return client.post(NEW, data, headers={"Sec-Fetch-Site": "same-origin", **headers})


# --- The form -----------------------------------------------------------------------------------------------------
def test_the_experiences_page_has_the_form_with_the_experience_in_it(client, page):
    found = inputs(client.get(page.url))
    assert found.data["experience"] == found.data["page"] == found.data["asked"] == str(page.pk)
    assert found.data["language"] == "sv"
    assert found.data["purpose"] == "book"
    assert "wants_news" not in found.data, "the box for news is not ticked"


def test_help_me_choose_has_a_page_of_its_own(client, page):
    found = inputs(client.get(NEW))
    assert found.data["experience"] == ""
    assert found.data["page"] == ""


@pytest.mark.parametrize("named", ["pk", "slug"])
def test_an_address_fills_in_experience_day_and_purpose(client, page, named):
    found = inputs(client.get(NEW, {"experience": getattr(page, named), "date": "2027-02-04", "purpose": "gift"}))
    assert (found.data["experience"], found.data["when_date"], found.data["purpose"]) == (
        str(page.pk),
        "2027-02-04",
        "gift",
    )


def test_a_fixed_date_on_the_page_itself_is_filled_in(client, page):
    assert inputs(client.get(page.url, {"date": "2027-02-04"})).data["when_date"] == "2027-02-04"


@pytest.mark.parametrize(
    "query",
    [
        "experience=%00&date=%00&purpose=%00",
        "experience=99999999999999999999999&date=2027-13-99&purpose=everything",
        "experience=%ED%A0%80&date=%FF",
        "experience=" + "x" * 5000,
        "experience[]=1&experience=&experience=2",
        "page=12&asked=1&name=Eve&email=eve@example.org&message=hello",
    ],
)
def test_an_invalid_query_string_gives_an_ordinary_form(client, page, query):
    response = client.get(f"{NEW}?{query}")
    assert response.status_code == 200
    found = inputs(response).data
    assert (found["experience"], found["when_date"], found["purpose"], found["name"]) == ("", "", "book", "")


def test_the_form_needs_no_cookie_and_is_the_same_for_everybody(page):
    first, second = Client().get(page.url), Client().get(page.url)
    assert first.content == second.content
    assert not first.cookies
    assert "Cookie" not in first.headers.get("Vary", "")
    assert b"csrf" not in first.content


def test_the_form_needs_few_database_queries(client, catalogue, queries):
    few = queries(client, NEW)
    ExperiencePageFactory.create_batch(6, parent=catalogue.experiences, providers=[catalogue.provider])
    assert queries(client, NEW) == few
    assert few <= 12


def test_a_paused_experience_is_offered_on_its_own_page_only(client, catalogue, page):
    paused = ExperiencePageFactory(
        parent=catalogue.experiences, title="Flyg drake", providers=[catalogue.provider], state="paused"
    )
    assert "Flyg drake" not in client.get(NEW).content.decode()
    found = inputs(client.get(paused.url)).data
    assert (found["experience"], found["purpose"]) == (str(paused.pk), "question")
    assert inputs(client.get(page.url)).data["purpose"] == "book"
    assert inputs(client.get(f"{paused.url}?purpose=gift")).data["purpose"] == "gift"


def test_languages_have_their_own_names_the_pages_first(client, page):
    html = client.get("/ar/enquiry/").content.decode()
    select = html[html.index('name="language"') :].partition("</select>")[0]
    assert re.findall(r'value="(\w+)"', select) == ["ar", "sv", "en"]
    assert "العربية" in select
    assert 'lang="sv"' in select


def test_an_untranslated_experience_says_its_language(client, page):
    select = client.get("/ar/enquiry/").content.decode()
    assert f'<option value="{page.pk}" lang="sv" dir="ltr">{page.title}</option>' in " ".join(select.split())


def test_every_input_has_an_id_of_its_own(client, page):
    found = inputs(client.get(page.url))
    assert len(found.ids) == len(set(found.ids))
    seen = {name: field for name, field in found.at.items() if field.get("type") != "hidden"}
    assert {"name", "email", "message", "people", "purpose", "language"} <= set(seen)
    assert [name for name, field in seen.items() if not field.get("id")] == []


# --- Sent -----------------------------------------------------------------------------------------------------------
def test_a_sent_enquiry_is_stored_and_confirmed(client, page, filled):
    filled |= {
        "purpose": "gift",
        "language": "ar",
        "when_text": "en torsdag",
        "when_date": "2027-02-04",
        "arrange": "en ramp",
        "message": "مرحبا",
        "message_dir": "rtl",
        "wants_news": "on",
    }
    response = sent(client, filled)
    enquiry = Enquiry.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/sv/enquiry/received/{enquiry.token}/"
    kept = {
        name: getattr(enquiry, name) for name in ("name", "email", "purpose", "language", "page_language", "people")
    }
    assert kept == {
        "name": "Lena Berg",
        "email": "lena@example.org",
        "purpose": "gift",
        "language": "ar",
        "page_language": "sv",
        "people": 6,
    }
    assert (enquiry.experience, enquiry.when_text, enquiry.arrange) == (page, "en torsdag", "en ramp")
    assert (enquiry.message, enquiry.message_dir, enquiry.wants_news) == ("مرحبا", "rtl", True)
    assert str(enquiry.when_date) == "2027-02-04"
    assert enquiry.status == "new"
    assert OutgoingMail.objects.count() == 2


def test_an_enquiry_on_the_arabic_page_belongs_to_the_swedish_experience(client, page, translated):
    arabic = translated(page, "ar", {"title": "الخبز", "slug": "alkhubz"})
    data = inputs(client.get(arabic.url)).data
    assert data["experience"] == str(arabic.pk)
    response = client.post("/ar/enquiry/", data | {"name": "سلمى", "phone": "٠٧٠-١٢٣ ٤٥ ٦٧"})
    enquiry = Enquiry.objects.get()
    assert response["Location"].startswith("/ar/enquiry/received/")
    assert (enquiry.experience, enquiry.experience_title) == (page, page.title)
    assert (enquiry.language, enquiry.page_language, enquiry.phone) == ("ar", "ar", "070-123 45 67")


def test_an_experience_named_in_another_language_is_understood(client, page, translated):
    english = translated(page, "en", {"title": "Bake bread", "slug": "bake-bread"})
    for named in (english.pk, english.slug):
        sent(client, {"experience": named, "name": f"Lena {named}", "email": "lena@example.org"})
    assert [enquiry.experience for enquiry in Enquiry.objects.all()] == [page, page]


def test_no_cookie_comes_with_the_answer(client, filled):
    assert not sent(client, filled).cookies


def test_a_post_without_any_header_of_a_browser_is_no_spam(client, filled):
    client.post(NEW, filled)
    enquiry = Enquiry.objects.get()
    assert (enquiry.status, enquiry.spam_signs) == ("new", ["unknown_site"])


def test_the_same_form_twice_gives_the_same_page_and_one_confirmation(client, filled):
    first, second = sent(client, filled), sent(client, filled)
    assert first["Location"] == second["Location"]
    assert Enquiry.objects.count() == 1
    assert OutgoingMail.objects.filter(key__endswith=":confirmation").count() == 1


def test_a_quarantined_sender_sees_the_same_page_and_is_mailed_nothing(client, filled):
    honest = client.get(sent(client, filled)["Location"]).content.decode()
    suspect = client.get(
        sent(client, filled | {"message": "Hej igen."}, **{"Sec-Fetch-Site": "cross-site"})["Location"]
    ).content.decode()
    references = {enquiry.status: enquiry.reference for enquiry in Enquiry.objects.all()}
    tokens = {enquiry.status: enquiry.token for enquiry in Enquiry.objects.all()}
    assert set(references) == {"new", "spam"}
    as_honest = suspect.replace(references["spam"], references["new"]).replace(tokens["spam"], tokens["new"])
    assert as_honest == honest
    assert OutgoingMail.objects.count() == 2


def test_a_filled_honeypot_leads_to_quarantine(client, filled):
    sent(client, filled | {"reason": "http://buy.example"})
    assert Enquiry.objects.get().spam_signs == ["hidden_field"]


def test_the_honeypot_is_empty_in_a_form_that_is_shown_again(client, filled):
    """A password manager filled it in, and the visitor mends another field and sends what they see."""
    refused = sent(client, filled | {"reason": "lena@example.org", "name": ""})
    assert refused.status_code == 422
    shown = Inputs(refused.content.decode())
    assert shown.data["reason"] == ""
    sent(client, shown.data | {"name": "Lena Berg"})
    assert Enquiry.objects.get().status == "new"


# --- Caps on mails --------------------------------------------------------------------------------------------------
def confirmations(**state: str) -> int:
    return OutgoingMail.objects.filter(key__endswith=":confirmation", **state).count()


def test_one_mailbox_gets_few_confirmations_however_the_address_is_spelled(client, filled):
    spellings = [f"{'lena'[: n % 5].upper()}{'lena'[n % 5 :]}+{n}@Example.org" for n in range(30)]
    spellings += [f"{'LENA' if n % 2 else 'lena'}@{'EXAMPLE' if n % 3 else 'example'}.org" for n in range(30)]
    for n, spelling in enumerate(spellings):
        asked = filled | {"email": spelling, "message": f"Nummer {n}"}
        answer = client.post(NEW, asked, REMOTE_ADDR=f"198.51.{n}.7", headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 302
    assert Enquiry.objects.count() == 60, "all are kept"
    assert confirmations(status="due") == 4
    assert confirmations(status="held") == 2
    assert Enquiry.objects.quarantined().count() == 54
    assert Enquiry.objects.first().email in spellings, "as it was typed"


def test_one_household_cannot_have_seventy_strangers_mailed(client, filled):
    for n in range(70):
        asked = filled | {"email": f"guest{n}@example.org", "message": f"Nummer {n}"}
        client.post(NEW, asked, REMOTE_ADDR=f"2001:db8:1:2::{n:x}", headers={"Sec-Fetch-Site": "same-origin"})
    assert (Enquiry.objects.count(), confirmations()) == (70, 6)


def test_above_the_cap_a_visitor_sees_the_same_page_and_reference(client, settings, filled):
    honest = client.get(sent(client, filled)["Location"]).content.decode()
    settings.MAIL_CAPS = settings.MAIL_CAPS | {"all": (0, 0)}
    waiting = client.get(sent(client, filled | {"message": "Hej igen."})["Location"]).content.decode()
    first, second = Enquiry.objects.order_by("pk")
    assert waiting.replace(second.reference, first.reference).replace(second.token, first.token) == honest
    assert second.status == "new"
    assert confirmations(status="held") == 1
    assert OutgoingMail.objects.filter(key__endswith=":notice", status="due").count() == 2, "staff are told as ever"


@pytest.mark.parametrize("about", ["an experience", "nothing"])
def test_an_enquiry_needs_few_database_queries(client, filled, page, about, django_assert_max_num_queries):
    filled |= {"experience": page.pk if about == "an experience" else ""}
    sent(client, filled)
    with django_assert_max_num_queries(15 + 2):  # two for the savepoint that the test itself makes needed
        assert sent(client, filled | {"people": "7"}).status_code == 302


# --- Errors ---------------------------------------------------------------------------------------------------------
def test_an_error_shows_the_experiences_page_again_with_everything_typed(client, page, filled):
    typed = filled | {
        "name": "",
        "email": "lena@example",
        "purpose": "group",
        "language": "en",
        "people": "elva",
        "when_text": "i <februari>",
        "when_date": "2027-02-04",
        "arrange": "ramp",
        "message": "Hej &\n  hopp",
        "wants_news": "on",
    }
    response = sent(client, typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert f"<h1>{page.title}</h1>" in html
    assert inputs(response).data == typed
    assert Enquiry.objects.count() == 0


def test_an_error_page_is_kept_by_this_browser_alone_for_going_back(client, filled):
    """`no-store` made of "back" an error of the browser (ERR_CACHE_MISS): tests/browser/test_visitor_journey.py."""
    assert sent(client, filled | {"name": ""})["Cache-Control"] == "private, no-cache, max-age=0"


def test_the_language_menu_beside_an_error_sends_what_was_typed_on(client, page, translated, filled):
    translated(page, "ar", {"title": "الخبز", "slug": "alkhubz"})
    typed = filled | {"name": "", "message": "Hej!", "people": "4", "page": str(page.pk)}
    menu = sent(client, typed).text.split('<div class="lang">')[1].partition("</ul>")[0]
    assert "<a " not in menu
    assert 'form="enquiry-form" formaction="/ar/enquiry/" name="shown_in" value="sv"' in menu
    response = client.post("/ar/enquiry/", typed | {"shown_in": "sv"})
    found = inputs(response)
    assert response.status_code == 422
    assert '<html lang="ar" dir="rtl">' in response.text
    assert "<h1>الخبز</h1>" in response.text
    assert (found.data["message"], found.data["people"], found.data["email"]) == ("Hej!", "4", typed["email"])
    assert found.data["language"] == "ar", "the language of our answer, which was the page's, too"
    assert client.post("/ar/enquiry/", typed | {"shown_in": "sv", "language": "en"}).text.count(
        '<option value="en" selected lang="en"'
    )


def test_a_form_that_is_not_sent_yet_is_shown_in_another_language_without_errors(client, page, filled):
    typed = filled | {"name": "", "people": "elva", "typed_in": "sv", "page": str(page.pk)}
    response = client.post("/ar/enquiry/", typed)
    assert response.status_code == 200
    assert inputs(response).data["people"] == "elva"
    assert 'aria-invalid="true"' not in response.text
    assert 'formaction="/sv/enquiry/" name="typed_in" value="ar"' in response.text
    assert not Enquiry.objects.exists()


def test_the_language_of_our_answer_follows_the_page_until_the_visitor_chooses_one(client, filled):
    def answered_in(address: str, data: dict[str, str], **more: str) -> dict[str, str]:
        return inputs(client.post(address, data | {"typed_in": "-"} | more)).data

    followed = answered_in("/ar/enquiry/", filled)
    assert followed["language"] == "ar"
    assert answered_in("/en/enquiry/", followed)["language"] == "en"
    chosen = answered_in("/ar/enquiry/", filled, language="ar")
    assert answered_in("/sv/enquiry/", chosen)["language"] == "ar"


def test_a_change_of_language_sends_nothing_even_if_all_is_well_by_now(client, filled):
    response = client.post("/en/enquiry/", filled | {"shown_in": "sv"})
    assert (response.status_code, "Error:" in response.text) == (200, False)
    assert not Enquiry.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_elsewhere_the_language_menu_has_links(client, page):
    menu = client.get(page.url).text.split('<div class="lang">')[1].partition("</ul>")[0]
    assert 'type="submit"' not in menu


@pytest.mark.parametrize("start", ["/sv/enquiry/", "page"])
def test_the_title_begins_with_the_error(client, page, filled, start):
    response = sent(client, filled | {"name": "", "page": "" if start == NEW else str(page.pk)})
    title = re.search(r"<title>(.*?)</title>", response.content.decode(), re.DOTALL).group(1).strip()
    with translation.override("sv"):
        assert title.startswith(_("Error:"))


def test_the_summary_takes_focus_and_links_to_each_field(client, filled):
    response = sent(client, filled | {"name": "", "email": "", "when_date": "2020-02-30", "purpose": "nonsense"})
    html = response.content.decode()
    summary = html[html.index('id="enquiry-errors"') :].partition("</div>")[0]
    assert "autofocus" in summary
    assert 'role="alert"' in html[: html.index('id="enquiry-errors"')].rpartition("<div")[2]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["enquiry-purpose_0", "enquiry-name", "enquiry-email", "enquiry-when_date"]
    assert set(targets) <= set(inputs(response).ids)


def test_an_error_is_shown_at_its_field_too_and_described_by_it(client, filled):
    response = sent(client, filled | {"email": "lena@example"})
    html, found = response.content.decode(), inputs(response)
    with translation.override("sv"):
        words = _("Write a complete e-mail address, for example name@example.se.")
    assert html.count(words) == 2
    assert found.at["email"]["aria-invalid"] == "true"
    described = found.at["email"]["aria-describedby"].split()
    assert described == ["enquiry-reach-hint", "enquiry-email_error"]
    assert set(described) <= set(found.ids)
    assert "aria-invalid" not in found.at["name"]


def test_an_error_of_the_forms_own_page_is_shown_there(client, page):
    response = sent(client, {"page": "", "asked": "", "experience": str(page.pk), "name": "Lena"})
    assert response.status_code == 422
    assert page.summary not in response.content.decode()


def test_an_error_in_arabic_is_shown_on_the_arabic_page(client, page, translated):
    arabic = translated(page, "ar", {"title": "الخبز", "slug": "alkhubz"})
    response = client.post("/ar/enquiry/", inputs(client.get(arabic.url)).data)
    html = response.content.decode()
    assert response.status_code == 422
    assert '<html lang="ar" dir="rtl">' in html
    assert "<h1>الخبز</h1>" in html


def test_an_error_on_an_untranslated_page_is_shown_in_the_readers_frame(client, page):
    response = client.post("/ar/enquiry/", {"page": str(page.pk), "experience": str(page.pk)})
    html = response.content.decode()
    assert response.status_code == 422
    assert '<html lang="ar" dir="rtl">' in html
    assert page.title in html


def test_a_page_of_errors_needs_no_more_queries_than_the_page_and_its_choice(
    client, page, filled, django_assert_max_num_queries
):
    sent(client, filled | {"name": ""})
    with django_assert_max_num_queries(18):
        assert sent(client, filled | {"name": ""}).status_code == 422


# --- What no visitor sends -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["\u200b", " \u2060\ufeff ", "\u202e"])
def test_a_name_of_invisible_characters_counts_as_missing(client, filled, name):
    assert sent(client, filled | {"name": name}).status_code == 422


def test_direction_overrides_are_removed_from_the_message(client, filled):
    sent(client, filled | {"message": "Hej \u202eabc och hej då"})
    assert Enquiry.objects.get().message == "Hej abc och hej då"


@pytest.mark.parametrize("path", ["/", "/sv/", "/sv/upplevelser/", "/sv/upplevelser/baka-brod/", "/sv/search/"])
def test_a_post_to_a_page_without_form_gets_405(page, path):
    """Not the error page about a missing CSRF token, which tells the reader to send a form again."""
    assert Client(enforce_csrf_checks=True).post(path, {"q": "x"}).status_code == 405


def test_who_tells_of_an_obstacle_reads_nothing_of_an_enquiry_without_commitment(client, home):
    obstacle = client.get(f"{NEW}?purpose=access").text
    assert '<h2 id="form-h">Berätta om det</h2>' in obstacle
    assert "inte bindande" not in obstacle
    assert "<title>Något på webbplatsen hindrar mig" in obstacle
    assert "inte bindande" in client.get(NEW).text
