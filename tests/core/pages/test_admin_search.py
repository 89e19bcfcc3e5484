"""The admin's search: in lists, choosers and bulk actions, an editor finds what a visitor would find, and drafts."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.db.models import CharField, TextField
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.search.models import IndexEntry

from core.models import BasePage
from home.models import StandardPage
from tests.factories import (
    CategoryFactory,
    DocumentFactory,
    ImageFactory,
    PlaceFactory,
    SkillFactory,
    StandardPageFactory,
    TestimonialFactory,
    UserFactory,
)

PAGE_TYPES = [model for model in BasePage.__subclasses__() if not model._meta.abstract]

# What the site makes of the title, and the page's place in the tree.
UNWRITTEN = {"slug", "path"}


@pytest.fixture(autouse=True)
def _the_index_is_kept(settings: Any) -> None:
    settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.pages.admin_search"}}


def rows(admin: Any, query: str, url: str = "wagtailadmin_pages:search", *args: Any) -> list[Any]:
    """What a list of the admin shows for a query."""
    answer = admin.get(reverse(url, args=args), {"q": query})
    assert answer.status_code == 200
    return list(next(answer.context[name] for name in ("object_list", "pages", "results") if name in answer.context))


def found(*asked: Any) -> list[str]:
    return list(map(str, rows(*asked)))


@pytest.fixture
def sofia(home: Any) -> StandardPage:
    page: StandardPage = StandardPageFactory(parent=home, title="Sofía O’Neill", lead="Väver mattor i Växjö.")
    return page


# --- Pages ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    [
        "Sofía",
        "sofia",
        "SOFIA",
        "O'Neill",
        "O’Neill",
        "neill",
        "vaver",
        "mattor vaxjo",
        "Mattorna",
        "sofia matt",
    ],
)
def test_an_editor_finds_a_page_by_title_and_text_without_accents(admin, sofia, query):
    StandardPageFactory(parent=sofia.get_parent(), title="Annat", lead="Nej.")
    assert found(admin, query) == ["Sofía O’Neill"]


@pytest.mark.parametrize("query", ["سميره", "سميرة", "سَميرة", "samira"])
def test_an_arabic_name_is_found_as_people_type_it(admin, sofia, translated, query):
    translated(sofia, "ar", {"title": "سميرة", "lead": "Samira"})
    assert found(admin, query) == ["سميرة"]


@pytest.mark.parametrize(
    ("url", "args"),
    [
        ("wagtailadmin_pages:search", False),
        ("wagtailadmin_pages:search_results", False),
        ("wagtailadmin_explore", True),
        ("wagtailadmin_choose_page_search", False),
    ],
)
def test_every_list_of_pages_searches_alike(admin, sofia, url, args):
    assert found(admin, "mattor", url, *([sofia.get_parent().pk] if args else [])) == ["Sofía O’Neill"]


def test_a_hit_in_the_title_comes_first(admin, sofia, home):
    StandardPageFactory(parent=home, title="Mattor", lead="Om vävning.")
    assert found(admin, "mattor") == ["Mattor", "Sofía O’Neill"]


def test_the_draft_of_a_live_page_is_found_too(admin, sofia):
    sofia.lead = "Knyter ryor."
    sofia.save_revision()
    assert found(admin, "ryor") == found(admin, "mattor") == ["Sofía O’Neill"]


def test_a_new_draft_is_found(admin, home):
    StandardPageFactory(parent=home, draft=True, title="Utkast", lead="Tovar ull.")
    assert found(admin, "ull") == ["Utkast"]


@pytest.mark.parametrize("model", PAGE_TYPES, ids=lambda model: model.__name__)
def test_every_text_that_an_editor_writes_is_found(admin, catalogue, model):
    """A text field, whatever its name: also what is added one day."""
    page = model.objects.first() or StandardPageFactory(parent=catalogue.home)
    names = [
        field.name
        for field in model._meta.fields
        if isinstance(field, CharField | TextField)
        and field.editable
        and not (field.choices or field.name in UNWRITTEN)
    ]
    words = {name: f"ord{number}x" for number, name in enumerate(names)}
    for name, word in words.items():
        setattr(page, name, word)
    page.save_revision()
    assert [name for name, word in words.items() if [row.pk for row in rows(admin, word)] != [page.pk]] == []


def test_an_experience_is_found_by_facts_and_by_what_it_shows_of_others(admin, catalogue):
    page = catalogue.experience
    page.place = PlaceFactory(name="Bakstugan", area="vid Växjösjön")
    page.state_note = "Mirwais bygger ramar."
    page.save_revision().publish()
    for word in ("bakstugan", "vaxjosjon", "khoury", "arabiska", "mirwais", "mynta", "forklade"):
        assert str(page) in found(admin, word), word


def test_after_its_place_got_a_new_name_a_page_is_found_by_that(admin, catalogue):
    place = catalogue.experience.place
    place.name = "Vedboden"
    place.save()
    assert found(admin, "vedboden") == [catalogue.experience.title]


@pytest.mark.parametrize(
    "query", ["'", '"', "(", "!", "&", "|", ":*", "\\", "-", "\x00", "%", "a & | b", "x" * 5000, '"a" !']
)
def test_no_character_is_an_error(admin, sofia, query):
    for url in ("wagtailadmin_pages:search", "wagtailadmin_choose_page_search", "wagtailimages:index"):
        assert admin.get(reverse(url), {"q": query}).status_code == 200


def test_words_in_quotes_follow_each_other(admin, sofia):
    assert found(admin, '"mattor i vaxjo"') == ["Sofía O’Neill"]
    assert found(admin, '"vaxjo i mattor"') == []


# --- Pictures, files, snippets, users, redirects ----------------------------------------------------------------------
@pytest.mark.parametrize("url", ["wagtailimages:index", "wagtailimages_chooser:choose_results"])
def test_a_picture_is_found_by_its_description(admin, home, url):
    ImageFactory(title="Händer", description="Ett bröd lyfts från hällen.")
    ImageFactory(title="Annat", description="Nej")
    assert found(admin, "hander brod", url) == found(admin, "hallen", url) == ["Händer"]


@pytest.mark.parametrize("url", ["wagtaildocs:index", "wagtaildocs_chooser:choose_results"])
def test_a_file_is_found_without_accents(admin, home, url):
    DocumentFactory(title="Intervju på dari")
    assert found(admin, "pa intervju", url) == ["Intervju på dari"]


@pytest.mark.parametrize(
    ("factory", "values", "query"),
    [
        (CategoryFactory, {"name": "Möten", "slug": "moten"}, "moten"),
        (PlaceFactory, {"name": "Bakstugan", "area": "vid Växjösjön"}, "vaxjosjon bak"),
        (SkillFactory, {"name": "Kalligrafi på persiska"}, "persiska pa"),
        (TestimonialFactory, {"guest": "Sofía", "words": "Så tunt!"}, "sofia tunt"),
    ],
)
def test_a_snippet_is_found_by_its_words_in_any_order(admin, home, factory, values, query):
    row = factory(**values)
    name = type(row)._meta.model_name
    assert found(admin, query, f"wagtailsnippets_experiences_{name}:list") == [str(row)]
    assert found(admin, "saknas", f"wagtailsnippets_experiences_{name}:list") == []


def test_users_and_redirects_are_found_without_accents(admin, home):
    UserFactory(username="karin", first_name="Karin", last_name="Åberg")
    assert found(admin, "aberg karin", "wagtailusers_users:index") == ["karin"]
    Redirect.objects.create(old_path="/brödet", redirect_page=home)
    assert len(found(admin, "brodet", "wagtailredirects:index")) == 1


# --- The index --------------------------------------------------------------------------------------------------------
def test_the_index_is_made_anew_by_wagtails_command(admin, sofia):
    IndexEntry.objects.all().delete()
    assert found(admin, "mattor") == []
    call_command("update_index", verbosity=0)
    assert found(admin, "mattor") == ["Sofía O’Neill"]


def test_the_search_asks_the_database_once(sofia, home, queries):
    StandardPageFactory(parent=home, title="Mattor")
    assert queries(lambda: list(Page.objects.all().autocomplete("mattor"))) == 1
