"""All that the site knows of each language: one row a language (ISO 639 codes, names by CLDR).

A host may speak every language of the table. The site may be published in those that have `site`
(`settings.LANGUAGES` says in which it is), and its admin be used in those that have `dates`
(`settings.WAGTAILADMIN_PERMITTED_LANGUAGES`). The check core.E010 refuses to start with a language that lacks a
column. What is not in the table, and why: docs/decisions/0020-one-table-of-languages.md.

Imports nothing but gettext: settings read it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class SiteLanguage:
    """What a language needs that the site is published in. All columns are regular expressions unless they say else."""

    # The catalogue's header `Plural-Forms`, as gettext writes it.
    plural: str
    # A day and its month, in Django's date syntax; the separator of hours and minutes; separators of numbers.
    day: str
    clock: str
    decimal: str
    thousands: str
    # PostgreSQL's text search configuration; "simple", where it has none. Endings that its stemmer leaves.
    search: str
    unstemmed: str
    # Letters as people type them, for the search; letters as they are sorted. Both: this letter, as that one.
    typed_as: Mapping[str, str]
    sorted_as: Mapping[str, str]
    # Words that promise the absence of an allergen, and words that make a sentence with them a refusal to promise.
    free_from: str
    negated: str
    # Words of advertising mails.
    spam: str
    # What is written onto a name: before it, after it.
    prefix: str
    genitive: str
    # Whether nouns keep their capital inside a sentence (a bool).
    noun_capitals: bool


# An empty column is an answer here ("this language has none") and a mistake elsewhere.
MAY_BE_EMPTY = frozenset({"unstemmed", "typed_as", "prefix", "genitive"})


@dataclass(frozen=True)
class DateWords:
    """How people write a date in words: for the languages that the admin is used in. Regular expressions, in small
    letters; months and weekdays (from Monday) are words, several for one separated by spaces."""

    months: str
    weekdays: str
    # After the number of a day: 24th. Before a day: on Thursday the 24th of December at 14.
    ordinal: str
    on: str
    the: str
    of: str
    at: str


@dataclass(frozen=True)
class Language:
    """A row. `name`: the English msgid, as a list shows it; `own_name`: as its speakers write it in a sentence."""

    code: str
    name: _StrPromise
    own_name: str
    site: SiteLanguage | None = None
    dates: DateWords | None = None

    @property
    def own_title(self) -> str:
        """Its own name with a capital: Svenska, English, العربية."""
        return self.own_name[:1].upper() + self.own_name[1:]

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, for the HTML attribute `dir`: how Unicode writes the first letter of its own name."""
        return "rtl" if unicodedata.bidirectional(self.own_name[:1]) in {"R", "AL"} else "ltr"

    @property
    def small_names(self) -> bool:
        """Whether it writes the names of languages with a small letter inside a sentence, as it does its own."""
        return self.own_name[:1].islower()


LATIN = {"é": "e", "è": "e", "ê": "e", "ë": "e", "á": "a", "à": "a", "â": "a", "í": "i", "î": "i", "ï": "i"}
LATIN |= {"ó": "o", "ò": "o", "ô": "o", "ú": "u", "ù": "u", "û": "u", "ü": "u", "ç": "c", "ñ": "n", "ş": "s"}
ALIF = {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ة": "ه", "ى": "ي"}

ROWS = (
    # 4 februari 2027, 17.00, 2 800,5 (Språkrådet, Svenska skrivregler). å, ä, ö close the alphabet, in this order.
    # "brödet", "brödets": the Swedish stemmer leaves the article on short words.
    Language(
        "sv",
        _("Swedish"),
        "svenska",
        SiteLanguage(
            plural="nplurals=2; plural=(n != 1);",
            day="j F",
            clock=".",
            decimal=",",
            thousands="\N{NO-BREAK SPACE}",
            search="swedish",
            unstemmed=r"(?<=\w{4})(et|en|na)s?$",
            typed_as={},
            sorted_as=LATIN | {"å": "ä", "ä": "å", "ü": "y"},
            free_from=r"\bfri(tt|a)? från\b|\b(gluten|laktos|mjölk|nöt|ägg|soja)\w*fri(tt|a)?\b",
            negated=r"\b(aldrig|inte)\b",
            spam=r"\b(sökmotoroptimering|länkförsäljning|snabblån)\b",
            prefix="",
            genitive="s",
            noun_capitals=False,
        ),
        DateWords(
            months="jan januari, feb februari, mar mars, apr april, maj, jun juni, jul juli, aug augusti, "
            "sep sept september, okt oktober, nov november, dec december",
            weekdays="mån måndag, tis tisdag, ons onsdag, tor tors torsdag, fre fredag, lör lördag, sön söndag",
            ordinal=":?a|:?e",
            on="på",
            the="den",
            of="",
            at=r"klockan|kl\.?",
        ),
    ),
    # As in Europe: 4 February 2027, 17:00, 2,800.5.
    Language(
        "en",
        _("English"),
        "English",
        SiteLanguage(
            plural="nplurals=2; plural=(n != 1);",
            day="j F",
            clock=":",
            decimal=".",
            thousands=",",
            search="english",
            unstemmed="",
            typed_as={},
            sorted_as=LATIN | {"å": "a", "ä": "a", "ö": "o"},
            free_from=r"\bfree (from|of)\b|\b(gluten|lactose|milk|dairy|nut|egg|soya?)[- ]free\b",
            negated=r"\b(never|not|cannot)\b",
            spam=r"\b(SEO|backlinks?|guest post(ing|s)?|link building|page one of google|rank(ing)? (on|in) google"
            r"|search engine optimi[sz]ation|casinos?|viagra|cialis|crypto ?(investment|trading)|bitcoin|forex"
            r"|payday loans?)\b",
            prefix="",
            genitive="['’]?s",
            noun_capitals=False,
        ),
        DateWords(
            months="jan january, feb february, mar march, apr april, may, jun june, jul july, aug august, "
            "sep sept september, oct october, nov november, dec december",
            weekdays="mon monday, tue tues tuesday, wed wednesday, thu thur thurs thursday, fri friday, sat saturday, "
            "sun sunday",
            ordinal="st|nd|rd|th",
            on="on",
            the="the",
            of="of",
            at="at",
        ),
    ),
    # With Western digits: 4 فبراير 2027, 17:00, 2,800.5 (CLDR: ar, numbering system latn). Letters that people leave
    # out or exchange are one letter; five words of one letter are written onto the next ("وسميرة").
    Language(
        "ar",
        _("Arabic"),
        "العربية",
        SiteLanguage(
            plural="nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : "
            "n%100>=11 && n%100<=99 ? 4 : 5;",
            day="j F",
            clock=":",
            decimal=".",
            thousands=",",
            search="arabic",
            unstemmed="",
            typed_as=ALIF | {"ی": "ي", "ک": "ك", "ـ": ""},
            sorted_as=ALIF,
            free_from="خالٍ? من|خالية من",
            negated="لا |أبد",
            spam=r"\b(ال)?(كازينو|فوركس|بيتكوين)\b|تحسين محركات البحث|روابط خلفية|قروض سريعة",
            prefix="[وفبلك]",
            genitive="",
            noun_capitals=False,
        ),
    ),
    Language("bs", _("Bosnian"), "bosanski"),
    Language("ckb", _("Kurdish (Sorani)"), "کوردیی ناوەندی"),
    # 4. Februar 2027, 17:00, 2.800,5 (DIN 5008, Duden). Not published yet.
    Language(
        "de",
        _("German"),
        "Deutsch",
        SiteLanguage(
            plural="nplurals=2; plural=(n != 1);",
            day="j. F",
            clock=":",
            decimal=",",
            thousands=".",
            search="german",
            unstemmed="",
            typed_as={},
            sorted_as=LATIN | {"å": "a", "ä": "a", "ö": "o"},
            free_from=r"\bfrei von\b|\b(ei|\w*(gluten|laktose|milch|nuss|soja)\w*)frei(e[mnrs]?)?\b",
            negated=r"\b(nie|niemals|nicht|keine?|keine[mnrs])\b",
            spam=r"\b(Suchmaschinenoptimierung|Linkaufbau|Gastbeitr(ag|äge)|Sofortkredite?)\b",
            prefix="",
            genitive="s|['’]",
            noun_capitals=True,
        ),
    ),
    Language("es", _("Spanish"), "español"),
    Language("fa", _("Persian"), "فارسی"),
    Language("fr", _("French"), "français"),
    Language("kmr", _("Kurdish (Kurmanji)"), "kurmancî"),
    Language("pl", _("Polish"), "polski"),
    Language("prs", _("Dari"), "دری"),
    Language("ps", _("Pashto"), "پښتو"),
    Language("ru", _("Russian"), "русский"),
    Language("so", _("Somali"), "Soomaali"),
    Language("sw", _("Swahili"), "Kiswahili"),
    Language("ti", _("Tigrinya"), "ትግርኛ"),
    Language("tr", _("Turkish"), "Türkçe"),
    Language("uk", _("Ukrainian"), "українська"),
    Language("ur", _("Urdu"), "اردو"),
)
TABLE = {row.code: row for row in ROWS}

# What a person may speak, for the field `choices`.
CHOICES = [(row.code, row.name) for row in ROWS]


def find(code: str) -> Language | None:
    """The row of a code; that of its language, where a region or variant has none of its own (`sv-simple`: `sv`)."""
    return TABLE.get(code) or TABLE.get(code.split("-")[0])


def site_language(code: str) -> SiteLanguage | None:
    """The columns of a code for the site; None for a language that it cannot be published in."""
    row = find(code)
    return row.site if row else None


def direction(code: str) -> str:
    """`rtl` or `ltr`, for the HTML attribute `dir`. Region and script subtags are ignored."""
    row = find(code)
    return row.direction if row else "ltr"


def in_every_language(column: str) -> str:
    """One regular expression of a column of `SiteLanguage`, over all rows: a text may hold words of several."""
    columns = (getattr(row.site, column) for row in ROWS if row.site)
    return "|".join(pattern for pattern in columns if pattern)


def date_words() -> Iterator[DateWords]:
    """The words that dates are written with, of each language that has them."""
    return (row.dates for row in ROWS if row.dates)
