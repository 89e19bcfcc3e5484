"""The home page and the standard pages, as a visitor gets them."""

import re
import uuid
from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page

from experiences.enquiries.models import Enquiry
from home.blocks import PageBodyBlock
from home.models import StandardPage
from tests.factories import (
    ExperiencePageFactory,
    HomePageFactory,
    ProviderPageFactory,
    StandardPageFactory,
    make_catalogue,
)
from tests.template_database import prepared


def block(kind: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def text(heading: str) -> dict[str, Any]:
    return block("paragraphs", heading=heading, text="<p>Vi svarar.</p>")


@prepared
def full_home():
    """A home page with one of each section."""
    catalogue = make_catalogue()
    if catalogue.home.body:
        return catalogue
    about = StandardPageFactory(parent=catalogue.home, slug="om", title="Om oss", show_in_menus=True)
    Page.objects.filter(pk=catalogue.experiences.pk).update(show_in_menus=True)
    link = {"page": about.pk, "words": "Läs mer"}
    callout = {"heading": "Grupper", "text": "Skriv till oss.", "link": link}
    steps = [{"title": "Du läser", "text": "Välj."}, {"title": "Du skriver", "text": "På ditt språk."}]
    body = [
        block("showcase", heading="Kom hungrig", how_many=5),
        block("gift", heading="Ge bort", text="Ett bevis.", to="Till dig", link=link, wall="ros"),
        block("steps", heading="Så går det till", steps=steps),
        block("cloth"),
        block("guests_said", how_many=1),
        block("callouts", callouts=[callout], wall="lin"),
    ]
    HomePageFactory(body=body)
    return catalogue


def test_home_greets_with_its_headline_the_hosts_and_the_ways_on(full_home, client):
    page = client.get("/sv/").text
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", page) == ["Lär dig något du inte visste att Växjö kunde"]
    assert "Samira Khoury" in page
    assert '<a class="button" href="/sv/upplevelser/">' in page
    assert '<a class="button button--quiet" href="/sv/enquiry/">' in page
    assert "Kom hungrig" in page
    assert "weave-wide" in page


def test_home_costs_the_same_for_one_host_and_for_many(full_home, client, queries):
    one = queries(client, "/sv/")
    for number in range(8):
        host = ProviderPageFactory(parent=full_home.providers, slug=f"host-{number}")
        ExperiencePageFactory(parent=full_home.experiences, slug=f"experience-{number}", providers=[host])
    assert queries(client, "/sv/") == one
    assert one <= 15


@pytest.mark.parametrize("in_menu", [True, False])
def test_buttons_and_callouts_lead_to_translations_without_a_detour(full_home, client, translated, queries, in_menu):
    """The Arabic blocks hold the Swedish page, whose address under /ar/ redirects."""
    arabic = translated(Page.objects.get(slug="om").specific, "ar", {"title": "من نحن", "slug": "man-nahnu"})
    StandardPage.objects.update(show_in_menus=in_menu, show_in_footer=in_menu)
    main = client.get("/ar/").text.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'<a class="(?:button|more)" href="([^"]+)">Läs mer', main)
    assert links == [arabic.url, arabic.url]
    assert queries(client, "/ar/") <= queries(client, "/sv/") + (not in_menu)


def test_home_in_arabic_is_read_from_the_right_and_costs_no_more(full_home, client, translated, queries):
    translated(full_home.home, "ar", {"headline": "تعلّموا شيئًا"})
    page = client.get("/ar/").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "markazi-arabic" in page
    assert queries(client, "/ar/") <= min(queries(client, "/sv/"), 15)


def test_an_empty_site_has_a_whole_home_page(home, client):
    page = client.get("/sv/")
    assert page.status_code == 200
    assert "hangings" not in page.text


def test_a_visitor_gets_no_cookie_and_the_page_may_be_shared_by_all(full_home, client):
    response = client.get("/sv/")
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert "csrf" not in response.text


def test_an_editor_gets_wagtails_bar(full_home, admin):
    assert "wagtail-userbar" in admin.get("/sv/").text


def test_pages_travel_compressed(full_home, client):
    whole = client.get("/sv/")
    packed = client.get("/sv/", headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(whole.content) / 3


@pytest.mark.parametrize("address", ["/sv/", "/sv/om/"])
def test_no_id_stands_twice_and_nothing_is_inline(full_home, client, address):
    page = client.get(address).text
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert not re.search(r"<script(?![^>]*src)|<style|\sstyle=|\son\w+=", page)


def test_a_standard_page_is_about_twelve_queries_at_most(full_home, client, queries):
    assert queries(client, "/sv/om/") <= 12


def test_a_long_page_has_a_list_of_its_headings(home, client):
    StandardPageFactory(parent=home, slug="lang", body=[text("Ett"), text("Två"), text("Tre")])
    page = client.get("/sv/lang/").text
    assert re.findall(r'<li><a href="#([^"]+)">', page) == ["ett", "två", "tre"]
    assert all(f'id="{anchor}"' in page for anchor in ["ett", "två", "tre"])


def test_a_short_page_has_none(home, client):
    StandardPageFactory(parent=home, slug="kort", body=[text("Ett"), text("Två")])
    assert 'id="contents"' not in client.get("/sv/kort/").text


def test_a_page_says_its_name_and_that_of_the_site_in_its_title(home, client):
    StandardPageFactory(parent=home, slug="om", title="Om oss", lead="Vilka vi är.")
    page = client.get("/sv/om/").text
    assert "<title>Om oss | Sociala upplevelsepresenter</title>" in page
    assert '<meta name="description" content="Vilka vi är.">' in page
    assert '<meta property="og:image" content="http://testserver/cloth/selvedge.png">' in page


def test_an_untranslated_page_stands_in_its_own_language_inside_the_readers_frame(full_home, client, translated):
    translated(full_home.home, "ar")
    page = client.get("/ar/om/").text
    assert '<html lang="ar" dir="rtl">' in page
    main = page.index('<main id="main" tabindex="-1" lang="sv" dir="ltr">')
    assert main < page.index('class="notice"') < page.index("<h1>Om oss</h1>")


def test_a_page_leads_to_the_form_which_opens_for_what_was_read(home, translated, client):
    """The button is in the reader's language, and so is the form behind it."""
    form = block("form_link", heading="Säg till", text="Skriv.", words="Berätta om ett hinder", about="access")
    page = StandardPageFactory(parent=home, slug="tillganglighet", title="Tillgänglighet", body=[form])
    translated(page, "ar")
    for path, to in (("/sv/tillganglighet/", "/sv/enquiry/"), ("/ar/tillganglighet-ar/", "/ar/enquiry/")):
        link = re.search(r'<a class="button" href="([^"]*)">(.*?)</a>', client.get(path, follow=True).text)
        assert link
        assert link[1] == f"{to}?purpose=access"
        assert "Berätta om ett hinder" in link[2]
        chosen = re.search(r'<input type="radio" name="purpose" value="(\w+)"[^>]* checked', client.get(link[1]).text)
        assert chosen
        assert chosen[1] == "access"


def test_what_a_page_can_lead_to_the_form_for_is_known_there():
    choices = PageBodyBlock().child_blocks["form_link"].child_blocks["about"].field.choices
    assert {value for value, _label in choices if value} <= set(Enquiry.Purpose.values)


def test_a_new_page_of_text_is_not_in_the_footer_until_its_editor_says_so(admin, home):
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    assert admin.get(add).context["form"]["show_in_footer"].value() is False
