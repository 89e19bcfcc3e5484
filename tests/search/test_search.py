"""The search page and its index, in several languages."""

import re

import pytest
from django.core.management import call_command
from wagtail.models import Page
from wagtail.signal_handlers import disable_reference_index_auto_update

from search.indexing import vector_of
from search.models import SearchEntry
from tests.factories import (
    CategoryFactory,
    ExperiencePageFactory,
    PlaceFactory,
    ProviderPageFactory,
    SkillFactory,
    StandardPageFactory,
    make_catalogue,
    once,
)
from tests.template_database import prepared


def hits(client, query, language="sv", **more):
    answer = client.get(f"/{language}/search/", {"q": query, **more})
    assert answer.status_code == 200
    return [hit["title"] for hit in answer.context.get("hits", [])]


@prepared
def bread():
    """An experience that is about bread."""
    catalogue = make_catalogue()
    return once(
        ExperiencePageFactory,
        slug="brod",
        parent=catalogue.experiences,
        title="Baka bröd på het plåt",
        summary="Du kavlar degen tunn som ett lakan.",
        providers=[catalogue.provider],
    )


def found_titles(client, query, language="sv"):
    return " / ".join(hits(client, query, language))


@pytest.mark.parametrize(
    "query",
    ["bröd", "BRÖD", "brod", "brö", "brödet", "bakar", "lakan", "degen tunn", "het plat", '"tunn som ett lakan"'],
)
def test_swedish_words_are_found_in_any_form_and_without_dots(client, bread, query):
    assert "Baka bröd" in found_titles(client, query)


def test_a_search_without_hits_shows_what_to_do(client, bread):
    answer = client.get("/sv/search/", {"q": "segelflyg"})
    assert answer.context["hits"] == []
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'Inga träffar på <b dir="auto">segelflyg</b>' in page
    assert "Skriv färre eller kortare ord" in page
    assert re.search(r'<a class="button[^"]*" href="/sv/enquiry/">Hjälp mig välja</a>', page)


def test_a_page_of_each_language_is_found_in_it_alone(client, bread, translated):
    translated(bread, "ar", {"title": "اخبزوا خبز الصاج", "slug": "bread-ar", "summary": "تفردون العجين رقيقًا."})
    assert "اخبزوا خبز الصاج" in found_titles(client, "خبز", "ar")
    assert "اخبزوا خبز الصاج" in found_titles(client, "الخبز", "ar")
    assert "اخبزوا خبز الصاج" in found_titles(client, "رقيقا", "ar"), "vowel marks may be left out"
    assert hits(client, "خبز", "sv") == []


def test_an_arabic_page_is_found_by_the_swedish_name(client, catalogue, translated):
    translated(catalogue.provider, "ar", {"title": "سميرة خوري", "slug": "samira"})
    assert "سميرة" in found_titles(client, "Samira", "ar")
    catalogue.provider.title = "Samira Haddad"
    catalogue.provider.save_revision().publish()
    assert "سميرة" in found_titles(client, "Haddad", "ar")
    assert hits(client, "Khoury", "ar") == []


def test_a_search_without_hits_links_to_languages_that_have_some(client, bread, translated):
    translated(bread, "en", {"title": "Bake flatbread on a griddle", "slug": "bake"})
    answer = client.get("/sv/search/", {"q": "griddle"})
    assert [(other["code"], other["number"]) for other in answer.context["elsewhere"]] == [("en", 1)]
    assert 'href="/en/search/?q=griddle"' in answer.content.decode()


def test_skills_of_a_host_are_found(client, catalogue):
    host = ProviderPageFactory(parent=catalogue.providers, slug="farzaneh", title="Farzaneh Moradi")
    host.skills.set([SkillFactory(name="Kalligrafi")])
    host.save_revision().publish()
    assert "Farzaneh Moradi" in found_titles(client, "kalligrafi")


def test_an_experience_is_found_by_what_its_page_says(client, bread):
    """By kind, place, host, language, allergens, access, steps and questions, not only by the story."""
    bread.category = CategoryFactory(name="Hantverk", slug="hantverk")
    bread.place = PlaceFactory(name="Bakstugan", area="vid Växjösjön")
    bread.languages = ["sv", "ti"]
    bread.allergens = ["gluten", "sesame"]
    bread.access_toilet = "Toalett för rullstol"
    bread.steps = [("step", {"minutes": 0, "title": "Mjöl på händerna", "text": "Vi knyter förkläden."})]
    bread.questions = [("question", {"question": "Kan barn vara med?", "answer": "Ja, från sex år."})]
    bread.save_revision().publish()
    asked = ["hantverk", "bakstugan", "växjösjön", "tigrinska", "sesam", "rullstol", "förkläde", "barn", "khoury"]
    assert [word for word in asked if "Baka bröd" not in found_titles(client, word)] == []


@pytest.mark.parametrize("language", ["السويدية", "الأوكرانية", "البولندية"])
def test_an_arabic_page_is_found_by_each_of_its_languages(client, bread, translated, language):
    """Each on its own in the index: in an Arabic list "and" is written together with the next word (والأوكرانية)."""
    bread.languages, bread.some_languages = ["sv", "uk"], ["en", "pl"]
    bread.save_revision().publish()
    translated(bread, "ar", {"title": "خبز", "slug": "bread"})
    assert "خبز" in found_titles(client, language, "ar")


def test_a_page_is_found_by_the_new_name_of_its_place(client, bread):
    place = PlaceFactory(name="Bakstugan")
    bread.place = place
    bread.save_revision().publish()
    place.name = "Vedboden"
    place.save()
    assert "Baka bröd" in found_titles(client, "vedboden")
    assert "Baka bröd" not in found_titles(client, "bakstugan")


def test_an_experience_is_found_by_the_new_line_of_its_host(client, catalogue, bread):
    catalogue.provider.line = "Kardar ull på gammalt vis."
    catalogue.provider.save_revision().publish()
    assert "Baka bröd" in found_titles(client, "kardar")
    catalogue.provider.unpublish()
    assert "Baka bröd" not in found_titles(client, "kardar")


def test_what_is_unpublished_or_deleted_is_not_found(client, bread):
    bread.unpublish()
    assert hits(client, "lakan") == []
    bread.save_revision().publish()
    assert hits(client, "lakan")
    bread.delete()
    assert hits(client, "lakan") == []


def test_a_draft_is_not_found(client, bread):
    bread.summary = "Nu med surdeg."
    bread.save_revision()
    assert hits(client, "surdeg") == []


def test_the_title_weighs_more_than_the_text(client, catalogue, bread):
    StandardPageFactory(parent=catalogue.home, title="Om oss", slug="om", lead="Vi bakar bröd ibland.")
    assert "Baka bröd" in hits(client, "bröd")[0]


@pytest.mark.parametrize(
    "query",
    [
        "'",
        '"',
        "(",
        ")",
        "!",
        "&",
        "|",
        ":*",
        "<->",
        "\\",
        "a & | b",
        "-",
        "\x00",
        "\x00bröd",
        "%",
        "🎈",
        "x" * 5000,
        "ا" * 300,
    ],
)
def test_no_character_is_an_error(client, bread, query):
    assert client.get("/sv/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize(
    "address", ["search/?q=", "?q=", "enquiry/?experience=", "upplevelser/?kind=", "inget/?q=", ""]
)
def test_a_search_of_sixty_thousand_characters_is_not_repeated(client, bread, address):
    """Nor any other query, nor an address of that length."""
    html = client.get(f"/sv/{address}{'x' * 60_000}").content.decode()
    assert "x" * 101 not in html


def test_a_search_keeps_its_words_in_the_links_to_other_languages(client, bread):
    assert 'href="/ar/search/?q=br%C3%B6d"' in client.get("/sv/search/", {"q": "bröd"}).content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "1e9", "\x00"])
def test_no_page_number_is_an_error(client, bread, page):
    assert client.get("/sv/search/", {"q": "bröd", "page": page}).status_code == 200


def test_an_excerpt_is_escaped_and_marks_what_was_found(client, bread):
    bread.summary = "Kavla <script>alert(1)</script> degen tunn."
    bread.save_revision().publish()
    answer = client.get("/sv/search/", {"q": "degen"}).content.decode()
    assert "<mark>degen</mark>" in answer
    assert "<script>alert" not in answer


def excerpt(client, query):
    return str(client.get("/sv/search/", {"q": query}).context["hits"][0]["excerpt"])


def test_an_excerpt_says_where_the_text_goes_on(client, bread):
    bread.summary = "Först " + "mjöl och vatten " * 20 + "sedan degen " + "på en het plåt " * 20 + "sist."
    bread.save_revision().publish()
    assert excerpt(client, "degen").startswith("… ")
    assert excerpt(client, "degen").endswith(" …")
    assert excerpt(client, "först").startswith("<mark>Först</mark>")


def test_an_excerpt_separates_texts_from_different_places(client, bread):
    bread.summary, bread.suits = "Tunn som ett lakan.", [("item", "alla som tycker om rök")]
    bread.save_revision().publish()
    assert "<mark>lakan</mark>. · " in excerpt(client, "lakan")


def test_the_empty_page_sets_no_cookie_and_is_not_indexed(client, bread):
    answer = client.get("/sv/search/")
    assert not answer.cookies
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_seventy_hits_cost_no_more_queries_than_one(client, bread, queries):
    one = queries(client, "/sv/search/?q=lakan")
    with disable_reference_index_auto_update():
        for number in range(69):
            bread.copy(update_attrs={"slug": f"deg-{number}", "title": f"Deg {number}"}, copy_revisions=False)
    assert len(hits(client, "lakan")) == 20
    assert queries(client, "/sv/search/?q=lakan") == one
    assert one <= 15


def test_the_index_can_be_rebuilt(client, bread):
    SearchEntry.objects.all().delete()
    call_command("rebuild_search")
    assert "Baka bröd" in found_titles(client, "lakan")


# --- Many hits --------------------------------------------------------------------------------------------------------
@pytest.fixture
def six_hundred_pages_of_bread(bread):
    """Newer than the page that has the word in its title."""
    ours = Page.objects.get(pk=bread.pk)
    numbers = range(1, 601)
    pages = Page.objects.bulk_create(
        Page(
            title=f"Sida {number}",
            slug=f"sida-{number}",
            path=f"{ours.path[:-4]}Z{number:03d}",
            depth=ours.depth,
            url_path=f"{ours.url_path}{number}/",
            live=True,
            locale=ours.locale,
            content_type=ours.content_type,
        )
        for number in numbers
    )
    entries = [
        SearchEntry(page=page, language="sv", title=page.title, text="Här bakar vi bröd och kakor.") for page in pages
    ]
    for entry in entries:
        entry.vector = vector_of(entry, [])
    SearchEntry.objects.bulk_create(entries)
    return bread


def test_of_a_word_that_most_pages_have_five_hundred_are_ranked_and_a_title_comes_first(
    client, six_hundred_pages_of_bread
):
    answer = client.get("/sv/search/?q=bröd")
    titles = [hit["title"] for hit in answer.context["hits"]]
    assert titles[0] == six_hundred_pages_of_bread.title
    assert titles[-1].startswith("Sida")
    said = re.sub(r"<[^>]+>", "", answer.text)
    assert "Mer än 500 träffar på bröd. Lägg till ett ord för att få färre." in said
    assert "Sida 1 av 25" in answer.text


def test_the_last_page_of_many_hits_is_the_last_that_is_ranked(client, six_hundred_pages_of_bread):
    last = client.get("/sv/search/?q=bröd&page=26")
    assert last.context["found"].number == 25
    assert len(last.context["hits"]) == 20
    assert 'rel="next"' not in last.text


def test_one_more_word_among_many_hits_finds_the_page_and_counts_it(client, six_hundred_pages_of_bread):
    answer = client.get("/sv/search/?q=bröd+lakan")
    assert [hit["title"] for hit in answer.context["hits"]] == [six_hundred_pages_of_bread.title]
    assert "1 träff på" in answer.text


def test_six_hundred_hits_cost_no_more_queries_than_one(client, six_hundred_pages_of_bread, queries):
    assert queries(client, "/sv/search/?q=bröd") == queries(client, "/sv/search/?q=lakan")
