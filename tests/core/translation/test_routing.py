"""Which page an address means, in each language."""

from __future__ import annotations

import pytest
from wagtail.models import Page

SWEDISH = "/sv/upplevelser/baka-brod/"
ARABIC_FRAME = "/ar/upplevelser/baka-brod/"


def test_a_swedish_page_is_served(catalogue, client):
    response = client.get(SWEDISH)
    assert response.status_code == 200
    assert '<html lang="sv" dir="ltr">' in response.text


def test_an_untranslated_page_is_served_in_the_readers_frame(catalogue, client):
    response = client.get(ARABIC_FRAME)
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in response.text
    assert '<main id="main" tabindex="-1" lang="sv" dir="ltr">' in response.text
    assert 'role="note"' in response.text
    assert catalogue.experience.title in response.text


def test_the_form_on_an_untranslated_page_is_in_the_readers_language(catalogue, client):
    text = client.get(ARABIC_FRAME).text
    form = text[: text.index("<form")].rindex("<div")
    assert 'lang="ar" dir="rtl"' in text[form - 400 : form + 100]
    assert 'action="/ar/enquiry/"' in text


def test_the_crumbs_on_it_lead_through_the_readers_pages(catalogue, translated, client):
    arabic = translated(catalogue.experiences, "ar", {"title": "تجارب"})
    crumbs = client.get(ARABIC_FRAME).text.split('class="crumbs"')[1].split("</nav>")[0]
    assert f'<a href="{arabic.url}" lang="ar" dir="rtl">تجارب</a>' in crumbs


def test_a_swedish_page_in_swedish_says_nothing_of_translation(catalogue, client):
    text = client.get(SWEDISH).text
    assert '<main id="main" tabindex="-1">' in text
    assert 'role="note"' not in text


def test_so_it_is_where_the_list_above_it_is_translated(catalogue, translated, client):
    translated(catalogue.experiences, "ar", {"slug": "tajarib"})
    assert client.get(ARABIC_FRAME).status_code == 200
    mixed = client.get("/ar/tajarib/baka-brod/?people=4")
    assert (mixed.status_code, mixed["Location"]) == (302, ARABIC_FRAME + "?people=4")


def test_a_translated_page_is_served_in_its_own_words(catalogue, translated, client):
    arabic = translated(catalogue.experience, "ar", {"title": "خبز", "slug": "khubz"})
    response = client.get(arabic.url)
    assert arabic.url.endswith("/khubz/")
    assert response.status_code == 200
    assert "خبز" in response.text
    assert 'role="note"' not in response.text


def test_the_swedish_address_leads_to_the_translation(catalogue, translated, client):
    arabic = translated(catalogue.experience, "ar", {"slug": "khubz"})
    response = client.get(ARABIC_FRAME)
    assert (response.status_code, response["Location"]) == (302, arabic.url)


@pytest.mark.parametrize("how", ["draft", "unpublished"])
def test_a_translation_that_is_not_published_is_no_translation(catalogue, translated, client, how):
    arabic = translated(catalogue.experience, "ar", {"slug": "khubz"}, publish=how == "unpublished")
    if how == "unpublished":
        arabic.unpublish()
    assert client.get(ARABIC_FRAME).status_code == 200
    response = client.get(arabic.url)
    assert (response.status_code, response["Location"]) == (302, ARABIC_FRAME)


def test_the_home_page_of_a_language_without_one_is_the_swedish(catalogue, client):
    response = client.get("/ar/")
    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in response.text
    assert catalogue.home.headline in response.text


def test_a_page_below_an_unpublished_home_page_is_found(catalogue, translated, client):
    arabic = translated(catalogue.experience, "ar", {"slug": "khubz"})
    arabic.get_parent().get_parent().specific.unpublish()
    assert client.get(arabic.url).status_code == 200
    assert client.get("/ar/").status_code == 200


@pytest.mark.parametrize("path", ["finns-inte/", "upplevelser/finns-inte/", "upplevelser/baka-brod/mer/", "a/" * 40])
@pytest.mark.parametrize("code", ["sv", "ar"])
def test_an_unknown_address_is_not_found(catalogue, client, code, path):
    assert client.get(f"/{code}/{path}").status_code == 404


def test_a_draft_is_not_found(catalogue, client):
    catalogue.experience.unpublish()
    assert client.get(SWEDISH).status_code == 404
    assert client.get(ARABIC_FRAME).status_code == 404


def test_a_page_without_a_swedish_one_is_served_in_its_language_alone(catalogue, translated, client):
    arabic = translated(catalogue.experiences, "ar")
    own = arabic.copy(
        to=arabic.get_parent(), update_attrs={"slug": "khass", "title": "خاص"}, reset_translation_key=True
    )
    own.save_revision().publish()
    assert client.get("/ar/khass/").status_code == 200
    assert client.get("/sv/khass/").status_code == 404
    assert client.get("/en/khass/").status_code == 404


def test_wagtail_itself_finds_the_same_page(catalogue, rf):
    request = rf.get(ARABIC_FRAME)
    request.LANGUAGE_CODE = "ar"
    assert Page.find_for_request(request, "upplevelser/baka-brod/") == catalogue.experience


@pytest.mark.parametrize("address", [SWEDISH, ARABIC_FRAME])
def test_the_way_to_a_page_costs_three_queries(catalogue, rf, queries, address):
    """Which site, which page in which languages, the page itself."""
    from core.translation import routing

    def find() -> None:
        request = rf.get(address)
        request.LANGUAGE_CODE = address[1:3]
        assert routing.find_or_none(request, address[4:])

    assert queries(find) == 3
