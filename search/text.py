"""Normalises text for the index and for queries, so that both are spelled alike."""

import re
import unicodedata

from core.languages import characters
from core.languages.table import ROWS, site_language

# What Unicode does not take apart (NFKD), and letters that people exchange when they type: in all languages, as a page
# may quote another one.
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
    """The text in lower case, without accents, vowel marks and invisible characters: "Bröd" becomes "brod"."""
    decomposed = unicodedata.normalize("NFKD", characters.without_ignorable(text).lower().translate(FOLDED))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(FOLDED)


def cleaned(query: str) -> str:
    """A visitor's query without characters that are invisible or that PostgreSQL refuses (NUL), shortened."""
    return characters.sought(query)[:LONGEST_QUERY].strip()


def prefix_query(query: str, language: str = "") -> str:
    """A raw `tsquery` that finds words by how they begin: "tunn br" becomes "tunn:* & br:*" and finds "tunnbröd".

    Only word characters get into it, so a visitor cannot write operators. Endings that the language's stemmer leaves
    on short words ("brödet") are removed.
    """
    site = site_language(language)
    unstemmed = site.unstemmed if site else ""
    return " & ".join(f"{re.sub(unstemmed, '', word)}:*" for word in WORD.findall(folded(query)))
