"""A publication is carried out whole or not at all, wherever in it an error comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from wagtail.signals import page_published, page_unpublished
from wagtail_localize.models import Translation

from experiences.models import ExperiencePage
from search.models import SearchEntry
from tests.core.pages.test_publishing_queries import experience as experience

WRITES = ("INSERT", "UPDATE", "DELETE")
# Wagtail keeps it up to date in a task, which logs its errors and fails nothing.
TASK = "wagtailcore_referenceindex"


class Planted(Exception):
    """The error of a test."""


def contents() -> dict[str, str]:
    """A checksum of the rows of every table."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {name} t")
            found[table] = cursor.fetchone()[0]
    return found


class Step:
    """An execute wrapper that counts what is written, and raises an error at one step of it."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.fails_at, self.count = fails_at, 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().startswith(WRITES) and TASK not in sql:
            self.count += 1
            if self.count == self.fails_at:
                raise Planted(sql)
        return execute(sql, params, many, context)


def steps_of(act: Callable[[], None]) -> int:
    """How many writes an action makes. It is taken back."""
    with transaction.atomic(), connection.execute_wrapper(step := Step()):
        act()
        transaction.set_rollback(True)
    return step.count


def changed_price(experience: ExperiencePage) -> Callable[[], None]:
    """Of a page whose two translations take the price over, and whose Swedish text has changed too."""
    page = ExperiencePage.objects.get(pk=experience.pk)
    page.price, page.summary = 999, "Du väver ett nytt band."
    key = page.save_revision().pk
    return lambda: page.revisions.get(pk=key).publish()


def new_words(experience: ExperiencePage) -> Callable[[], None]:
    english = experience.get_translations().get(locale__language_code="en")
    ExperiencePage.objects.filter(pk=experience.pk).update(price=888)
    translation = Translation.objects.get(target_locale=english.locale, source__object_id=english.translation_key)
    return lambda: translation.save_target()


def withdrawal(experience: ExperiencePage) -> Callable[[], None]:
    return lambda: ExperiencePage.objects.get(pk=experience.pk).unpublish()


@pytest.mark.parametrize("prepare", [changed_price, new_words, withdrawal])
def test_an_error_at_any_write_leaves_everything_as_it_was(experience, prepare):
    act = prepare(experience)
    count, before = steps_of(act), contents()
    assert count > 5
    for number in range(1, count + 1):
        with pytest.raises(Planted), connection.execute_wrapper(Step(fails_at=number)), transaction.atomic():
            act()
        after = contents()
        assert after == before, [table for table in after if after[table] != before[table]]
    act()
    assert contents() != before


@contextmanager
def refusing(table: str) -> Iterator[None]:
    """PostgreSQL itself refuses each change of this table."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE 'no'; END$$")
        cursor.execute(f"CREATE TRIGGER no AFTER INSERT OR UPDATE OR DELETE ON {table} EXECUTE FUNCTION no()")
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP FUNCTION no() CASCADE")


@pytest.mark.parametrize(
    "table", ["experiences_experiencepage", "wagtailcore_revision", "wagtailcore_pagelogentry", "search_searchentry"]
)
def test_so_does_an_error_inside_postgresql(experience, table):
    act = changed_price(experience)
    before = contents()
    with refusing(table), pytest.raises(DatabaseError), transaction.atomic():
        act()
    assert contents() == before


@pytest.mark.parametrize(("signal", "prepare"), [(page_published, changed_price), (page_unpublished, withdrawal)])
def test_so_does_an_error_in_a_receiver(experience, signal, prepare):
    act = prepare(experience)
    before = contents()

    def fail(**kwargs: Any) -> None:
        raise Planted

    signal.connect(fail)
    try:
        with pytest.raises(Planted), transaction.atomic():
            act()
    finally:
        signal.disconnect(fail)
    assert contents() == before


def test_each_page_that_changed_is_told_of_once(experience):
    told: list[int] = []

    def listen(instance: Any, **kwargs: Any) -> None:
        told.append(instance.pk)

    page_published.connect(listen)
    try:
        changed_price(experience)()
        family = sorted(experience.get_translations(inclusive=True).values_list("pk", flat=True))
        assert sorted(told) == family
        told.clear()
        ExperiencePage.objects.get(pk=experience.pk).save_revision().publish()
        assert told == [experience.pk], "a translation that has not changed is left alone"
    finally:
        page_published.disconnect(listen)


def test_what_is_withdrawn_is_out_of_the_search_in_the_same_transaction(experience):
    keys = list(experience.get_translations(inclusive=True).values_list("pk", flat=True))
    assert SearchEntry.objects.filter(page_id__in=keys).count() == 3
    with transaction.atomic():
        withdrawal(experience)()
        assert not SearchEntry.objects.filter(page_id__in=keys).exists()
