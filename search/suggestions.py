"""What a visitor may have meant by a query that finds nothing: the words of the index that are spelled most like it.

Bounded, so that searches without hits are no load: the words of a language are read once in a while and kept in memory,
the most frequent only; a query of many words gets no suggestion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from difflib import get_close_matches
from functools import lru_cache
from time import monotonic

from django.db import connection

from core.languages.folding import WORD, folded
from core.languages.table import site_language
from search.models import SearchEntry

MOST_WORDS, KEPT_SECONDS = 20_000, 600
LONGEST_QUERY = 4
# difflib's ratio: of "kouri" and "khoury" it is 0.73.
CLOSE = 0.7
# Letters that only one of two close words has; how much longer one may be.
OTHER_LETTERS, LONGER = 3, 2

# For PostgreSQL's format(), which quotes the language.
ENTRIES = "SELECT vector FROM search_searchentry WHERE language = %L"
NEWEST_ENTRIES = f"{ENTRIES} ORDER BY page_id DESC LIMIT 1000"
# Of all titles (weight A), and of the texts of the newest pages: half a second for 10,000 pages; all texts took three.
WORDS = """
    SELECT word FROM (
        SELECT word, ndoc, 1 AS in_title FROM ts_stat(format(%(titles)s, %(language)s), 'A')
        UNION ALL SELECT word, ndoc, 0 FROM ts_stat(format(%(texts)s, %(language)s))
    ) AS found
    WHERE length(word) BETWEEN 3 AND 40 AND word !~ '[0-9]'
    GROUP BY word ORDER BY max(in_title) DESC, sum(ndoc) DESC, word LIMIT %(most)s
"""


class Vocabulary:
    """The words of the index in one language, folded."""

    def __init__(self, words: list[str]) -> None:
        self.words = sorted(words)
        self.by_length: dict[int, list[str]] = defaultdict(list)
        for word in self.words:
            self.by_length[len(word)].append(word)

    def knows(self, word: str) -> bool:
        """Whether a word begins so: then the search finds it."""
        place = bisect_left(self.words, word)
        return place < len(self.words) and self.words[place].startswith(word)

    def closest(self, word: str) -> str:
        """The word that is spelled most like this one; empty if none is."""
        lengths = range(len(word) - LONGER, len(word) + LONGER + 1)
        similar = [
            other
            for length in lengths
            for other in self.by_length.get(length, ())
            if len(set(other) ^ set(word)) <= OTHER_LETTERS
        ]
        return next(iter(get_close_matches(word, similar, n=1, cutoff=CLOSE)), "")


def suggestion(query: str, language: str) -> str:
    """The query with its unknown words replaced by close ones or synonyms; empty if that finds nothing either."""
    asked = WORD.findall(folded(query))
    if len(asked) > LONGEST_QUERY:
        return ""
    vocabulary = _vocabulary(language, int(monotonic() / KEPT_SECONDS))
    meant = [word if vocabulary.knows(word) else _synonym(word, language) or vocabulary.closest(word) for word in asked]
    return "" if meant == asked or not all(meant) else _as_written(meant, language)


@lru_cache(maxsize=8)
def _vocabulary(language: str, period: int) -> Vocabulary:
    """The most frequent words of a language. `period`: they are read again when it is another one."""
    values = {"titles": ENTRIES, "texts": NEWEST_ENTRIES, "language": language, "most": MOST_WORDS}
    with connection.cursor() as cursor:
        cursor.execute(WORDS, values)
        return Vocabulary([word for (word,) in cursor.fetchall()])


def _synonym(word: str, language: str) -> str:
    """Our word for what visitors call otherwise: "presentkortet" is our "presentbevis"."""
    site = site_language(language)
    synonyms = site.synonyms if site else {}
    return next((folded(ours) for theirs, ours in synonyms.items() if word.startswith(folded(theirs))), "")


def _as_written(words: list[str], language: str) -> str:
    """The words as the page that they find writes them: "brod" is "bröd". Empty if they find no page."""
    found = SearchEntry.objects.matching(" ".join(words), language).values_list("title", "text").first()
    if found is None:
        return ""
    written = WORD.findall(" ".join(found).lower())
    return " ".join(next((one for one in written if folded(one).startswith(word)), word) for word in words)
