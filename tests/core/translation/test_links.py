"""What leads from one language to another, and what search engines are told."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Site
from wagtail.rich_text import expand_db_html

from core.translation.reading import in_language, language_links, localized, reader_url, words_in
from tests.factories import CategoryFactory, ExperiencePageFactory, StandardPageFactory, make_catalogue
from tests.template_database import prepared
from tests.translations import translated_once

SWEDISH = "/sv/upplevelser/baka-brod/"
SITE = settings.WAGTAILADMIN_BASE_URL


def request_in(code, path="/"):
    request = RequestFactory().get(path)
    request.LANGUAGE_CODE = code
    return request


@prepared
def arabic():
    return translated_once(make_catalogue().experience, "ar", {"slug": "khubz"})


# --- Each thing as a reader sees it -----------------------------------------------------------------------------
def test_a_reader_gets_the_translation_else_the_swedish_page(catalogue, arabic):
    other = ExperiencePageFactory(parent=catalogue.experiences, providers=[catalogue.provider])
    shown = localized([other, catalogue.experience], "ar")
    assert shown == [other, arabic]
    assert {type(page).__name__ for page in shown} == {"ExperiencePage"}


def test_what_is_not_published_in_either_is_left_out(catalogue, translated):
    draft = translated(catalogue.experience, "ar", publish=False)
    assert localized([draft], "ar") == [catalogue.experience]
    catalogue.experience.unpublish()
    assert localized([draft], "ar") == []


def test_snippets_are_localized_too(db, translated):
    food, craft = CategoryFactory(), CategoryFactory(name="Hantverk", slug="hantverk")
    english = translated(food, "en", {"name": "Food"})
    assert localized([craft, food], "en") == [craft, english]


def test_one_page_or_ten_cost_one_query(catalogue, arabic, django_assert_num_queries):
    pages = [catalogue.experience] + [
        ExperiencePageFactory(parent=catalogue.experiences, providers=[catalogue.provider]) for _ in range(3)
    ]
    for some in (pages[:1], pages):
        with django_assert_num_queries(1):
            assert localized(some, "ar")[0] == arabic


# --- Addresses --------------------------------------------------------------------------------------------------
def test_a_link_to_a_swedish_page_stays_in_the_readers_language(catalogue, arabic, django_assert_num_queries):
    request = request_in("ar")
    Site.find_for_request(request)
    Site.get_site_root_paths()
    with django_assert_num_queries(0):
        assert reader_url(catalogue.experience, request) == "/ar/upplevelser/baka-brod/"
        assert reader_url(arabic, request) == arabic.url
        assert reader_url(catalogue.experience, request, "sv") == SWEDISH


def test_so_it_does_inside_swedish_words_of_an_arabic_page(catalogue):
    context = Context({"request": request_in("ar"), "page": catalogue.experience})
    template = Template("{% load language_tags %}{% in_language_of page %}{% page_url page %}{% endin_language_of %}")
    assert template.render(context) == "/ar/upplevelser/baka-brod/"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/sv/", "/ar/"),
        ("/sv/upplevelser/?people=4#nar", "/ar/upplevelser/?people=4#nar"),
        ("https://example.se/sv/sv/", "https://example.se/ar/sv/"),
        ("/media/sv/x.png", "/media/sv/x.png"),
    ],
)
def test_an_address_changes_its_language(address, expected):
    assert in_language(address, "ar") == expected


# --- Words in another language than those around them -----------------------------------------------------------
def test_words_in_another_language_say_so(catalogue, arabic):
    template = Template("{% load language_tags %}<b{% lang_attrs thing %}>")
    with override("ar"):
        assert template.render(Context({"thing": catalogue.experience})) == '<b lang="sv" dir="ltr">'
        assert template.render(Context({"thing": arabic})) == "<b>"
    assert template.render(Context({"thing": arabic})) == '<b lang="ar" dir="rtl">'
    assert template.render(Context({"thing": "en"})) == '<b lang="en" dir="ltr">'


def test_labels_on_a_swedish_page_are_swedish_and_a_form_in_it_is_not(catalogue):
    words = "{% get_current_language as code %}{{ code }}"
    template = Template(
        "{% load i18n language_tags %}"
        + f"{{% in_language_of page %}}{words} {{% in_reader_language %}}{words}{{% endin_reader_language %}}"
        + f" {words}{{% endin_language_of %}} {words}"
    )
    with override("ar"):
        context = Context({"request": request_in("ar"), "page": catalogue.experience})
        assert template.render(context) == "sv ar sv ar"


# --- The switcher -----------------------------------------------------------------------------------------------
def test_the_switcher_names_each_language_by_itself(catalogue, arabic, client):
    client.get(SWEDISH)
    links = language_links(request_in("sv", SWEDISH), catalogue.experience)
    assert [(link.code, link.name, link.dir) for link in links] == [
        ("sv", "Svenska", "ltr"),
        ("en", "English", "ltr"),
        ("ar", "العربية", "rtl"),
    ]
    assert [(link.url, link.is_translated) for link in links] == [
        (SWEDISH, True),
        ("/en/upplevelser/baka-brod/", False),
        (arabic.url, True),
    ]
    assert [link.is_current for link in links] == [True, False, False]


def test_it_is_the_same_from_each_language(catalogue, arabic, client):
    def addresses(url):
        found = re.findall(r'<a href="([^"]+)" lang="(\w+)" dir="\w+" hreflang', client.get(url).text)
        return {code: address for address, code in found}

    from_swedish = addresses(SWEDISH)
    assert from_swedish == {"sv": SWEDISH, "en": "/en/upplevelser/baka-brod/", "ar": arabic.url}
    assert addresses(arabic.url) == from_swedish
    assert addresses("/en/upplevelser/baka-brod/") == from_swedish


def test_each_link_leads_straight_to_a_page(catalogue, arabic, client):
    for link in language_links(request_in("sv", SWEDISH), catalogue.experience):
        assert client.get(link.url).status_code == 200


def test_a_lists_filters_go_along(catalogue, client):
    links = language_links(request_in("sv", "/sv/upplevelser/?people=4"), catalogue.experiences)
    assert links[2].url == "/ar/upplevelser/?people=4"


def test_a_view_exists_in_every_language(home, client):
    text = client.get("/sv/search/?q=mat").text
    assert 'href="/ar/search/?q=mat" lang="ar"' in text
    assert f'<link rel="alternate" hreflang="ar" href="{SITE}/ar/search/">' in text


def test_an_error_page_leads_to_the_home_pages(home, client):
    """Without the query, which belongs to the page that is not there."""
    response = client.get("/sv/finns-inte/?q=mat")
    assert response.status_code == 404
    assert "q=mat" not in response.text
    assert 'href="/ar/" lang="ar"' in response.text
    assert "hreflang" not in response.text.split("</head>")[0]


def test_a_page_without_a_swedish_one_leads_to_the_home_pages(catalogue, arabic):
    arabic.translation_key = uuid4()
    arabic.save(clean=False)
    links = language_links(request_in("ar", arabic.url), arabic)
    assert [link.url for link in links] == ["/sv/", "/en/", arabic.url]


# --- Search engines ---------------------------------------------------------------------------------------------
def head(client, url):
    text = client.get(url).text.split("</head>")[0]
    return {
        "canonical": re.findall(r'<link rel="canonical" href="([^"]+)">', text),
        "alternates": dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text)),
    }


def test_a_page_names_its_real_translations_alone(catalogue, arabic, client):
    alternates = {
        "sv": SITE + SWEDISH,
        "ar": SITE + arabic.url,
        "x-default": SITE + SWEDISH,
    }
    assert head(client, SWEDISH) == {"canonical": [SITE + SWEDISH], "alternates": alternates}
    assert head(client, arabic.url) == {"canonical": [SITE + arabic.url], "alternates": alternates}


def test_an_untranslated_page_names_the_swedish_address(catalogue, arabic, client):
    found = head(client, "/en/upplevelser/baka-brod/?people=4")
    assert found == {"canonical": [SITE + SWEDISH], "alternates": {}}


def test_a_page_in_one_language_has_no_alternates(home, client):
    page = StandardPageFactory(parent=home)
    assert head(client, page.url) == {"canonical": [SITE + page.url], "alternates": {}}


# --- Links in running text --------------------------------------------------------------------------------------
def test_a_link_in_a_text_leads_to_the_readers_page(catalogue, arabic):
    text = f'<p><a linktype="page" id="{catalogue.experience.pk}">Bröd</a></p>'
    for code, url in [("sv", SWEDISH), ("en", "/en/upplevelser/baka-brod/"), ("ar", arabic.url)]:
        with override(code):
            assert expand_db_html(text) == f'<p><a href="{url}">Bröd</a></p>'


def test_so_it_does_in_swedish_words_of_an_arabic_page(catalogue, arabic):
    text = f'<a linktype="page" id="{catalogue.experience.pk}">Bröd</a>'
    with words_in("sv", request_in("ar")):
        assert expand_db_html(text) == f'<a href="{arabic.url}">Bröd</a>'


def test_a_link_to_a_page_that_is_gone_is_none(catalogue):
    catalogue.experience.unpublish()
    text = f'<a linktype="page" id="{catalogue.experience.pk}">a</a><a linktype="page" id="999999">b</a>'
    assert expand_db_html(text) == "<a>a</a><a>b</a>"


def test_many_links_cost_as_many_queries_as_one(catalogue, arabic, queries):
    pages = [catalogue.experience, catalogue.provider, catalogue.home, catalogue.experiences]
    links = [f'<a linktype="page" id="{page.pk}">a</a>' for page in pages]
    with override("ar"):
        assert queries(expand_db_html, "".join(links)) == queries(expand_db_html, links[0]) == 2
