"""A pseudo-language: Swedish with marks around each translated string, so that what is not translated is seen."""

from __future__ import annotations

import functools
import html
import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import psycopg
from django.apps import AppConfig
from django.utils.translation import trans_real

from tests.test_messages import THE_SAME_IN_SWEDISH

OPEN, CLOSE = "⟦⟧"
LANGUAGE = "sv"

# Words of the admin that are the same in Swedish and in English.
THE_SAME = THE_SAME_IN_SWEDISH | {
    *(
        "Alias",
        "App",
        "Filter",
        "Format",
        "ID",
        "Initial Revision",
        "Layout",
        "Maximum",
        "Minimum",
        "Permanent",
        "Status",
    ),
    *("URL", "permanent", "port", "status", "system"),
}
# Not words of a language: products, file types, units, keys of the keyboard.
NAMES = {"Wagtail", "PO", "Ctrl", "Shift", "Alt", "Esc", "px", "kB", "KB", "MB", "GB", "min", "http", "https", "URL"}
# Titles of languages in themselves, and the end of each page's title.
OTHERS = {"svenska", "english", "العربية", "wagtail"}

# Where a string ends at the latest: one cut short (“⟦Lägg till …”) has lost its closing mark.
BLOCKS = {
    *("article", "aside", "button", "dd", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "h4"),
    *("header", "label", "legend", "li", "main", "nav", "ol", "option", "section", "select", "table", "tbody", "td"),
    *("template", "textarea", "th", "thead", "title", "tr", "ul"),
}
UNREAD = {"script", "style", "svg", "code", "textarea"}
READ_ATTRIBUTES = {
    *("alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription", "aria-valuetext", "label"),
    *("placeholder", "title", "data-w-tooltip-content-value"),
}
WORD = re.compile(r"[^\W\d_]{2,}")
CODE = re.compile(r"[a-z_]+\.[a-z_]+")  # experiences.experiencepage


class Marks(AppConfig):
    """An app that puts the marks on, in the process that installs it (`marked_settings`)."""

    name = "tests.browser.support.marks"
    label = "marks"

    def ready(self) -> None:
        put_marks_on()


def put_marks_on() -> None:
    """Mark every Swedish string of Django's catalogues from now on: Python's, the templates' and the scripts'."""
    original = trans_real.DjangoTranslation.__init__

    @functools.wraps(original)
    def init(self: Any, language: str, *args: Any, **kwargs: Any) -> None:
        original(self, language, *args, **kwargs)
        if language == LANGUAGE:
            for strings in self._catalog._catalogs:
                strings.update({key: marked(key, text) for key, text in strings.items()})

    trans_real.DjangoTranslation.__init__ = init  # type: ignore[method-assign]
    trans_real._translations.clear()  # type: ignore[attr-defined]


def marked(key: str | tuple[str, int], text: str) -> str:
    """The text between marks, unless it is the English one (key: msgid, with its context before it, or its plural)."""
    english = (key if isinstance(key, str) else key[0]).rpartition("\x04")[2]
    same = text == english and english not in THE_SAME
    return text if same or not english else f"{OPEN}{text}{CLOSE}"


class Reader(HTMLParser):
    """Reads a page as a person does: `unmarked` is the text and the labels that are between no marks."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.unmarked: list[str] = []
        self.links: list[str] = []
        self._depth = 0
        self._skipped: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag in BLOCKS:
            self._depth = 0
        if tag in UNREAD or (tag == "button" and "display: none" in given.get("style", "")):
            self._skipped.append(tag)
        read = {name for name in given if name in READ_ATTRIBUTES}
        if given.get("type") in {"submit", "button", "reset"}:
            read.add("value")
        for name in read - {"value"} if tag == "button" else read:
            self.unmarked += outside_marks(given.get(name, ""))[0]
        self.links += [value for name, value in given.items() if value.startswith("/admin/") and name != "action"]

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._depth = 0
        if self._skipped and self._skipped[-1] == tag:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            found, self._depth = outside_marks(data, self._depth)
            self.unmarked += found
        elif self._skipped[-1] == "script":  # the menu at the side, as JSON
            self.links += re.findall(r'"url": "(/admin/[^"]*)"', data)


def outside_marks(text: str, depth: int = 0) -> tuple[list[str], int]:
    """The pieces of a text that no marks enclose and that have words, and how many marks are still open."""
    pieces, piece = [], ""
    for sign in text:
        if sign == OPEN:
            depth += 1
        elif sign == CLOSE:
            depth = max(0, depth - 1)
        if sign in (OPEN, CLOSE):
            pieces.append(piece)
            piece = ""
        elif not depth:
            piece += sign
    pieces.append(piece)
    return [" ".join(piece.split()) for piece in pieces if WORD.search(piece)], depth


class Data:
    """What people wrote: every text in a database, so that a title is not taken for a word of the interface."""

    # Made by migrations, in English. (The roles' names are English too, and taken for what people wrote.)
    NOT_WRITTEN = ("django_", "auth_permission")

    def __init__(self, database: str) -> None:
        self.values = {normal(value) for value in texts_of(database, self.NOT_WRITTEN)} - {""} | OTHERS
        self.all = "\n".join(self.values)

    def __contains__(self, piece: str) -> bool:
        """Whole, or in parts, of which a long one may be cut short: "SU-1: Lena", "Bread – Samira | The site"."""
        ways = (r": | [-–|] ", r": |, | [-–|] ")
        return any(all(self._is_written(normal(part)) for part in re.split(way, piece)) for way in ways)

    def _is_written(self, said: str) -> bool:
        return not said or said in self.values or (len(said) > 11 and said in self.all)


def normal(text: str) -> str:
    """Without tags, spaces, soft hyphens and the signs at both ends."""
    plain = re.sub(r"<[^>]+>|\s|\xad", "", html.unescape(text)).casefold()
    return plain.strip("….:;,()[]–-•·“”\"'/|*#>")


def texts_of(database: str, left_out: tuple[str, ...]) -> Iterator[str]:
    """Every value of every column of text, and every text inside JSON."""
    columns = (
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type IN ('text', 'character varying', 'jsonb')"
    )
    with psycopg.connect(database) as connection:
        yield from (name for (name,) in connection.execute("SELECT first_name || ' ' || last_name FROM core_user"))
        for table, column in connection.execute(columns).fetchall():
            if not table.startswith(left_out):
                query = psycopg.sql.SQL("SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")
                names = {"column": psycopg.sql.Identifier(column), "table": psycopg.sql.Identifier(table)}
                for (value,) in connection.execute(query.format(**names)):
                    yield from leaves(value)


def leaves(value: Any) -> Iterator[str]:
    """The texts in a value: of JSON, JSON in a text, or a text."""
    if isinstance(value, str):
        if value[:1] in "[{":
            try:
                yield from leaves(json.loads(value))
                return
            except ValueError:
                pass
        yield value
        yield value.rpartition("/")[2]
        yield from re.split(r"\n+|<[^>]+>|: ", value)
    elif isinstance(value, dict):
        yield from (leaf for inner in value.values() for leaf in leaves(inner))
    elif isinstance(value, list):
        yield from (leaf for inner in value for leaf in leaves(inner))


def untranslated(pieces: Iterable[str], data: Data) -> set[str]:
    """Of pieces without marks, those that are neither what people wrote nor names."""
    return {
        piece
        for piece in pieces
        if set(WORD.findall(piece)) - NAMES and not CODE.fullmatch(piece) and piece not in data
    }
