"""What holds of a seeded demo (`manage.py seed_catalogue`). Called by the test that loads the demo: it takes long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail_localize.models import Translation

from core.pages.admin_search import Index
from core.translation import progress, sources
from core.web.page_cache.memory import VERSION
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.models import ExperienceDate, ExperiencePage, ProviderPage
from search.indexing import index_page
from search.models import SearchEntry
from tests.factories import UserFactory
from tests.people import browser

HOW_MANY = 12
LANGUAGES = 3
KITE, COPY_OF_KITE = "/sv/upplevelser/bygg-en-drake-och-flyg-den/", "/sv/upplevelser/seed-1/"
ASKED = ("/sv/", "/sv/upplevelser/", KITE, "/sv/vardar/yonas-gebre/")
PAGES = (
    *("/sv/upplevelser/seed-1/", "/en/experiences/seed-1/", "/ar/experiences/seed-1/"),
    *("/sv/vardar/seed-host-1/", "/en/hosts/seed-host-1/", "/ar/hosts/seed-host-1/"),
)


def seed(*arguments: Any) -> str:
    out = StringIO()
    call_command("seed_catalogue", *arguments, stdout=out)
    return out.getvalue()


def cost_of(address: str, queries: Callable[..., int]) -> int:
    """The queries of a page, with what all pages share in memory."""
    return queries(Client(**{VERSION: "seeded"}), address)


def rows_of_all_tables() -> dict[str, int]:
    return {model._meta.db_table: model._base_manager.count() for model in apps.get_models(include_auto_created=True)}


def seeding_is_exact_repeatable_and_undone(queries: Callable[..., int]) -> None:
    staff = browser(UserFactory(admin=True))
    before = rows_of_all_tables()
    cost = {address: cost_of(address, queries) for address in ASKED}

    seed(HOW_MANY // 2)
    seed(HOW_MANY)
    there_are_so_many()
    seeded = rows_of_all_tables()
    assert seed(HOW_MANY) == "", "nothing is left to be made"
    assert rows_of_all_tables() == seeded

    assert [Client().get(address).status_code for address in PAGES] == [200] * len(PAGES)
    assert {address: cost_of(address, queries) for address in ASKED} == cost
    assert cost_of(COPY_OF_KITE, queries) == cost[KITE]
    inbox = staff.get(reverse("inbox:index")).content.decode()
    assert "Baka bröd" in inbox
    for enquiry in Enquiry.objects.filter(submission__startswith="seed-").exclude(status="spam")[:3]:
        assert staff.get(reverse("inbox:detail", args=[enquiry.pk])).status_code == 200
    a_publication_would_write_the_same()
    assert rows_of_all_tables() == seeded

    seed("--remove")
    assert rows_of_all_tables() == before | {"django_session": rows_of_all_tables()["django_session"]}
    assert Page.find_problems() == ([], [], [], [], [])


def there_are_so_many() -> None:
    seeded = Page.objects.live().filter(slug__startswith="seed-")
    assert seeded.type(ExperiencePage).count() == HOW_MANY * LANGUAGES
    assert seeded.type(ProviderPage).count() == HOW_MANY // 3 * LANGUAGES
    assert ExperienceDate.objects.filter(page__in=seeded).exists()
    enquiries = Enquiry.objects.filter(submission__startswith="seed-")
    assert enquiries.count() == HOW_MANY
    assert set(TimelineEntry.objects.filter(enquiry__in=enquiries).values_list("kind", flat=True)) > {
        "received",
        "note",
    }
    assert Page.find_problems() == ([], [], [], [], [])


def a_publication_would_write_the_same() -> None:
    """Index entries, references and the translators' texts: as Wagtail and the site make them of the page."""
    for page in Page.objects.filter(slug__in=["seed-5", "seed-host-2"]).specific():
        assert differences(page) == []
        rows = progress.with_progress(Translation.objects.filter(source__object=page.translation_key))
        assert {(row.missing, row.earlier, row.unpublished) for row in rows} == {(0, 0, 0)}
        revision = page.latest_revision.as_object()
        assert (revision.title, revision.url_path, revision.pk) == (page.title, page.url_path, page.pk)


def differences(page: Any) -> list[str]:
    before = state(page)
    index_page(page)
    Index(get_search_backend()).add_items(type(page), [page])
    ReferenceIndex.create_or_update_for_object(page)
    sources.update_source(page)
    after = state(page)
    return [name for name in before if before[name] != after[name]]


def state(page: Any) -> dict[str, Any]:
    entry = SearchEntry.objects.get(page_id=page.pk)
    index = IndexEntry.objects.get(object_id=str(page.pk), content_type=page.content_type)
    return {
        "search": (entry.title, entry.text, entry.cloth, entry.on_other_pages, entry.language),
        "words of the search": words("search_searchentry", "vector", "page_id", page.pk),
        "admin": sorted(index.body_text.split()),
        "words of the admin": words("wagtailsearch_indexentry", "body", "id", index.pk),
        "references": sorted(
            ReferenceIndex.objects.filter(object_id=str(page.pk)).values_list("to_object_id", "content_path_hash")
        ),
        "texts": list(segments_of(page)),
    }


def words(table: str, column: str, key: str, value: Any) -> list[str]:
    """The words of a vector, without their places."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tsvector_to_array({column}) FROM {table} WHERE {key} = %s", [value])
        return cursor.fetchone()[0]


def segments_of(page: Any) -> Iterator[tuple[Any, ...]]:
    found = Translation.objects.filter(source__object=page.translation_key, source__locale=page.locale)
    yield from found.order_by("pk", "source__stringsegment__order").values_list(
        "source__stringsegment__string", "source__stringsegment__context__path"
    )
