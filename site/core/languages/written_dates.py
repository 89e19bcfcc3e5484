"""Reads days and times as people write them, and refuses what is ambiguous.

With the words of any language of the admin: 2026-12-12 14:00, 12/12 2026, 12.12.2026 kl 14, 12 dec 2026 14.00,
December 12, 2026, 20261212, lördag 12 december 2026. What can be two days (3/4/2026), has no year or an unlikely one,
is refused with words that say how to write it. A Persian or Hijri date is refused with the day that it means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.languages.calendars import from_hijri, from_persian
from core.languages.table import date_words

T = TypeVar("T")

# The site began in 2026; nothing is planned further ahead than this.
FIRST_YEAR, YEARS_AHEAD = 2000, 10

LANGUAGES = list(date_words())


def _numbered(column: str, start: int) -> dict[str, int]:
    """Each word for a month or a weekday, with its number: {"jan": 1, "januari": 1, "january": 1, "feb": 2 …}."""
    lists = [getattr(words, column).split(", ") for words in LANGUAGES]
    return {name: number for names in lists for number, same in enumerate(names, start) for name in same.split()}


def _any(column: str) -> str:
    """A regular expression for what any of the languages writes in this place."""
    words = "|".join(word for words in LANGUAGES if (word := getattr(words, column)))
    return f"(?:{words})"


MONTHS, WEEKDAYS = _numbered("months", 1), _numbered("weekdays", 0)
MONTH = "|".join(MONTHS)
DAY_SUFFIX = f"{_any('ordinal')}?"
AT = _any("at")
# Before a date: "lördag", "på lördag den", "the".
WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
BEFORE = re.compile(rf"(?:{_any('on')} )?(?:(?P<w>{WEEKDAY})[., ]+)?(?:{_any('the')} )?")
YEARLESS = re.compile(
    rf"\d{{1,2}}(?:[-/.]\d{{1,2}}|{DAY_SUFFIX}[. ]*(?:{MONTH}))(?![\w/.-])|(?:{MONTH})[. ]*\d{{1,2}}(?!\d)"
)
ISO = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(:\d\d(\.\d+)?)?(z|[+-]\d\d:?\d\d)?", re.ASCII | re.IGNORECASE)
YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})")
TOGETHER = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
NUMBERS = re.compile(r"(?P<a>\d{1,2})(?P<s>[-/.])(?P<b>\d{1,2})(?:(?P=s) ?| )(?P<y>\d{4})")
DAY_MONTH = re.compile(rf"(?P<d>\d{{1,2}}){DAY_SUFFIX}[.\- ]*(?:{_any('of')} )?(?P<m>{MONTH})[.,\- ]*(?P<y>\d{{4}})")
MONTH_DAY = re.compile(rf"(?P<m>{MONTH})[. ]*(?P<d>\d{{1,2}}){DAY_SUFFIX}[., ]+(?P<y>\d{{4}})")
DATES = (YEAR_FIRST, TOGETHER, NUMBERS, DAY_MONTH, MONTH_DAY)
# After a date: a comma, "kl", "at" or a T, and the rest.
DIVIDER = re.compile(rf"(?: *, *| +|t(?=\d)|(?= ?{AT}))")
CLOCK = re.compile(
    rf"{AT}? *(?P<h>\d{{1,2}})(?:(?P<s>[:.])(?P<m>\d{{2}})(?:(?P=s)(?P<sec>\d{{2}}))?)?"
    r" *(?:(?P<half>[ap])\.?m\.?)?"
)
CLOCK_TOGETHER = re.compile(rf"{AT}? *(?P<h>\d{{2}})(?P<m>\d{{2}})")
# What is pasted from a text: dashes of other lengths.
DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2212", "-"))

HOW_DATE = _("Write the date with year, month and day, for example 2026-12-31.")
HOW_TIME = _("Write the time with hours and minutes, for example 14:00.")
HOW_BOTH = _("Write the date and the time, for example 2026-12-31 14:00.")


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
    """In small letters, with single spaces and plain dashes, without invisible marks of direction."""
    seen = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return " ".join(seen.lower().translate(DASHES).split())


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
    if YEARLESS.match(text):
        raise ValidationError(_("Write the year too, for example 2026-12-31."), code="no_year")
    raise ValidationError(how, code="invalid")


def _is_a_start(text: str, end: int) -> bool:
    """Whether a date may end here: 2026-12-123 is none."""
    return end == len(text) or bool(DIVIDER.match(text, end))


def _day(parts: dict[str, str], how: Any, day_first: bool) -> date:
    year = int(parts["y"])
    if "a" in parts:
        day, month = _in_order(int(parts["a"]), int(parts["b"]), year, day_first)
    else:
        day, month = int(parts["d"]), MONTHS.get(parts["m"]) or int(parts["m"])
    if (gregorian := _or_none(date, year, month, day)) and _is_likely(gregorian):
        return gregorian
    _ask_about_other_calendars(year, month, day)
    if gregorian:
        text = _("Is the year right? Write one from %(first)s to %(last)s.")
        raise ValidationError(text, code="year", params={"first": FIRST_YEAR, "last": _last_year()})
    raise ValidationError(_("There is no such day. %(how)s") % {"how": how}, code="invalid")


def _ask_about_other_calendars(year: int, month: int, day: int) -> None:
    """Raise a ValidationError with the day, if this is a likely one by the Persian or the Hijri calendar. Not both:
    what is likely by one is more than twenty years away by the other."""
    exact = _("Did you mean %(day)s? Then write %(iso)s.")
    about = _("Did you mean %(day)s, or the day before or after? Then write the right one, for example %(iso)s.")
    for convert, text in ((from_persian, exact), (from_hijri, about)):
        if (meant := _or_none(convert, year, month, day)) and _is_likely(meant):
            values = {"day": date_format(meant, "DATE_FORMAT"), "iso": meant.isoformat()}
            raise ValidationError(text, code="other_calendar", params=values)


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
        text = _("This could be two different days. Write %(one)s or %(other)s.")
        days = {"one": f"{year}-{other:02}-{one:02}", "other": f"{year}-{one:02}-{other:02}"}
        raise ValidationError(text, code="ambiguous", params=days)
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
