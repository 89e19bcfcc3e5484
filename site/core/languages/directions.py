"""The direction of text that mixes scripts: what its first letter says, and the characters that correct it.

HTML's `dir="auto"`, and mail programs that show plain text, lay a paragraph out in the direction of its first letter
(Unicode, UAX 9, P2 and P3). An Arabic sentence that begins with a Latin name would begin on the left.
"""

import unicodedata
from collections.abc import Iterator

from core.languages.table import direction

MARKS = {"ltr": "\N{LEFT-TO-RIGHT MARK}", "rtl": "\N{RIGHT-TO-LEFT MARK}"}
LEFT_TO_RIGHT, FIRST_LETTERS, END = "\u2066", "\u2068", "\u2069"  # LRI, FSI, PDI
KINDS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def _of_letters(text: str) -> Iterator[str]:
    """The direction of each character that has one: letters, mostly."""
    kinds = map(unicodedata.bidirectional, text)
    return (KINDS[kind] for kind in kinds if kind in KINDS)


def direction_of(text: str) -> str:
    """The direction of a text, "ltr" or "rtl", by its first character that has one (as HTML does for `dir=auto`)."""
    return next(_of_letters(text), "ltr")


def mark_for(line: str, language: str) -> str:
    """The invisible mark to put before a line of a text in a language, if its first letter says the other direction.

    Empty for a line without a letter of the language's direction: an address, a quote as a whole.
    """
    wanted = direction(language)
    return "" if direction_of(line) == wanted or wanted not in _of_letters(line) else MARKS[wanted]


def left_to_right(text: str, language: str) -> str:
    """A number or a code for a sentence in a language: isolated, where the language is written from right to left."""
    return f"{LEFT_TO_RIGHT}{text}{END}" if direction(language) == "rtl" else text


def isolated(text: str, language: str) -> str:
    """A name or a title for a sentence in a language: isolated, if it holds letters of the other direction."""
    is_alike = all(kind == direction(language) for kind in _of_letters(text))
    return text if is_alike else f"{FIRST_LETTERS}{text}{END}"
