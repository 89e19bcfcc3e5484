"""Words as the index and a searcher's query both see them."""

import re
import unicodedata

from core.languages import characters

# PostgreSQL's own text search configurations; a language without one is searched as it is written.
CONFIGURATIONS = {"sv": "swedish", "en": "english", "ar": "arabic", "de": "german"}

# What Unicode does not take apart. The Arabic letters are those that people leave out or exchange when they type.
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
    """Lower case, without accents, vowel marks and what is invisible: "Bröd" and "brod" are one word."""
    taken_apart = unicodedata.normalize("NFKD", characters.without_ignorable(text).lower().translate(FOLDED))
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign)).translate(FOLDED)


def cleaned(query: str) -> str:
    """A query as it was typed, without what nobody sees or PostgreSQL refuses (NUL, surrogates), and not endless."""
    return characters.sought(query)[:LONGEST_QUERY].strip()


# "brödet", "brödets": PostgreSQL's Swedish stemmer leaves the article on short words.
ARTICLE = {"sv": re.compile(r"(?<=\w{4})(et|en|na)s?$")}


def beginnings(query: str, language: str = "") -> str:
    """The query as words that may go on: "tunn br" finds "tunnbröd". Nothing but word characters reaches the syntax."""
    article = ARTICLE.get(language.split("-")[0])
    words = WORD.findall(folded(query))
    return " & ".join(f"{article.sub('', word) if article else word}:*" for word in words)
