"""Promises that food is free from an allergen, found in a text of any language.

Regulation (EU) 1169/2011 wants allergens named; a kitchen where milk and nuts are used cannot promise their absence.
To say that one does not promise it is right, hence the negations. They count only before the promise and in its own
clause: in "Not all is cheap, the bread is gluten-free" there is a promise. An honest sentence that is refused can be
written more simply; a promise that is let through can make somebody ill.
"""

import re
import unicodedata
from collections.abc import Iterator

from core.languages.characters import without_ignorable
from core.languages.table import in_every_language


def _words(column: str) -> re.Pattern[str]:
    return re.compile(in_every_language(column), re.IGNORECASE)


FREE_FROM, NEGATED, NO_PROMISE = _words("free_from"), _words("negated"), _words("no_promise")
CONTRAST = _words("contrast")
JOINS = in_every_language("joins")
SENTENCE_END = re.compile(r"\n|[.!?;؟؛۔…•·]+(?!\d)")
CLAUSE_END = re.compile(rf"[,،:()–—]|{JOINS}|{in_every_language('contrast')}", re.IGNORECASE)
# "not gluten-free, nut-free or free from milk": what may be between two promises that one negation takes back.
JOINED = re.compile(rf"[\W_]*|[\W_]*(\w+[\W_]+)?({JOINS})[\W_]*", re.IGNORECASE)
# As printed hyphens: the others look the same. A long dash inside a word is one too.
HYPHEN = re.compile(r"[\u2010\u2011\u2043\u2212]|(?<=\w)[\u2012-\u2015](?=\w)|(?<=\w)-\n\s*(?=\w)")


def promises(text: str) -> Iterator[str]:
    """The words of each promise, as they are compared: without marks, invisible characters and special spaces."""
    for sentence in SENTENCE_END.split(plain(text)):
        yield from _in_sentence(sentence)


def plain(text: str) -> str:
    """Text as it is read: one kind of space, hyphen and line break, no vowel signs, nothing invisible."""
    lines = "\n".join(unicodedata.normalize("NFKC", without_ignorable(text)).splitlines())
    letters = "".join(sign for sign in lines if unicodedata.category(sign) != "Mn").replace("\N{ARABIC TATWEEL}", "")
    return re.sub(r"[^\S\n]+", " ", HYPHEN.sub("-", letters))


def _in_sentence(sentence: str) -> Iterator[str]:
    is_taken_back, end = False, 0
    for promise in FREE_FROM.finditer(sentence):
        between, before = sentence[end : promise.start()], sentence[: promise.start()]
        is_taken_back = bool(
            NEGATED.search(_last(CLAUSE_END, between))
            or NO_PROMISE.search(_last(CONTRAST, before))
            or (is_taken_back and JOINED.fullmatch(between))
        )
        if not is_taken_back:
            yield promise[0]
        end = promise.end()


def _last(ends: re.Pattern[str], text: str) -> str:
    """What follows the last end of a clause."""
    return text[max((found.end() for found in ends.finditer(text)), default=0) :]
