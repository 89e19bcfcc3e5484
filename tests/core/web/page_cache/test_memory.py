"""What pages have in common is asked once a version of the content."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from core.contact.facts import site_facts
from core.models import SiteSettings
from core.web.page_cache.memory import VERSION, kept
from home.navigation import navigation


def at(version: object, host: str = "localhost"):
    """A request that the page cache has handed on with this version."""
    return RequestFactory().get("/sv/", **{VERSION: version, "HTTP_HOST": host})


def counter(values: list[int]):
    return lambda: values.append(1) or len(values)


def test_a_value_is_computed_once_a_version():
    asked: list[int] = []
    assert [kept(at("v1"), "test.value", counter(asked)) for _ in range(3)] == [1, 1, 1]
    assert kept(at("v2"), "test.value", counter(asked)) == 2


def test_it_is_computed_each_time_where_no_change_is_heard():
    asked: list[int] = []
    request = RequestFactory().get("/sv/")
    assert [kept(request, "test.value", counter(asked)) for _ in range(2)] == [1, 2]
    assert kept(None, "test.value", counter(asked)) == 3


@pytest.mark.django_db
def test_menus_and_contact_cost_no_query_until_content_changes(catalogue, django_assert_num_queries):
    catalogue.experiences.show_in_menus = True
    catalogue.experiences.save_revision().publish()
    assert navigation(at("menus 1")).main
    site_facts(at("menus 1"))
    with django_assert_num_queries(0):
        navigation(at("menus 1"))
        site_facts(at("menus 1"))
    SiteSettings.objects.update_or_create(site_id=catalogue.home.get_site().pk, defaults={"phone": "0470-9"})
    catalogue.experiences.title = "Att göra"
    catalogue.experiences.save_revision().publish()
    assert site_facts(at("menus 2")).phone == "0470-9"
    assert "Att göra" in [link.title for link in navigation(at("menus 2")).main]
