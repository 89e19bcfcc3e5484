"""Persian and Hijri dates as Gregorian days: enough to ask a person "did you mean …?", never to store.

Sources: E. M. Reingold, N. Dershowitz, Calendrical Calculations (the arithmetical Islamic calendar; days counted from
1 January of year 1, as by `date.toordinal`), and the 33-year cycle of Persian leap years, which agrees with the
calendar of Iran and Afghanistan for the years 1244 to 1502.
"""

from datetime import date

MONTHS = range(1, 13)
# 1 Farvardin of the year 1, by the cycle; 1 Muharram of the year 1 (16 July 622, Julian).
PERSIAN_EPOCH, HIJRI_EPOCH = 226_895, 227_015


def from_persian(year: int, month: int, day: int) -> date:
    """The day of a date in the Persian (solar Hijri) calendar. Raises ValueError if there is none."""
    longest = 31 if month <= 6 else 30 if month <= 11 or _is_persian_leap(year) else 29
    _check(month, day, longest)
    leap_days = (8 * (year - 1) + 29) // 33
    return date.fromordinal(
        PERSIAN_EPOCH + 365 * (year - 1) + leap_days + 30 * (month - 1) + min(month - 1, 6) + day - 1
    )


def from_hijri(year: int, month: int, day: int) -> date:
    """The day of a date in the arithmetical Islamic calendar. Raises ValueError if there is none.

    The calendars that are used, by sight or by the tables of Umm al-Qura, may be a day away from it.
    """
    _check(month, day, 30)
    return date.fromordinal(
        HIJRI_EPOCH + 354 * (year - 1) + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2 + day - 1
    )


def _is_persian_leap(year: int) -> bool:
    return (8 * year + 29) % 33 < 8


def _check(month: int, day: int, longest: int) -> None:
    if month not in MONTHS or not 1 <= day <= longest:
        raise ValueError("no such day")
