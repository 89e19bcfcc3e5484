"""The direction of text that mixes scripts: what its first letter says, and the characters that correct it.

HTML's `dir="auto"`, and mail programs that show plain text, lay a paragraph out in the direction of its first letter
(Unicode, UAX 9, P2 and P3). An Arabic sentence that begins with a Latin name would begin on the left.
"""

import re
import unicodedata
from collections.abc import Iterator

from core.languages.table import direction

MARKS = {"ltr": "\N{LEFT-TO-RIGHT MARK}", "rtl": "\N{RIGHT-TO-LEFT MARK}"}
LEFT_TO_RIGHT, FIRST_LETTERS, END = "\u2066", "\u2068", "\u2069"  # LRI, FSI, PDI
KINDS = {"L": "ltr", "R": "rtl", "AL": "rtl"}

_LEFT = "A-Za-z\u00c0-\u058f"
_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_SPACE = " \u00a0\u202f"
_DASH = f"[{_SPACE}]?[-\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{EN DASH}][{_SPACE}]?"
# A phone number, an amount, a date: groups of digits, and a Latin word behind them (kr). The rest is passed over: an
# e-mail address, and what follows a Latin letter, as digits there keep their order (UAX 9, W7).
_NUMBER = re.compile(
    rf"(?<!\S)[\w.+-]{{1,64}}@\S+|[{_LEFT}][^{_RIGHT}\n]*"
    rf"|(?P<number>\+?\d+(?:(?:{_DASH}|[{_SPACE}./,:])(?:\d+|\(\d+\)\d*))*(?:[{_SPACE}]?[{_LEFT}]+)?)"
)
# Is in order among Arabic words, or reads from right to left as they do: 17:30, 10-12.
_IN_ORDER = re.compile(rf"[\d./,:]+|(?:[1-9]\d{{0,3}}|\d\d?[.:]\d\d){_DASH}(?:\d{{1,4}}|\d\d?[.:]\d\d)")


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


def with_numbers_isolated(text: str) -> str:
    """The text with each number isolated that would lose its order among right-to-left words.

    0470-00 00 00 would be shown as 00 00 00-0470, and 450 kr as kr 450. A text without such words is not changed.
    """
    return _NUMBER.sub(_isolate_number, text) if "rtl" in _of_letters(text) else text


def _isolate_number(found: re.Match[str]) -> str:
    is_kept = not found["number"] or _IN_ORDER.fullmatch(found["number"])
    return found[0] if is_kept else f"{LEFT_TO_RIGHT}{found[0]}{END}"
