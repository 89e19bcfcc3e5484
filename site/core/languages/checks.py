"""Django's system checks of the table of languages: they run before every command that needs the site to be whole."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.formats import get_format

from core.languages.formats import format_settings
from core.languages.table import MAY_BE_EMPTY, TABLE, Language

FILE = "site/core/languages/table.py"
# Those that PostgreSQL 14 and later bring.
# fmt: off
SEARCH_CONFIGURATIONS = frozenset({
    "arabic", "armenian", "basque", "catalan", "danish", "dutch", "english", "finnish", "french", "german", "greek",
    "hindi", "hungarian", "indonesian", "irish", "italian", "lithuanian", "nepali", "norwegian", "portuguese",
    "romanian", "russian", "serbian", "simple", "spanish", "swedish", "tamil", "turkish", "yiddish",
})
# fmt: on


@register(Tags.translation)
def languages_have_their_columns(**kwargs: Any) -> Iterator[CheckMessage]:
    """Each language of LANGUAGES has its row with every column filled; each of the admin its words for dates."""
    lacking = [(code, column) for code, _ in settings.LANGUAGES for column in lacking_columns(TABLE.get(code))]
    in_admin = [code for code, _ in settings.WAGTAILADMIN_PERMITTED_LANGUAGES]
    lacking += [(code, "dates") for code in in_admin if not (code in TABLE and TABLE[code].dates)]
    for code, column in lacking:
        yield Error(
            f"The language {code} lacks {column} in {FILE}.",
            hint=f"Fill it in, or take {code} out of LANGUAGES (WAGTAILADMIN_PERMITTED_LANGUAGES) in the settings.",
            id="core.E010",
        )


def lacking_columns(row: Language | None) -> Iterator[str]:
    """What a row needs before the site can be published in its language: a row, `site`, or names of its columns."""
    if row is None:
        yield "a row"
    elif row.site is None:
        yield "site"
    else:
        values = {column.name: getattr(row.site, column.name) for column in fields(row.site)}
        empty = [name for name, value in values.items() if _is_empty(name, value)]
        yield from (f"site.{name}" for name in empty if name not in MAY_BE_EMPTY)


def _is_empty(column: str, value: Any) -> bool:
    """Only numbers may be separated by a space; elsewhere one has slipped in."""
    if isinstance(value, str) and column != "thousands":
        value = value.strip()
    return value is not False and not value


@register(Tags.translation)
def languages_have_their_search_configurations(**kwargs: Any) -> Iterator[CheckMessage]:
    """PostgreSQL knows the configuration: without, each search and each publication fails."""
    for code, _ in settings.LANGUAGES:
        row = TABLE.get(code)
        name = row.site.search if row and row.site else ""
        if name.strip() and name not in SEARCH_CONFIGURATIONS:
            yield Error(
                f"The language {code} names a search configuration that PostgreSQL lacks: {name!r} in {FILE}.",
                hint=f"Take one of: {', '.join(sorted(SEARCH_CONFIGURATIONS))}.",
                id="core.E012",
            )


@register(Tags.translation)
def languages_have_their_format_modules(**kwargs: Any) -> Iterator[CheckMessage]:
    """Django writes days, times and numbers as the table says: it has found a module for each language."""
    for code, _ in settings.LANGUAGES:
        if not any(lacking_columns(TABLE.get(code))) and not _is_formatted_by_the_table(code):
            yield Error(
                f"Django does not write dates and numbers of the language {code} as {FILE} says.",
                hint=f"Copy a folder of site/core/languages/formats/ to {code}/ and write {code} in its formats.py. "
                f"Django reads it once there is a catalogue, locale/{code}/.",
                id="core.E011",
            )


def _is_formatted_by_the_table(code: str) -> bool:
    """Formats of input aside: Django adds its own to them, and written_dates reads what people type."""
    written = {name: value for name, value in format_settings(code).items() if not name.endswith("INPUT_FORMATS")}
    return all(get_format(name, code) == value for name, value in written.items())
