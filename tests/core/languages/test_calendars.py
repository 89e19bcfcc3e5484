"""Persian and Hijri dates, compared with tables that others keep."""

from __future__ import annotations

from datetime import date

import pytest
from holidays.calendars.persian import _Persian

from core.languages.calendars import from_hijri, from_persian

PUBLISHED = _Persian()


def test_persian_dates_are_those_of_the_published_calendar():
    for year in range(1379, 1438):
        for month, day in ((1, 1), (6, 31), (7, 1), (11, 15), (12, 29)):
            assert from_persian(year, month, day) == PUBLISHED.persian_to_gregorian(year + 621, month, day)


@pytest.mark.parametrize(
    ("hijri", "seen"),
    # As celebrated in Saudi Arabia (Umm al-Qura).
    [((1446, 9, 1), date(2025, 3, 1)), ((1447, 10, 1), date(2026, 3, 20)), ((1448, 1, 1), date(2026, 6, 16))],
)
def test_hijri_dates_are_at_most_a_day_from_what_is_celebrated(hijri, seen):
    assert abs(from_hijri(*hijri) - seen).days <= 1


@pytest.mark.parametrize("convert", [from_persian, from_hijri])
@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (1, 0), (7, 31)])
def test_there_is_no_such_day(convert, month, day):
    with pytest.raises(ValueError, match="no such day"):
        convert(1405, month, day)


def test_the_last_day_of_esfand_is_one_of_a_leap_year():
    assert from_persian(1403, 12, 30) == date(2025, 3, 20)
    with pytest.raises(ValueError, match="no such day"):
        from_persian(1405, 12, 30)
