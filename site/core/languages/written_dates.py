"""Reads days and times as people write them, and refuses what is ambiguous.

With the words of any language that has some (core.languages.date_words): 2026-12-12 14:00, 12/12 2026, 12.12.2026 kl
14, 12 dec 2026 14.00, December 12, 2026, 20261212, lördag 12 december 2026, السبت ١٢ كانون الأول ٢٠٢٦. What can be two
days (3/4/2026), has no year, an unlikely one or two digits of it, is refused with words that say how to write it. A
Persian or Hijri date is refused with the day that it means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.languages.calendars import from_hijri, from_persian
from core.languages.folding import folded
from core.languages.table import date_words

T = TypeVar("T")

# The site began in 2026; nothing is planned further ahead than this.
FIRST_YEAR, YEARS_AHEAD = 2000, 10

LANGUAGES = list(date_words())


def _numbered(column: str, start: int) -> dict[str, int]:
    """Each name of a month or a weekday, folded, with its number: {"jan": 1, "januari": 1, "january": 1, "feb": 2 …}.

    The longest first, for a regular expression.
    """
    lists = [list(enumerate(getattr(words, column).split(", "), start)) for words in LANGUAGES]
    named = [
        (folded(same).replace("_", " "), number) for row in lists for number, names in row for same in names.split()
    ]
    return dict(sorted(named, key=lambda pair: -len(pair[0])))


def _any(column: str) -> str:
    """A regular expression for what any of the languages writes in this place."""
    words = "|".join(folded(word) for words in LANGUAGES if (word := getattr(words, column)))
    return f"(?:{words})"


MONTHS, WEEKDAYS = _numbered("months", 1), _numbered("weekdays", 0)
PERSIAN_MONTHS, HIJRI_MONTHS = _numbered("persian", 1), _numbered("hijri", 1)
MONTH = "|".join(sorted(MONTHS | PERSIAN_MONTHS | HIJRI_MONTHS, key=len, reverse=True))
WEEKDAY = "|".join(WEEKDAYS)
DAY_SUFFIX = f"{_any('ordinal')}?"
AT = _any("at")
# Before a date: "lördag", "på lördag den", "the".
BEFORE = re.compile(rf"(?:{_any('on')} )?(?:(?P<w>{WEEKDAY})[.,، ]+)?(?:{_any('the')} )?")
YEARLESS = re.compile(
    rf"\d{{1,2}}(?:[-/.]\d{{1,2}}|{DAY_SUFFIX}[. ]*(?:{MONTH}))(?![\w/.-])|(?:{MONTH})[. ]*\d{{1,2}}(?!\d)"
)
ISO = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d)?", re.ASCII | re.IGNORECASE)
YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})")
TOGETHER = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")


def _year_last(digits: int) -> tuple[re.Pattern[str], ...]:
    """31/12 2026, 31 dec 2026, dec 31, 2026: with a year of so many digits."""
    year = rf"(?P<y>\d{{{digits}}})(?: ?{_any('era')})?"
    return (
        re.compile(rf"(?P<a>\d{{1,2}})(?P<s>[-/.])(?P<b>\d{{1,2}})(?:(?P=s) ?| ){year}"),
        re.compile(rf"(?P<d>\d{{1,2}}){DAY_SUFFIX}[.\- ]*(?:{_any('of')} )?(?P<m>{MONTH})[.,،\- ]*{year}"),
        re.compile(rf"(?P<m>{MONTH})[. ]*(?P<d>\d{{1,2}}){DAY_SUFFIX}[.,، ]+{year}"),
    )


DATES = (YEAR_FIRST, TOGETHER, *_year_last(4))
SHORT_DATES = _year_last(2)
# After a date: a comma, "kl", "at" or a T, and the rest.
DIVIDER = re.compile(rf"(?: *[,،] *| +|t(?=\d)|(?= ?{AT}))")
CLOCK = re.compile(
    rf"{AT}? *(?P<h>\d{{1,2}})(?:(?P<s>[:.])(?P<m>\d{{2}})(?:(?P=s)(?P<sec>\d{{2}}))?)?"
    r" *(?:(?P<half>[ap])\.?m\.?)?"
)
CLOCK_TOGETHER = re.compile(rf"{AT}? *(?P<h>\d{{2}})(?P<m>\d{{2}})")

HOW_DATE = _("Write the date with year, month and day, for example 2026-12-31.")
HOW_TIME = _("Write the time with hours and minutes, for example 14:00.")
HOW_BOTH = _("Write the date and the time, for example 2026-12-31 14:00.")
DID_YOU_MEAN = _("Did you mean %(day)s? Then write %(iso)s.")
TWO_DAYS = _("This could be two different days. Write %(one)s or %(other)s.")


def read_date(text: str, *, day_first: bool = False) -> date:
    """The day that `text` says; a ValidationError that tells how to write it otherwise.

    `day_first`: read 3/4/2026 as 3 April, instead of asking.
    """
    day, rest = _read_day(_plain(text), HOW_DATE, day_first)
    if rest:
        raise ValidationError(HOW_DATE, code="invalid")
    return day


def read_time(text: str) -> time:
    """The time of day that `text` says; a ValidationError that tells how to write it otherwise."""
    return _read_clock(_plain(text), HOW_TIME)


def read_datetime(text: str) -> datetime:
    """Day and time, naive unless `text` names an offset; a ValidationError that tells how to write it otherwise."""
    plain = _plain(text)
    day, rest = _read_day(plain, HOW_BOTH)
    if ISO.fullmatch(plain) and (exact := _or_refused(lambda: parse_datetime(plain.upper()), HOW_BOTH)):
        return exact
    if not rest:
        missing = _("Write the time too, for example %(day)s 14:00.")
        raise ValidationError(missing, code="no_time", params={"day": day.isoformat()})
    return datetime.combine(day, _read_clock(DIVIDER.sub("", rest, count=1), HOW_BOTH))


def _plain(text: str) -> str:
    """As a search compares it (folded), with single spaces, without invisible marks of direction."""
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return " ".join(folded(seen).split())


def _read_day(text: str, how: Any, day_first: bool = False) -> tuple[date, str]:
    """The day that `text` begins with, and what comes after it. A weekday before it has to be the right one."""
    before = BEFORE.match(text)
    weekday, text = (before["w"], text[before.end() :]) if before else (None, text)
    for pattern in DATES:
        if (found := pattern.match(text)) and _is_a_start(text, found.end()):
            day = _day(found.groupdict(), how, day_first)
            if weekday and day.weekday() != WEEKDAYS[weekday]:
                raise ValidationError(
                    _("%(day)s is a different day of the week. Which one is right?"), "weekday", {"day": day}
                )
            return day, text[found.end() :]
    _ask_about_short_year(text, day_first)
    if YEARLESS.match(text):
        raise ValidationError(_("Write the year too, for example 2026-12-31."), code="no_year")
    raise ValidationError(how, code="invalid")


def _is_a_start(text: str, end: int) -> bool:
    """Whether a date may end here: 2026-12-123 is none."""
    return end == len(text) or bool(DIVIDER.match(text, end))


def _day(parts: dict[str, str], how: Any, day_first: bool) -> date:
    year, word = int(parts["y"]), parts.get("m", "")
    if "a" in parts:
        day, month = _in_order(int(parts["a"]), int(parts["b"]), year, day_first)
    else:
        day, month = int(parts["d"]), int(word) if word.isdecimal() else MONTHS.get(word, 0)
    if (gregorian := _or_none(date, year, month, day)) and _is_likely(gregorian):
        return gregorian
    _ask_about_other_calendars(year, "" if word.isdecimal() else word, month, day)
    if gregorian:
        text = _("Is the year right? Write one from %(first)s to %(last)s.")
        raise ValidationError(text, code="year", params={"first": FIRST_YEAR, "last": _last_year()})
    raise ValidationError(_("There is no such day. %(how)s") % {"how": how}, code="invalid")


def _ask_about_other_calendars(year: int, word: str, month: int, day: int) -> None:
    """Raise a ValidationError with the day, if this is a likely one by the Persian or the Hijri calendar. Not both:
    what is likely by one is more than twenty years away by the other. `word`: the month's name, if it has been named.
    """
    about = _("Did you mean %(day)s, or the day before or after? Then write the right one, for example %(iso)s.")
    for convert, names, text in ((from_persian, PERSIAN_MONTHS, DID_YOU_MEAN), (from_hijri, HIJRI_MONTHS, about)):
        number = names.get(word, 0) if word else month
        if (meant := _or_none(convert, year, number, day)) and _is_likely(meant):
            raise ValidationError(text, code="other_calendar", params=_as_question(meant))


def _ask_about_short_year(text: str, day_first: bool) -> None:
    """Raise a ValidationError with the day, or both days, that a year of two digits can mean: 12/12/26, 24 dec 26.

    No day longer ago than a year: 26-12-24 is Christmas Eve of 2026, and in "24 dec 14", 14 is the hour.
    """
    found = [match for pattern in SHORT_DATES if (match := pattern.match(text)) and _is_a_start(text, match.end())]
    days = dict.fromkeys(day for match in found for day in _days_of_short_year(match.groupdict(), day_first))
    match [day for day in days if timezone.localdate().year - 1 <= day.year <= _last_year()]:
        case [day]:
            raise ValidationError(DID_YOU_MEAN, code="short_year", params=_as_question(day))
        case [one, other, *_rest]:
            raise ValidationError(TWO_DAYS, code="ambiguous", params={"one": one, "other": other})


def _days_of_short_year(parts: dict[str, str], day_first: bool) -> Iterator[date]:
    """Day, month, year; year, month, day; and month, day, year, unless the day comes first."""
    year = int(parts["y"])
    if "a" in parts:
        one, other = int(parts["a"]), int(parts["b"])
        orders = [(year, other, one), (one, other, year), *([] if day_first else [(year, one, other)])]
    else:
        orders = [(year, MONTHS.get(parts["m"], 0), int(parts["d"]))]
    return filter(None, (_or_none(date, 2000 + year, month, day) for year, month, day in orders))


def _as_question(day: date) -> dict[str, str]:
    """The placeholders of "Did you mean …?"."""
    return {"day": date_format(day, "DATE_FORMAT"), "iso": day.isoformat()}


def _is_likely(day: date) -> bool:
    return FIRST_YEAR <= day.year <= _last_year()


def _last_year() -> int:
    return timezone.localdate().year + YEARS_AHEAD


def _or_none(make: Callable[[int, int, int], date], year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day."""
    try:
        return make(year, month, day)
    except (ValueError, OverflowError):
        return None


def _in_order(one: int, other: int, year: int, day_first: bool) -> tuple[int, int]:
    """Day and month of 12/31 or 31/12; unless the day comes first, a ValidationError for 3/4, which is ambiguous."""
    if not day_first and one != other and one <= 12 and other <= 12 and one and other:
        days = {"one": f"{year}-{other:02}-{one:02}", "other": f"{year}-{one:02}-{other:02}"}
        raise ValidationError(TWO_DAYS, code="ambiguous", params=days)
    return (other, one) if other > 12 else (one, other)


def _or_refused(make: Callable[[], T], how: Any) -> T:
    """What `make` returns; its ValueError (there is no 30 February) becomes a ValidationError with the text `how`."""
    try:
        return make()
    except ValueError as error:
        raise ValidationError(how, code="invalid") from error


def _read_clock(text: str, how: Any) -> time:
    found = CLOCK_TOGETHER.fullmatch(text) or CLOCK.fullmatch(text)
    if not found:
        raise ValidationError(how, code="invalid")
    parts = found.groupdict()
    hour, minute, second = int(parts["h"]), int(parts["m"] or 0), int(parts.get("sec") or 0)
    if half := parts.get("half"):
        hour = hour % 12 + 12 * (half == "p") if 1 <= hour <= 12 else 24
    return _or_refused(lambda: time(hour, minute, second), how)
