"""What a visitor may have meant by a query that finds nothing: the words of the index that are spelled most like it.

Bounded, so that searches without hits are no load: the words of a language are read once in a while and kept in memory,
the most frequent only; a query of many words gets no suggestion.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache
from time import monotonic

from django.db import connection

from core.languages.folding import WORD, folded
from core.languages.table import site_language
from search.models import SearchEntry

MOST_WORDS, KEPT_SECONDS = 20_000, 600
LONGEST_QUERY = 4
# Of an unknown word, how many close ones are tried; on how many pages.
MOST_TRIED = 8
# difflib's ratio: of "kouri" and "khoury" it is 0.73.
CLOSE = 0.7
# Letters that only one of two close words has; how much shorter or longer than the query's the right one may be. People
# leave letters out more than they add some, and the index has stems too, which are short.
OTHER_LETTERS, SHORTER, LONGER = 3, 1, 2

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

    def like(self, word: str) -> list[str]:
        """The words that are spelled most like this one; that one alone, if the search finds it."""
        if self.knows(word):
            return [word]
        lengths = range(len(word) - SHORTER, len(word) + LONGER + 1)
        similar = [
            other
            for length in lengths
            for other in self.by_length.get(length, ())
            if len(set(other) ^ set(word)) <= OTHER_LETTERS
        ]
        return get_close_matches(word, similar, n=MOST_TRIED, cutoff=CLOSE)


def suggestion(query: str, language: str, version: Hashable = None) -> str:
    """The query with its unknown words replaced by synonyms, or by close words of one page; empty if there are none.

    `version`: of the content. With another one the words are read again; without one, every ten minutes.
    """
    typed = WORD.findall(folded(query))
    if not typed or len(typed) > LONGEST_QUERY:
        return ""
    vocabulary = _vocabulary(language, version or int(monotonic() / KEPT_SECONDS))
    asked = [word if vocabulary.knows(word) else _synonym(word, language) or word for word in typed]
    tried = [vocabulary.like(word) for word in asked]
    if not all(tried) or tried == [[word] for word in typed]:
        return ""
    found = SearchEntry.objects.holding(tried, language).values_list("title", "text")[:MOST_TRIED]
    return max((_of_page(asked, f"{title} {text}") for title, text in found), default=(0.0, ""))[1]


def _of_page(asked: list[str], text: str) -> tuple[float, str]:
    """How alike the closest words of a page are to those that were asked for; these words, as the page has them."""
    written: dict[str, str] = {}
    for word in WORD.findall(text.lower()):
        written.setdefault(folded(word), word)
    close = [_closest(word, written) for word in asked]
    if not all(close):
        return 0.0, ""
    alike = sum(SequenceMatcher(None, word, other).ratio() for word, other in zip(asked, close, strict=True))
    return alike, " ".join(written.get(word, word) for word in close)


def _closest(word: str, written: dict[str, str]) -> str:
    """The word itself, if one of the page begins so; else the one that is spelled most like it; empty if none is."""
    if any(other.startswith(word) for other in written):
        return word
    return next(iter(get_close_matches(word, written, 1, CLOSE)), "")


# As many as a site has languages, more or less: each holds a megabyte or two.
@lru_cache(maxsize=4)
def _vocabulary(language: str, period: Hashable) -> Vocabulary:
    """The most frequent words of a language. `period`: they are read again when it is another one."""
    values: dict[str, str | int] = {
        "titles": ENTRIES,
        "texts": NEWEST_ENTRIES,
        "language": language,
        "most": MOST_WORDS,
    }
    with connection.cursor() as cursor:
        cursor.execute(WORDS, values)
        return Vocabulary([word for (word,) in cursor.fetchall() if WORD.fullmatch(word)])


def _synonym(word: str, language: str) -> str:
    """Our word for what visitors call otherwise: "presentkortet" is our "presentbevis"."""
    site = site_language(language)
    synonyms = site.synonyms if site else {}
    return next((folded(ours) for theirs, ours in synonyms.items() if word.startswith(folded(theirs))), "")
