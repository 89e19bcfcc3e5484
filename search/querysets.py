"""The full-text search: from a visitor's query to ranked entries with excerpts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVectorField
from django.db import models
from django.db.models import Count, F, Func, Value

from core.languages.folding import folded, prefix_query
from core.web.prepared import AnyOf
from search.text import configuration

if TYPE_CHECKING:
    from search.models import SearchEntry

# Around each match in an excerpt. From the private use area, so that nothing in the text itself becomes <mark>.
START, STOP = "\ue000", "\ue001"
# How many hits are ranked and shown.
MOST_RANKED = 500


def search_query(query: str, language: str) -> SearchQuery:
    """The query for PostgreSQL: by the grammar of the language, or as typed, or by how words begin (no accents)."""
    by_grammar = SearchQuery(query, config=configuration(language), search_type="websearch")
    as_typed = SearchQuery(folded(query), config="simple", search_type="websearch")
    prefixes = prefix_query(query, language)
    if not prefixes:
        return by_grammar | as_typed
    return by_grammar | as_typed | SearchQuery(prefixes, config="simple", search_type="raw")


def title_words() -> Func:
    """The words of an entry's titles. They have an index of their own (SearchEntry.Meta)."""
    # The weight is search.indexing.TITLE_WEIGHT.
    template = "ts_filter(%(expressions)s, '{a}')"
    return Func(F("vector"), template=template, output_field=SearchVectorField())


def newest_hits(search: SearchQuery, language: str, most: int) -> Func:
    """Primary keys as an array: of so many of the newest hits, and of as many of the newest with a hit in the title.

    The function is in a migration: it tells PostgreSQL to use the indexes, which else reads the vector of every page.
    """
    template = "(SELECT search_newest_hits(%(expressions)s))::integer[]"
    return Func(search, Value(language), Value(most), template=template, output_field=ArrayField(models.IntegerField()))


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def matching(self, query: str, language: str) -> Self:
        """Entries in one language that the query finds.

        `page__live`: Wagtail sends `page_published`, and the entry is written, also for a page that goes live later.
        """
        return self.filter(language=language, vector=search_query(query, language), page__live=True)

    def holding(self, alternatives: list[list[str]], language: str) -> Self:
        """Entries in one language with a word of each list, the best first. The words: letters and digits, folded."""
        each = " & ".join(f"({' | '.join(f'{word}:*' for word in words)})" for words in alternatives)
        search = SearchQuery(each, config="simple", search_type="raw")
        found = self.filter(language=language, vector=search, page__live=True)
        return found.annotate(rank=SearchRank(F("vector"), search)).order_by("-rank", "page")

    def best_keys(self, query: str, language: str) -> list[int]:
        """Primary keys of matching entries, the best first: at most MOST_RANKED and one more, which says so.

        Ranking reads the whole vector of each: of more hits, the newest are ranked, those in the title for themselves.
        """
        search = search_query(query, language)
        found = self.filter(AnyOf("pk", newest_hits(search, language, MOST_RANKED + 1)), page__live=True)
        ranked = found.annotate(rank=SearchRank(F("vector"), search)).order_by("-rank", "title")
        return list(ranked.values_list("pk", flat=True)[: MOST_RANKED + 1])

    def with_excerpts(self, keys: list[int], query: str, language: str) -> list[SearchEntry]:
        """These entries, in this order. Adds `excerpt`: text around the match, which START and STOP enclose."""
        excerpt = SearchHeadline(
            "text",
            search_query(query, language),
            config=configuration(language),
            start_sel=START,
            stop_sel=STOP,
            max_words=30,
            min_words=15,
            max_fragments=1,
        )
        entries = self.select_related("page").annotate(excerpt=excerpt).in_bulk(keys)
        return [entries[key] for key in keys if key in entries]

    def counts_elsewhere(self, query: str, language: str, languages: list[str]) -> dict[str, int]:
        """How many entries the query finds in each other language that has any: {"en": 2}. One database query."""
        others = [
            self.matching(query, other)
            .order_by()
            .values("language")
            .annotate(n=Count("*"))
            .values_list("language", "n")
            for other in languages
            if other != language
        ]
        return dict(others[0].union(*others[1:], all=True)) if others else {}
