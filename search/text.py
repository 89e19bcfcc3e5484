"""Normalises text for the index and for queries, so that both are spelled alike."""

import re
import unicodedata

from core.languages import characters

# PostgreSQL's text search configurations. Other languages are searched word by word, without grammar ("simple").
CONFIGURATIONS = {"sv": "swedish", "en": "english", "ar": "arabic", "de": "german"}

# Letters that NFKD does not decompose, and Arabic letters that people leave out or exchange when they type.
FOLDED = str.maketrans(
    {
        "ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ł": "l", "ı": "i",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي", "ی": "ي", "ک": "ك", "ـ": None,
    }
)  # fmt: skip
WORD = re.compile(r"\w+")
LONGEST_QUERY = 100


def configuration(language: str) -> str:
    """The text search configuration for a language code; `sv-simple` is searched as Swedish."""
    return CONFIGURATIONS.get(language.split("-")[0], "simple")


def folded(text: str) -> str:
    """The text in lower case, without accents, vowel marks and invisible characters: "Bröd" becomes "brod"."""
    decomposed = unicodedata.normalize("NFKD", characters.without_ignorable(text).lower().translate(FOLDED))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).translate(FOLDED)


def cleaned(query: str) -> str:
    """A visitor's query without characters that are invisible or that PostgreSQL refuses (NUL), shortened."""
    return characters.sought(query)[:LONGEST_QUERY].strip()


# The article of "brödet", "brödets": PostgreSQL's Swedish stemmer does not remove it from short words.
ARTICLE = {"sv": re.compile(r"(?<=\w{4})(et|en|na)s?$")}


def prefix_query(query: str, language: str = "") -> str:
    """A raw `tsquery` that finds words by how they begin: "tunn br" becomes "tunn:* & br:*" and finds "tunnbröd".

    Only word characters get into it, so a visitor cannot write operators.
    """
    article = ARTICLE.get(language.split("-")[0])
    words = WORD.findall(folded(query))
    return " & ".join(f"{article.sub('', word) if article else word}:*" for word in words)
