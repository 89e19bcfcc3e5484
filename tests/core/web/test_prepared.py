"""A prepared query: its SQL is built once, and its rows are those that the queryset gives."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from django.db import connection
from django.db.models import F, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Locale, Page

from core.web.prepared import AnyOf, Prepared, Slot
from experiences.models import ExperiencePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def built() -> list[tuple[Any, ...]]:
    """The arguments of each time that SQL was built."""
    return []


@pytest.fixture
def by_slug(built: list[tuple[Any, ...]]) -> Prepared:
    def build(language: str) -> QuerySet[Page]:
        built.append((language,))
        pages = Page.objects.filter(slug=Slot("slug"), locale__language_code=language)
        return pages.select_related("locale").defer("search_description").annotate(twice=F("depth") * Slot("times"))

    return Prepared(build)


def test_each_run_has_values_of_its_own_and_the_sql_is_built_once(catalogue, by_slug, built):
    slugs = [catalogue.provider.slug, catalogue.experience.slug, catalogue.provider.slug]
    found = [by_slug("sv", slug=slug, times=2) for slug in slugs]
    assert [[page.slug for page in rows] for rows in found] == [[slug] for slug in slugs]
    assert by_slug("en", slug=slugs[0], times=2) == []
    assert built == [("sv",), ("en",)]


def test_rows_are_as_the_queryset_gives_them(catalogue, by_slug):
    [page] = by_slug("sv", slug=catalogue.provider.slug, times=3)
    assert page.twice == 3 * catalogue.provider.depth
    assert page.get_deferred_fields() == {"search_description"}
    with CaptureQueriesContext(connection) as captured:
        assert page.locale == Locale.objects.get(language_code="sv")
    assert len(captured) == 1, "the locale came with the page; this is the one of the test"


def test_the_cards_of_a_list_are_the_same(catalogue):
    now = timezone.now()

    def nearest(now: Any) -> QuerySet[ExperiencePage]:
        return ExperiencePage.objects.readable_in("sv").nearest_first(now, "sv").for_cards("sv")

    [prepared], [plain] = Prepared(lambda: nearest(Slot("now")))(now=now), nearest(now)
    values = [{name: value for name, value in vars(row).items() if name != "_state"} for row in (prepared, plain)]
    assert values[0] == values[1]
    assert prepared._state.fields_cache.keys() == plain._state.fields_cache.keys()


def test_a_list_goes_into_one_slot(catalogue):
    prepared = Prepared(lambda: Page.objects.filter(AnyOf("pk", Slot("keys"))).order_by("pk"))
    keys = sorted([catalogue.provider.pk, catalogue.experience.pk])
    assert [page.pk for page in prepared(keys=keys)] == keys
    assert prepared(keys=[]) == []


def test_values_are_sent_as_values_and_not_as_sql(catalogue, by_slug):
    assert by_slug("sv", slug="' OR 1=1 --", times=1) == []
    assert by_slug("sv", slug="%s", times=1) == []


@pytest.mark.django_db(transaction=True)
def test_threads_run_it_with_connections_of_their_own(catalogue, by_slug):
    found: list[int] = []

    def run() -> None:
        found.extend(len(by_slug("sv", slug=catalogue.provider.slug, times=1)) for _time in range(20))
        connection.close()

    threads = [Thread(target=run) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 80
