"""Snippets and hosts are found where an editor chooses them."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse

from core.people import roles
from tests.factories import PlaceFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db


def test_a_snippet_is_found_by_its_name_where_it_is_chosen(admin, home):
    for name in ("Bokhuset", "Cafétorget"):
        PlaceFactory(name=name)
    address = reverse("wagtailsnippetchoosers_experiences_place:choose_results")
    found = admin.get(address, {"q": "cafe"}).text
    assert "Cafétorget" in found
    assert "Bokhuset" not in found
    assert "Bokhuset" in admin.get(address).text


def test_the_list_to_choose_a_snippet_from_has_a_search_field(admin, home):
    address = reverse("wagtailsnippetchoosers_experiences_place:choose")
    assert 'name=\\"q\\"' in admin.get(address).text


# --- The host of an experience --------------------------------------------------------------------------------------
HOSTS = {"page_type": "experiences.providerpage"}


def test_an_editor_who_adds_a_host_begins_at_the_swedish_list_of_hosts(admin, catalogue, translated):
    translated(catalogue.provider, "en")
    form = admin.get(
        reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])
    )
    opened = re.search(r"new PageChooser\(\W+id_experience_providers-__prefix__-provider.*?parentId\W+(\d+)", form.text)
    assert opened
    assert int(opened[1]) == catalogue.provider.get_parent().pk


def test_a_search_for_a_host_finds_each_once_and_in_swedish(admin, catalogue, translated):
    english = translated(catalogue.provider, "en")
    call_command("update_index", verbosity=0)
    address = reverse("wagtailadmin_choose_page_search")
    found = admin.get(address, HOSTS | {"q": catalogue.provider.title}).text
    assert f'data-id="{catalogue.provider.pk}"' in found
    assert f'data-id="{english.pk}"' not in found
    assert f'data-id="{english.pk}"' in admin.get(address, {"q": english.title}).text, "where any page is chosen"


def test_who_finds_nothing_is_told_what_to_try(catalogue):
    found = browser(person(roles.EDITORS)).get(reverse("wagtailadmin_choose_page_search"), HOSTS | {"q": "qwrtz"}).text
    assert "Nothing was found. Check the spelling" in found
