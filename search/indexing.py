"""Writes the index, from what each page type says is searchable: `search_fields`, as Wagtail's own, and more facts."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from modelsearch.index import RelatedFields, SearchField
from wagtail.models import Page

from core.models import BasePage
from core.translation.locales import source_rows
from search.models import SearchEntry
from search.text import configuration, folded

# Found by the title first, then by the text.
TITLE_WEIGHT, TEXT_WEIGHT = "A", "C"
# Texts that stand apart on the page, seen as such in an excerpt.
BETWEEN = " · "


def index_page(page: BasePage) -> SearchEntry:
    """Writes the page's row anew. `page` is live, and of its own type (`specific`)."""
    title, text = page.title, BETWEEN.join(texts_of(page))
    config = configuration(page.locale.language_code)
    names = " ".join(sorted({title, *source_titles(page)}))
    vector = (
        SearchVector(Value(names), weight=TITLE_WEIGHT, config=config)
        + SearchVector(Value(folded(names)), weight=TITLE_WEIGHT, config="simple")
        + SearchVector(Value(text), weight=TEXT_WEIGHT, config=config)
        + SearchVector(Value(folded(text)), weight=TEXT_WEIGHT, config="simple")
    )
    entry, _ = SearchEntry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            "language": page.locale.language_code,
            "title": title,
            "cloth": getattr(page, "cloth_word", ""),
            "text": text,
            "vector": vector,
        },
    )
    return entry


def source_titles(page: Page) -> list[str]:
    """A name as it is spelled in Swedish is looked for on an Arabic page too."""
    others = Page.objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return list(source_rows(others).values_list("title", flat=True))


def texts_of(page: BasePage) -> Iterator[str]:
    """All searchable text of a page but its title."""
    for field in page.get_search_fields():
        if isinstance(field, RelatedFields):
            yield from related_texts(field, page)
        elif isinstance(field, SearchField) and field.field_name not in {"title", "draft_title"}:
            yield from plain(field.get_value(page))
    yield from plain(page.extra_search_texts())
    yield from plain(page.search_description)


def related_texts(field: RelatedFields, page: Page) -> Iterator[str]:
    value = getattr(page, field.field_name, None)
    if value is None:
        return
    for row in value.all() if hasattr(value, "all") else [value]:
        for part in field.fields:
            if isinstance(part, SearchField):
                yield from plain(part.get_value(row))


def plain(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from plain(part)
    elif value:
        yield str(value).replace("\x00", "")
