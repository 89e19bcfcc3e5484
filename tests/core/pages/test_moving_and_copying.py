"""Where a page may stand: what an editor is told who moves, copies or makes one."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction

from experiences.models import ExperiencePage
from home.models import StandardPage
from tests.conftest import messages_of
from tests.factories import ExperiencePageFactory, StandardPageFactory

TAKEN = "Webbplatsen använder själv ”search” i sina adresser."


@pytest.fixture
def about(home: Any) -> Any:
    return StandardPageFactory(parent=home, slug="om-oss")


@pytest.fixture
def search(about: Any) -> Any:
    """A name that is free below another page, and would hide the search page below the first."""
    return StandardPageFactory(parent=about, slug="search")


def parent_of(page: Any) -> Page:
    return Page.objects.get(pk=page.pk).get_parent()


# --- Several at once --------------------------------------------------------------------------------------------------
def publish(page: Any) -> None:
    page.get_latest_revision().publish()


def withdraw(page: Any) -> None:
    page.unpublish()


@pytest.mark.parametrize("act", [publish, withdraw, StandardPage.save])
def test_what_was_read_before_a_move_does_not_undo_it(home, about, act):
    """A publication waits for its turn while the page is moved."""
    page = StandardPageFactory(parent=home, slug="ge-bort")
    read_before = StandardPage.objects.get(pk=page.pk)
    Page.objects.get(pk=page.pk).move(Page.objects.get(pk=about.pk), pos="last-child")
    act(read_before)
    now = Page.objects.get(pk=page.pk)
    assert now.get_parent().pk == about.pk
    assert now.url_path == f"{parent_of(page).url_path}ge-bort/"
    assert [found for problem in Page.find_problems() for found in problem] == []


# --- Order ----------------------------------------------------------------------------------------------------------
def test_a_live_page_that_would_be_refused_gets_another_place_among_its_siblings(admin, catalogue):
    """Dragged in the list: that changes nothing that visitors read."""
    page = catalogue.experience
    other = ExperiencePageFactory(parent=catalogue.experiences, slug="vava", providers=[catalogue.provider])
    ExperiencePage.objects.filter(pk=page.pk).update(price=None)
    address = reverse("wagtailadmin_pages:set_page_position", args=[page.pk])
    assert admin.post(f"{address}?position=1").status_code == 200
    titles = catalogue.experiences.get_children().values_list("pk", flat=True)
    assert list(titles) == [other.pk, page.pk]


# --- Addresses of the site itself ---------------------------------------------------------------------------------
def test_a_page_is_not_moved_to_an_address_of_the_site(admin, about, search, home):
    answer = admin.post(reverse("wagtailadmin_pages:move_confirm", args=[search.pk, home.pk]), follow=True)
    assert TAKEN in messages_of(answer)[0]
    assert parent_of(search).pk == about.pk


def test_nor_are_several(admin, about, search, home):
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin.post(f"{bulk}?id={search.pk}&next=/admin/", {"chooser": home.pk}, follow=True)
    assert "Dessa sidor kan inte flyttas till" in answer.text
    assert parent_of(search).pk == about.pk


@pytest.mark.parametrize("published", [True, False])
def test_a_copy_takes_no_address_of_the_site(admin, about, home, published):
    sent = {"new_title": "Sök", "new_slug": "search", "new_parent_page": home.pk}
    sent |= {"publish_copies": "on"} if published else {}
    answer = admin.post(reverse("wagtailadmin_pages:copy", args=[about.pk]), sent)
    assert answer.status_code == 200
    assert TAKEN in answer.context["form"].errors["new_slug"][0]
    assert not Page.objects.filter(slug="search").exists()


# --- Into itself --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("below", [False, True])
def test_a_page_moved_into_itself_with_others_is_told(admin, about, below):
    destination = StandardPageFactory(parent=about, slug="historia") if below else about
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    answer = admin.post(f"{bulk}?id={about.pk}&next=/admin/", {"chooser": destination.pk}, follow=True)
    if below:  # Wagtail's own words
        assert "Dessa sidor kan inte flyttas till" in answer.text
    else:
        assert messages_of(answer) == ["En sida kan inte flyttas in i sig själv: Om oss"]
    assert parent_of(about).pk != destination.pk


# --- Translations -------------------------------------------------------------------------------------------------
def test_a_translation_follows_also_where_its_name_is_taken(admin, home, translated):
    """In Swedish the names differ; that the English ones do not is no reason to stay behind."""
    here, there = StandardPageFactory(parent=home, slug="har"), StandardPageFactory(parent=home, slug="dar")
    moved, other = StandardPageFactory(parent=here, slug="alfa"), StandardPageFactory(parent=there, slug="beta")
    english = [translated(page, "en", {"slug": "same"}) for page in (moved, other)]
    answer = admin.post(reverse("wagtailadmin_pages:move_confirm", args=[moved.pk, there.pk]))
    assert answer.status_code == 302
    assert parent_of(moved).pk == there.pk
    followed = Page.objects.get(pk=english[0].pk)
    assert (followed.slug, followed.get_parent()) == ("same-2", parent_of(english[1]))
    assert followed.url_path.endswith("/dar-en/same-2/")
    assert Page.find_problems() == ([], [], [], [], [])


def test_pages_in_other_languages_are_made_by_translating(admin, home, translated):
    """Copied or written there by hand, Swedish words would stand under /en/."""
    english = translated(home, "en")
    about = StandardPageFactory(parent=home, slug="om-oss")
    new = reverse("wagtailadmin_pages:add", args=["home", "standardpage", english.pk])
    assert admin.get(new).status_code == 302
    sent = {"new_title": "Om oss", "new_slug": "till-en", "new_parent_page": english.pk}
    admin.post(reverse("wagtailadmin_pages:copy", args=[about.pk]), sent)
    assert not english.get_children().exists()
    assert translated(about, "en").get_parent().pk == english.pk


# --- Everybody's --------------------------------------------------------------------------------------------------
def test_no_page_is_hidden_behind_a_password(admin, about, translated):
    """Its translations, and its words in the search, would stay public: what must be hidden is withdrawn."""
    translated(about, "en")
    privacy = reverse("wagtailadmin_pages:set_privacy", args=[about.pk])
    assert admin.post(privacy, {"restriction_type": "login"}).headers["Location"] == "/admin/"
    assert not PageViewRestriction.objects.exists()
    assert 'dialog-show="set-privacy"' not in admin.get(reverse("wagtailadmin_pages:edit", args=[about.pk])).text
