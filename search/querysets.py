"""The question that a searcher asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import models
from django.db.models import Count, F

from search.text import beginnings, configuration, folded

if TYPE_CHECKING:
    from search.models import SearchEntry  # noqa: F401

# Signs of the private use area: whatever the text holds, only these become <mark>.
START, STOP = "\ue000", "\ue001"


def asked(query: str, language: str) -> SearchQuery:
    """By the grammar of the language, or by how words begin, accents left out."""
    grammar = SearchQuery(query, config=configuration(language), search_type="websearch")
    plain = SearchQuery(folded(query), config="simple", search_type="websearch")
    starts = beginnings(query, language)
    return grammar | plain | SearchQuery(starts, config="simple", search_type="raw") if starts else grammar | plain


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def matching(self, query: str, language: str) -> Self:
        """Entries of one language that the query finds. Of live pages: Wagtail also says "published" of a page that is
        set to go live later."""
        return self.filter(language=language, vector=asked(query, language), page__live=True)

    def ranked(self, query: str, language: str) -> Self:
        """What is found, the best first, each with `excerpt`: the text around the words, marked with START and STOP."""
        search = asked(query, language)
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
        """How many the same query finds in each of the other languages: {"en": 2}. One query."""
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
