"""Words as the index and a searcher's query both see them."""

import re
import unicodedata

from core.languages import characters
from core.languages.table import ROWS, site_language

# What Unicode does not take apart, and letters that people exchange when they type: in all languages, as a page may
# quote another one.
LATIN = {"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ı": "i"}
TYPED = {letter: same for row in ROWS if row.site for letter, same in row.site.typed_as.items()}
FOLDED = str.maketrans(LATIN | TYPED)
WORD = re.compile(r"\w+")
LONGEST_QUERY = 100


def configuration(language: str) -> str:
    """PostgreSQL's text search configuration for a language code; `sv-simple` is searched as Swedish."""
    site = site_language(language)
    return site.search if site else "simple"


def folded(text: str) -> str:
    """Lower case, without accents, vowel marks and what is invisible: "Bröd" and "brod" are one word."""
    taken_apart = unicodedata.normalize("NFKD", characters.without_ignorable(text).lower().translate(FOLDED))
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign)).translate(FOLDED)


def cleaned(query: str) -> str:
    """A query as it was typed, without what nobody sees or PostgreSQL refuses (NUL, surrogates), and not endless."""
    return characters.sought(query)[:LONGEST_QUERY].strip()


def beginnings(query: str, language: str = "") -> str:
    """The query as words that may go on: "tunn br" finds "tunnbröd". Nothing but word characters reaches the syntax."""
    site = site_language(language)
    unstemmed = site.unstemmed if site else ""
    return " & ".join(f"{re.sub(unstemmed, '', word)}:*" for word in WORD.findall(folded(query)))
