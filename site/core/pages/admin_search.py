"""The search of the admin's lists and choosers (WAGTAILSEARCH_BACKENDS): Wagtail's index, by core.languages.folding.

Wagtail's lists ask `autocomplete`, which knows titles only, letter by letter as they are written. Here both kinds of
search ask all search fields, of pages also every text that an editor writes, in the live version and the latest draft.
Lists of models without an index: core.patches.wagtail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchQuery
from django.db.models import CharField, TextField
from modelsearch.backends.database.postgres import postgres
from modelsearch.index import SearchField
from modelsearch.query import Phrase, PlainText
from wagtail.fields import StreamField
from wagtail.models import Page

from core.languages.folding import cleaned, folded, prefix_query

WRITTEN = (CharField, TextField, StreamField)
# Of a page in the tree: django-treebeard calls it editable.
PLACE = {"path"}


class Text(SearchField):
    """A search field with its text, folded."""

    def __init__(self, name: str, text: str, boost: float | None = None) -> None:
        super().__init__(name, boost=boost)
        self.text = folded(text)

    def get_value(self, obj: Any) -> str:
        return self.text


@dataclass(frozen=True)
class Entry:
    """Stands for an object in Wagtail's indexer, which reads each search field five times."""

    pk: Any
    texts: list[Text]

    def get_search_fields(self) -> list[Text]:
        return self.texts


class Index(postgres.PostgresIndex):
    def add_items(self, model: Any, objs: Iterable[Any]) -> None:
        super().add_items(model, [Entry(obj.pk, list(self.texts_of(obj))) for obj in objs])

    def texts_of(self, obj: Any) -> Iterator[Text]:
        """The texts of the object and of its latest draft, and of a page what it shows of others."""
        for version in (obj, *draft_of(obj)):
            indexer = postgres.ObjectIndexer(version, self.backend)
            for field in fields_of(type(version)):
                for found, _weight, text in indexer.prepare_field(version, field):
                    if isinstance(found, SearchField):
                        yield Text(found.field_name, text, found.boost)
        for text in getattr(obj, "extra_search_texts", list)():
            yield Text("extra_search_texts", text)


def fields_of(model: Any) -> Iterator[Any]:
    """The model's search fields. Of a page also the text fields that are none."""
    fields = model.get_search_fields()
    yield from fields
    known = {field.field_name for field in fields if isinstance(field, SearchField)}
    for field in model._meta.fields if issubclass(model, Page) else ():
        if isinstance(field, WRITTEN) and field.editable and not field.choices and field.name not in known | PLACE:
            yield SearchField(field.name)


def draft_of(obj: Any) -> list[Any]:
    """The latest version of a live page that has not been published yet, as a list."""
    is_drafted = getattr(obj, "live", False) and obj.has_unpublished_changes
    if not (is_drafted and obj.latest_revision):
        return []
    # Not `as_object`, which asks the database whether each foreign key is still there.
    return [type(obj).from_serializable_data(obj.latest_revision.content, check_fks=False)]


class QueryCompiler(postgres.PostgresSearchQueryCompiler):
    def build_tsquery_content(self, query: Any, config: str | None = None, invert: bool = False) -> Any:
        """Words as they begin, in any order; in quotes, as they follow each other. Without words: nothing."""
        if isinstance(query, PlainText) and not invert:
            words = prefix_query(cleaned(query.query_string), settings.LANGUAGE_CODE)
            return SearchQuery(words, search_type="raw" if words else "plain", config=config)
        if isinstance(query, Phrase):
            query = Phrase(folded(cleaned(query.query_string)))
        return super().build_tsquery_content(query, config=config, invert=invert)


class SearchBackend(postgres.PostgresSearchBackend):
    """Finds by the same index in lists and choosers (`autocomplete`) and in bulk actions and the API (`search`)."""

    index_class = Index
    query_compiler_class = QueryCompiler
    autocomplete_query_compiler_class = QueryCompiler

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({**params, "SEARCH_CONFIG": "simple"})
