"""Spells text alike for every search of the site: the visitors', the admin's, the inbox's.

What does not count: capitals, accents, vowel signs, letters that people exchange (`typed_as` in the table of
languages), invisible characters, kinds of dashes and apostrophes. `folded` does it here, for what is typed and what is
indexed; `folded_columns` in PostgreSQL, for tables without an index. The test compares them with every character.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Contains

from core.languages import characters
from core.languages.table import ROWS, site_language

# What Unicode does not take apart (NFKD), and letters that people exchange when they type: in all languages, as a page
# may quote another one.
LATIN = {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ı": "i", "ς": "σ"}
DASHES = dict.fromkeys("‐‑‒–—―−⁃˗֊־᐀᠆⸗⸚⸺⸻⹀〜〰゠﹘﹣－", "-")
APOSTROPHES = dict.fromkeys("’‘‛ʼʹʻ′´`＇׳", "'")
TYPED = {letter: same for row in ROWS if row.site for letter, same in row.site.typed_as.items()}
EXCHANGED = LATIN | DASHES | APOSTROPHES | TYPED
FOLDED = str.maketrans(EXCHANGED)
WORD = re.compile(r"\w+")
# What a word in a pasted sentence has around it.
EDGES = " .,;:!?¡¿…·*()[]{}<>\"'“”„«»‹›،؛؟"
LONGEST_QUERY = 100


def folded(text: str) -> str:
    """The text in lower case, without accents, vowel marks and invisible characters: "Bröd" becomes "brod"."""
    decomposed = unicodedata.normalize("NFKD", characters.without_ignorable(text).lower().translate(FOLDED))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(FOLDED)


def cleaned(query: str) -> str:
    """A query without characters that are invisible or that PostgreSQL refuses (NUL), shortened."""
    return characters.sought(query)[:LONGEST_QUERY].strip()


def prefix_query(query: str, language: str = "") -> str:
    """A raw `tsquery` that finds words by how they begin: "tunn br" becomes "tunn:* & br:*" and finds "tunnbröd".

    Only word characters get into it, so that nobody can write operators. Endings that the language's stemmer leaves
    on short words ("brödet") are removed.
    """
    site = site_language(language)
    unstemmed = site.unstemmed if site else ""
    return " & ".join(f"{re.sub(unstemmed, '', word)}:*" for word in WORD.findall(folded(query)))


# --- Without an index -------------------------------------------------------------------------------------------------
def contains(fields: Iterable[str], query: str) -> Q:
    """For `filter()`: rows that hold every word of the query, in any of these fields, also inside a longer word."""
    words = [word.strip(EDGES) or word for word in folded(cleaned(query)).split()]
    text = folded_columns(*fields)
    return Q(*(Contains(text, word) for word in dict.fromkeys(words)))


def folded_columns(*fields: str) -> Func:
    """The folded text of these columns, one below the other, computed by PostgreSQL."""
    text: Any = Func(Value("\n"), *map(F, fields), function="CONCAT_WS", output_field=TextField())
    text = _exchanged(_without(f"[{characters.IGNORABLE}{characters.BLANK_GLYPHS}]", Lower(text)))
    text = Func(text, template="normalize(%(expressions)s, NFKD)", output_field=TextField())
    return _exchanged(_without(f"[{_marks()}]", text))


def _without(pattern: str, text: Any) -> Func:
    """The text without what a regular expression of PostgreSQL finds."""
    return Func(text, Value(pattern), Value(""), Value("g"), function="REGEXP_REPLACE", output_field=TextField())


def _exchanged(text: Any) -> Func:
    """As `str.translate(FOLDED)`. PostgreSQL's TRANSLATE knows single letters, and drops those without another."""
    for letter, several in EXCHANGED.items():
        if len(several) > 1:
            text = Func(text, Value(letter), Value(several), function="REPLACE", output_field=TextField())
    single = sorted((pair for pair in EXCHANGED.items() if len(pair[1]) < 2), key=lambda pair: not pair[1])
    letters, others = "".join(pair[0] for pair in single), "".join(pair[1] for pair in single)
    return Func(text, Value(letters), Value(others), function="TRANSLATE", output_field=TextField())


@cache
def _marks() -> str:
    """Ranges of all combining characters, for a regular expression. The last one is U+1E94A."""
    ranges: list[list[int]] = []
    for code in range(0x300, 0x1F000):
        if unicodedata.combining(chr(code)):
            if ranges and ranges[-1][1] == code - 1:
                ranges[-1][1] = code
            else:
                ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
