"""Snippets are found where an editor chooses them."""

import pytest
from django.urls import reverse

from tests.factories import PlaceFactory

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
