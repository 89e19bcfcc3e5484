"""The full-text search: from a visitor's query to ranked entries with excerpts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import models
from django.db.models import Count, F

from core.languages.folding import folded, prefix_query
from search.text import configuration

if TYPE_CHECKING:
    from search.models import SearchEntry  # noqa: F401

# Around each match in an excerpt. From the private use area, so that nothing in the text itself becomes <mark>.
START, STOP = "\ue000", "\ue001"


def search_query(query: str, language: str) -> SearchQuery:
    """The query for PostgreSQL: by the grammar of the language, or as typed, or by how words begin (no accents)."""
    by_grammar = SearchQuery(query, config=configuration(language), search_type="websearch")
    as_typed = SearchQuery(folded(query), config="simple", search_type="websearch")
    prefixes = prefix_query(query, language)
    if not prefixes:
        return by_grammar | as_typed
    return by_grammar | as_typed | SearchQuery(prefixes, config="simple", search_type="raw")


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

    def ranked(self, query: str, language: str) -> Self:
        """Matching entries, the best first. Adds `excerpt`: text around the match, which START and STOP enclose."""
        search = search_query(query, language)
        excerpt = SearchHeadline(
            "text",
            search,
            config=configuration(language),
            start_sel=START,
            stop_sel=STOP,
            max_words=30,
            min_words=15,
            max_fragments=1,
        )
        rows = self.matching(query, language).select_related("page")
        return rows.annotate(rank=SearchRank(F("vector"), search), excerpt=excerpt).order_by("-rank", "title")

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
