"""Numbers, days and names of languages, written as the active language does.

All words and their order come from gettext, with plural forms; separators and time formats from `formats/`. Digits
are Western in every language: what readers meet on a Swedish bus or invoice.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format, number_format, time_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from core.languages.table import Language, find

NO_BREAK = "\N{NO-BREAK SPACE}"
# Farther ahead than this, a day says its year.
YEAR_IS_CLEAR = timedelta(days=300)
# In the preview of a draft: a fact that is not written yet.
NOT_YET = "…"


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK)


def number(value: int) -> str:
    """Digits in groups of three, as the reader's language separates them."""
    return str(number_format(value, use_l10n=True, force_grouping=True))


def kronor(amount: int) -> str:
    """Whole kronor: 2 800 kr. Never breaks across lines."""
    return _unbroken(ngettext("%(amount)s kr", "%(amount)s kr", amount) % {"amount": number(amount)})


def price(amount: int | None) -> str:
    """What it costs: kronor, or that it is free."""
    if amount is None:
        return NOT_YET
    return kronor(amount) if amount else pgettext("price", "Free")


def duration(minutes: int | None) -> str:
    """A length of time: 45 minutes, 3 hours, 1 h 30 min. A number does not leave its unit."""
    if minutes is None:
        return NOT_YET
    hours, rest = divmod(minutes, 60)
    if not rest and hours:
        return _unbroken(ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours})
    if not hours:
        return _unbroken(ngettext("%(minutes)s minute", "%(minutes)s minutes", rest) % {"minutes": rest})
    return pgettext("a length of time", "%(hours)s %(minutes)s") % {
        "hours": _unbroken(npgettext("before minutes", "%(hours)s h", "%(hours)s h", hours) % {"hours": hours}),
        "minutes": _unbroken(npgettext("after hours", "%(minutes)s min", "%(minutes)s min", rest) % {"minutes": rest}),
    }


def span(smallest: int | None, largest: int | None) -> str:
    """How many, as figures: 4–8, or 8 where there is no choice."""
    if smallest is None or largest is None:
        return NOT_YET
    return number(largest) if smallest == largest else f"{number(smallest)}–{number(largest)}"


def guests(smallest: int | None, largest: int | None) -> str:
    """How many may come: 4–8 guests."""
    if smallest is None or largest is None:
        return NOT_YET
    if smallest == largest:
        text = ngettext("%(count)s guest", "%(count)s guests", largest)
    else:
        text = npgettext("from so many to so many", "%(count)s guest", "%(count)s guests", largest)
    return _unbroken(text % {"count": span(smallest, largest)})


def guests_word(largest: int | None) -> str:
    """The word alone, for a label below the figures: guests."""
    return "" if largest is None else npgettext("below a figure", "guest", "guests", largest)


def _local_date(day: date) -> date:
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


def _is_clear(day: date) -> bool:
    return abs(day - timezone.localdate()) < YEAR_IS_CLEAR


def long_day(day: date) -> str:
    """A day as one says it, in Stockholm: Thursday 4 February. The year is added where it could be in doubt."""
    day = _local_date(day)
    if _is_clear(day):
        return date_format(day, pgettext("date format: weekday, day, month", "l j F"))
    return date_format(day, pgettext("date format: weekday, day, month, year", "l j F Y"))


def short_day(day: date) -> str:
    """A day without its weekday, in Stockholm: 4 February."""
    day = _local_date(day)
    return date_format(day, "MONTH_DAY_FORMAT" if _is_clear(day) else "DATE_FORMAT")


def weekday(day: date) -> str:
    """Thursday."""
    return date_format(_local_date(day), "l")


def minutes_after(start: datetime, minutes: int) -> datetime:
    """`start` plus so many minutes of real time, in UTC: Python's own sum is an hour off where the clocks change."""
    return start.astimezone(UTC) + timedelta(minutes=minutes)


def iso_clock(moment: datetime) -> str:
    """17:00, for the attribute `datetime`."""
    return timezone.localtime(moment).strftime("%H:%M")


def clock(moment: datetime | time) -> str:
    """A time of day, in Stockholm: 17.00 in Swedish, 17:00 in English."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return time_format(local, "TIME_FORMAT")


def hour(moment: datetime | time) -> str:
    """A time of day in a sentence, where a whole hour needs no minutes: 9 in Swedish, 09:00 in English."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return clock(moment) if local.minute else time_format(local, pgettext("date format: a whole hour", "H:i"))


def hours(start: datetime, minutes: int | None) -> str:
    """From when to when: 17.00–20.00. An end on another day than the start, small hours apart, says its day."""
    if minutes is None:
        return f"{clock(start)}–{NOT_YET}"
    end = minutes_after(start, minutes)
    local_start, local_end = timezone.localtime(start), timezone.localtime(end)
    same_night = local_end - local_start < timedelta(hours=12)
    if local_start.date() == local_end.date() or same_night:
        return f"{clock(start)}–{clock(end)}"
    return _("%(start)s to %(day)s %(end)s") % {"start": clock(start), "day": long_day(end), "end": clock(end)}


def small_first(words: str) -> str:
    """A heading's words inside a sentence. Only for words that are no names: of food, craft."""
    return words[:1].lower() + words[1:]


def in_time(words: str, moment: date) -> SafeString:
    """The words of a day or a moment in a <time> element, for readers who have a program read or copy them."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)


def capital_first(words: str) -> str:
    """A sentence's words as a label."""
    return words[:1].upper() + words[1:]


def _reader() -> Language | None:
    """The row of the active language."""
    return find(get_language() or "")


def language(code: str) -> str:
    """A language's name, as a list shows it: Swedish. An unknown code is returned as it is."""
    row = find(code)
    return str(row.name) if row else code


def language_in_sentence(code: str) -> str:
    """A language's name inside a sentence: arabiska in Swedish, Arabic in English."""
    name, reader = language(code), _reader()
    return small_first(name) if reader and reader.small_names else name


def enumeration(words: Iterable[str]) -> str:
    """Things in a row, as a label gives them: Swedish, Arabic."""
    *rest, last = list(words) or [""]
    if not rest:
        return last
    joined = pgettext("between things in a row", ", ").join(rest)
    return pgettext("the last of things in a row", "%(rest)s, %(last)s") % {"rest": joined, "last": last}


def sentence_list(words: Iterable[str]) -> str:
    """Things in a sentence: food, craft and music."""
    *rest, last = list(words) or [""]
    if not rest:
        return last
    joined = pgettext("between things in a row", ", ").join(rest)
    return pgettext("the last of things in a sentence", "%(rest)s and %(last)s") % {"rest": joined, "last": last}


def spoken(codes: Sequence[str]) -> str:
    """Languages in a row, as a fact: Svenska, arabiska."""
    return enumeration([*map(language, codes[:1]), *map(language_in_sentence, codes[1:])])


def a_little(codes: Sequence[str]) -> str:
    """Languages that a host knows a little of, as the end of a sentence: and a little English. Empty for none."""
    if not codes:
        return ""
    return _("and a little %(languages)s") % {"languages": sentence_list(map(language_in_sentence, codes))}


def noun_in_sentence(words: str) -> str:
    """A heading's noun inside a sentence: food, craft. German keeps its capitals."""
    reader = _reader()
    return words if reader and reader.site and reader.site.noun_capitals else small_first(words)


def nouns_in_sentence(words: Iterable[str]) -> str:
    """Headings' nouns in a row inside a sentence: milk, nuts and sesame."""
    return sentence_list(noun_in_sentence(str(word)) for word in words)
