"""Writes the index entry of a page, from its `search_fields` (as Wagtail's own index) and its `extra_search_texts`."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from django.db.models.expressions import CombinedExpression
from modelsearch.index import RelatedFields, SearchField
from wagtail.models import Page

from core.languages.folding import folded
from core.models import BasePage
from core.translation.locales import source_rows
from search.models import SearchEntry
from search.text import configuration

# PostgreSQL's weights: a hit in the title ranks before one in the text.
TITLE_WEIGHT, TEXT_WEIGHT = "A", "C"
# Between texts from different places of the page, so that an excerpt does not run them together.
SEPARATOR = " · "


def index_page(page: BasePage) -> SearchEntry:
    """Create or replace the entry of a live page. `page`: of its own type (`specific`)."""
    entry = SearchEntry(
        page_id=page.pk,
        language=page.locale.language_code,
        title=page.title,
        cloth=getattr(page, "cloth_word", ""),
        text=SEPARATOR.join(texts_of(page)),
        on_other_pages=page.texts_on_other_pages(),
    )
    entry.vector = vector_of(entry, swedish_titles(page))
    fields = ["language", "title", "cloth", "text", "on_other_pages", "vector"]
    SearchEntry.objects.bulk_create([entry], update_conflicts=True, update_fields=fields, unique_fields=["page"])
    return entry


def vector_of(entry: SearchEntry, other_titles: Iterable[str], folded_text: str = "") -> CombinedExpression:
    """What an entry is found by, as an expression: its title, the page's other titles, its text.

    `folded_text`: the text folded, where the caller has it.
    """
    config = configuration(entry.language)
    names = " ".join(sorted({entry.title, *other_titles}))
    return (
        SearchVector(Value(names), weight=TITLE_WEIGHT, config=config)
        + SearchVector(Value(folded(names)), weight=TITLE_WEIGHT, config="simple")
        + SearchVector(Value(entry.text), weight=TEXT_WEIGHT, config=config)
        + SearchVector(Value(folded_text or folded(entry.text)), weight=TEXT_WEIGHT, config="simple")
    )


def swedish_titles(page: Page) -> list[str]:
    """The title of the Swedish page behind a translation, as a list: people search an Arabic page by it too."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return list(source_rows(others).values_list("title", flat=True))


def texts_of(page: BasePage) -> Iterator[str]:
    """All searchable text of a page but its title."""
    for field in page.get_search_fields():
        if isinstance(field, RelatedFields):
            yield from related_texts(field, page)
        elif isinstance(field, SearchField) and field.field_name not in {"title", "draft_title"}:
            yield from plain_texts(field.get_value(page))
    yield from plain_texts(page.extra_search_texts())
    yield from plain_texts(page.search_description)


def related_texts(field: RelatedFields, page: Page) -> Iterator[str]:
    """The searchable texts of related objects, such as the page's place or hosts."""
    value = getattr(page, field.field_name, None)
    if value is None:
        return
    for row in value.all() if hasattr(value, "all") else [value]:
        for part in field.fields:
            if isinstance(part, SearchField):
                yield from plain_texts(part.get_value(row))


def plain_texts(value: Any) -> Iterator[str]:
    """The strings of a search field's value, lists flattened, without NUL (which PostgreSQL refuses)."""
    if isinstance(value, list | tuple):
        for part in value:
            yield from plain_texts(part)
    elif value:
        yield str(value).replace("\x00", "")
