"""The address without a language, what has none, and what search engines read first."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.utils import timezone
from wagtail.models import PageViewRestriction

from core.web import sitemaps
from tests.factories import StandardPageFactory

SITE = settings.WAGTAILADMIN_BASE_URL
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def depends_on(response):
    """What an answer depends on beside its address, apart from how it is packed."""
    return {name.strip() for name in response.get("Vary", "").split(",")} - {"", "Accept-Encoding"}


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        ("", "sv"),
        ("ar", "ar"),
        ("ar-SY", "ar"),
        ("AR-sy,en;q=0.8", "ar"),
        ("en-GB,en;q=0.9,sv;q=0.8", "en"),
        ("sv;q=0.2, ar;q=0.9, en;q=0.5", "ar"),
        ("de-DE,de;q=0.9", "sv"),
        ("de, en;q=0.1", "en"),
        ("en;q=0, ar;q=0.1", "ar"),
        ("en;q=0", "sv"),
        ("*", "sv"),
        ("*, en;q=0.5", "en"),
        ("prs, fa", "sv"),
        ("!!, ;;;=", "sv"),
        ("x" * 5000, "sv"),
    ],
)
def test_the_first_page_is_in_the_browsers_language(client, wishes, language):
    response = client.get("/?utm=a", headers={"accept-language": wishes})
    assert (response.status_code, response["Location"]) == (302, f"/{language}/?utm=a")


def test_it_depends_on_nothing_else(client):
    client.cookies["django_language"] = "ar"
    response = client.get("/", headers={"accept-language": "en"})
    assert response["Location"] == "/en/"
    assert depends_on(response) == {"Accept-Language"}
    assert not response.cookies


def test_a_language_without_its_slash_leads_to_it(home, client):
    response = client.get("/sv", follow=True)
    assert response.redirect_chain[-1][0] == "/sv/"
    assert response.status_code == 200


# --- An address that lacks its language, or has another form of it -------------------------------------------------
def leads(client, path, **headers):
    """Status of a first answer and where it leads, which answers itself."""
    response = client.get(path, headers=headers)
    if "Location" in response:
        assert client.get(response["Location"]).status_code == 200, "one redirect, no more"
    return response.status_code, response.get("Location")


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/SV/", "/sv/"),
        ("/Sv", "/sv/"),
        ("/sv-SE/", "/sv/"),
        ("/EN/experiences/", "/en/experiences/"),
        ("/en-gb/Experiences", "/en/experiences/"),
        ("/SV/upplevelser/baka-brod/", "/sv/upplevelser/baka-brod/"),
        ("/sv/Upplevelser/", "/sv/upplevelser/"),
        ("/sv/UPPLEVELSER/Baka-Brod", "/sv/upplevelser/baka-brod/"),
        ("/sv/upplevelser/baka-bröd/", "/sv/upplevelser/baka-brod/"),
        ("/sv/Värdarna/", "/sv/vardarna/"),
        ("/sv/upplevelser/.", "/sv/upplevelser/"),
        ("/sv/upplevelser/)", "/sv/upplevelser/"),
        ("/\u200fen/upplevelser/\u200f", "/en/experiences/"),
        ("/upplevelser/", "/sv/upplevelser/"),
        ("/Upplevelser", "/sv/upplevelser/"),
        ("/upplevelser/baka-brod/", "/sv/upplevelser/baka-brod/"),
        ("/sv/experiences/", "/sv/upplevelser/"),
        ("/ar/experiences/baka-brod/", "/ar/upplevelser/baka-brod/"),
        ("/ar/upplevelser/Baka-Brod", "/ar/upplevelser/baka-brod/"),
        ("/enquiry/", "/sv/enquiry/"),
        ("/SV/Search/", "/sv/search/"),
        ("/en/Enquiry", "/en/enquiry/"),
    ],
)
def test_a_mistyped_address_leads_to_the_page_in_one_step_and_keeps_the_question(
    catalogue, translated, client, path, target
):
    translated(catalogue.experiences, "en", {"slug": "experiences"})
    assert leads(client, f"{path}?date=2027-02-04") == (302, f"{target}?date=2027-02-04")


@pytest.mark.parametrize(("wish", "target"), [("ar-SY", "/ar/upplevelser/"), ("en", "/en/experiences/"), ("", None)])
def test_an_address_without_a_language_leads_to_the_page_in_the_browsers(catalogue, translated, client, wish, target):
    translated(catalogue.experiences, "en", {"slug": "experiences"})
    for path in ("/upplevelser/", "/experiences/"):
        response = client.get(path, headers={"accept-language": wish})
        assert response["Location"] == (target or "/sv/upplevelser/")
        assert depends_on(response) == {"Accept-Language"}


def test_the_admin_is_found_in_capitals(home, client):
    assert client.get("/Admin")["Location"] == "/admin/"


@pytest.mark.parametrize("path", ["/SV/finns-inte/", "/sv/Finns-Inte/", "/wp-login.php", "/.env", "/SV/" + "a/" * 40])
def test_what_is_nowhere_is_not_found_at_once(catalogue, client, path):
    assert client.get(path).status_code == 404


def test_a_draft_is_found_by_no_other_spelling(catalogue, client):
    catalogue.experience.unpublish()
    for path in ("/upplevelser/baka-brod/", "/SV/upplevelser/baka-brod/", "/sv/upplevelser/Baka-Brod/"):
        assert client.get(path).status_code == 404


def test_a_post_is_not_redirected(catalogue, client):
    assert client.post("/upplevelser/").status_code == 404


@pytest.mark.parametrize("path", ["/finns-inte/", "/finns/inte/", "/finns-inte", "/de/", "/admin-finns-inte/"])
def test_an_unknown_address_without_a_language_is_not_found_at_once(home, client, path):
    response = client.get(path, headers={"accept-language": "ar"})
    if response.status_code == 301:  # only the slash is added
        response = client.get(response["Location"], headers={"accept-language": "ar"})
    assert response.status_code == 404
    assert '<html lang="ar" dir="rtl">' in response.text
    assert depends_on(response) == {"Accept-Language"}


def test_a_page_depends_on_its_address_alone(catalogue, client):
    for address in ("/sv/", "/ar/", "/ar/upplevelser/baka-brod/"):
        response = client.get(address, headers={"accept-language": "en"})
        assert response.status_code == 200
        assert depends_on(response) == set()
        assert not response.cookies


def test_robots_are_told_where_the_sitemap_is(home, client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == f"User-agent: *\nDisallow: /admin/\nSitemap: {SITE}/sitemap.xml\n"


# --- The sitemap ------------------------------------------------------------------------------------------------
def listed(client):
    """Address → its alternates."""
    response = client.get("/sitemap.xml")
    assert response.status_code == 200
    return {
        url.find("s:loc", SITEMAP).text: {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SITEMAP)
        }
        for url in ET.fromstring(response.content)
    }


def test_the_sitemap_lists_each_real_page_with_its_languages(catalogue, translated, client):
    arabic = translated(catalogue.experience, "ar", {"slug": "khubz"})
    found = listed(client)
    swedish = SITE + "/sv/upplevelser/baka-brod/"
    alternates = {"sv": swedish, "ar": SITE + arabic.url, "x-default": swedish}
    assert found[swedish] == alternates
    assert found[SITE + arabic.url] == alternates
    assert found[SITE + "/sv/vardarna/samira-khoury/"] == {}
    assert not [address for address in found if "/en/" in address]
    assert SITE + "/ar/upplevelser/baka-brod/" not in found


def test_it_says_when_each_was_published(catalogue, client):
    day = timezone.localtime(catalogue.experience.last_published_at).date().isoformat()
    assert f"<lastmod>{day}</lastmod>" in client.get("/sitemap.xml").text


def test_drafts_and_private_pages_are_not_listed(catalogue, client):
    StandardPageFactory(parent=catalogue.home, slug="utkast", draft=True)
    private = StandardPageFactory(parent=catalogue.home, slug="privat")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    addresses = " ".join(listed(client))
    assert "/utkast/" not in addresses
    assert "/privat/" not in addresses


def test_the_sitemap_costs_as_many_queries_for_ten_pages_as_for_three(home, client, queries):
    pages = [StandardPageFactory(parent=home) for _ in range(3)]
    few = queries(client, "/sitemap.xml")
    pages += [StandardPageFactory(parent=home) for _ in range(7)]
    assert queries(client, "/sitemap.xml") == few
    assert few == 4


def test_more_pages_than_fit_into_one_file_come_in_parts(home, client, monkeypatch, queries):
    for number in range(5):
        StandardPageFactory(parent=home, title=f"Page {number}")
    whole = ET.fromstring(client.get("/sitemap.xml").content).findall(".//s:loc", SITEMAP)
    monkeypatch.setattr(sitemaps, "AT_MOST", 4)
    index = client.get("/sitemap.xml")
    parts = [loc.text for loc in ET.fromstring(index.content).findall("s:sitemap/s:loc", SITEMAP)]
    assert parts == [f"{SITE}/sitemap-1.xml", f"{SITE}/sitemap-2.xml"]
    answers = [client.get(part.removeprefix(SITE)) for part in parts]
    found = [loc for answer in answers for loc in ET.fromstring(answer.content).findall(".//s:loc", SITEMAP)]
    assert sorted(loc.text for loc in found) == sorted(loc.text for loc in whole)
    assert {answer["X-Robots-Tag"] for answer in (index, *answers)} == {"noindex, noodp, noarchive"}
    assert queries(client, "/sitemap-1.xml") == queries(client, "/sitemap-2.xml")
    assert [client.get(f"/sitemap-{part}.xml").status_code for part in (0, 3, 10**30)] == [404] * 3
