"""Days and times as people write them: understood, or refused with words that say how to write it. Never changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from core.languages import written_dates
from core.languages.folding import folded
from core.languages.table import ROWS, TABLE
from core.languages.written_dates import read_date, read_datetime, read_time

CHRISTMAS = date(2026, 12, 24)
TWELFTH = datetime(2026, 12, 12, 14)


@pytest.fixture
def november(monkeypatch):
    monkeypatch.setattr(written_dates.timezone, "localdate", lambda: date(2026, 11, 30))


def code(read, text):
    with pytest.raises(ValidationError) as refused:
        read(text)
    return refused.value.code


@pytest.mark.parametrize(
    "written",
    [
        *("2026-12-24", "2026/12/24", "2026.12.24", "20261224", "24/12/2026", "24/12 2026", "24.12.2026", "24-12-2026"),
        *("12/24/2026", "24 dec 2026", "24 dec. 2026", "24 december 2026", "24 DECEMBER 2026", "24-dec-2026"),
        *("24:e december 2026", "24th December 2026", "24th of December 2026", "December 24, 2026", "Dec 24 2026"),
        *(" 24.12. 2026 ", "2026–12–24", "\u200e2026-12-24\u200f", "24\N{NO-BREAK SPACE}dec\N{NO-BREAK SPACE}2026"),
        *("٢٠٢٦-١٢-٢٤",),
    ],
)
def test_a_day_is_understood(written):
    assert read_date(written) == CHRISTMAS


@pytest.mark.parametrize(("month", "number"), [("maj", 5), ("okt", 10), ("mars", 3), ("May", 5), ("oct", 10)])
def test_months_have_swedish_and_english_names(month, number):
    assert read_date(f"1 {month} 2027") == date(2027, number, 1)


@pytest.mark.parametrize(
    "written",
    [
        *("24 ديسمبر 2026", "٢٤ ديسمبر ٢٠٢٦", "24 كانون الأول 2026", "24 كانون الاول، 2026م", "24 دجنبر 2026"),
        *("الخميس 24 ديسمبر 2026", "يوم الخميس، 24 من ديسمبر 2026", "في يوم الخميس الموافق 24 ديسمبر 2026"),
        *("24. Dezember 2026", "Donnerstag, den 24. Dez. 2026", "24 грудня 2026 року", "у четвер 24 грудня 2026 р."),
        *("۲۴ دسامبر ۲۰۲۶", "پنج‌شنبه ۲۴ دسامبر ۲۰۲۶", "24 دسمبر 2026"),
    ],
)
def test_a_day_in_the_words_of_another_language_is_understood(written):
    assert read_date(written) == CHRISTMAS


@pytest.mark.parametrize("code", [row.code for row in ROWS if row.dates])
def test_every_language_names_twelve_months_and_seven_days(code):
    words = TABLE[code].dates
    counts = {name: len(getattr(words, name).split(", ")) for name in ("months", "weekdays", "persian", "hijri")}
    assert counts["months"] == 12
    assert counts["weekdays"] == 7
    assert {counts["persian"], counts["hijri"]} <= {1, 12}


@pytest.mark.parametrize("column", ["months", "weekdays", "persian", "hijri"])
def test_no_name_means_two_things(column):
    numbers: dict[str, set[int]] = {}
    for row in ROWS:
        for number, names in enumerate(getattr(row.dates, column).split(", ") if row.dates else []):
            for name in names.split():
                numbers.setdefault(folded(name), set()).add(number)
    assert [name for name, meant in numbers.items() if len(meant) > 1] == []


@pytest.mark.parametrize("written", ["3/4/2026", "3/4 2026", "03.04.2026", "3-4-2026"])
def test_what_can_be_two_days_is_refused_with_both(written):
    with pytest.raises(ValidationError) as refused:
        read_date(written)
    assert refused.value.code == "ambiguous"
    assert refused.value.messages == ["Det kan vara två dagar. Skriv 2026-04-03 eller 2026-03-04."]


def test_the_same_number_twice_is_one_day():
    assert read_date("4/4/2026") == date(2026, 4, 4)


def test_or_read_with_the_day_first_where_a_field_says_so():
    assert read_date("3/4/2026", day_first=True) == date(2026, 4, 3)


@pytest.mark.parametrize("written", ["9999-12-31", "31 dec 1999", "0001-01-01", "2206-05-01", "1726-01-01"])
def test_an_unlikely_year_is_asked_about(written):
    assert code(read_date, written) == "year"
    assert code(read_datetime, f"{written} 14:00") == "year"


@pytest.mark.parametrize(
    ("written", "question"),
    [
        ("1405-11-15", "Menade du 4 februari 2027? Skriv då 2027-02-04."),
        ("15/11 1405", "Menade du 4 februari 2027? Skriv då 2027-02-04."),
        ("۱۴۰۵-۱۱-۱۵", "Menade du 4 februari 2027? Skriv då 2027-02-04."),
        ("1406-02-31", "Menade du 21 maj 2027? Skriv då 2027-05-21."),
        ("21 آذر 1405", "Menade du 12 december 2026? Skriv då 2026-12-12."),
        ("۲۱ آذر ۱۴۰۵", "Menade du 12 december 2026? Skriv då 2026-12-12."),
        ("21 آذار 1405", "Menade du 12 december 2026? Skriv då 2026-12-12."),
        ("۲۱ قوس ۱۴۰۵", "Menade du 12 december 2026? Skriv då 2026-12-12."),
        (
            "27 شعبان 1448 هـ",
            "Menade du 5 februari 2027, eller dagen före eller efter? Skriv då den rätta, till exempel 2027-02-05.",
        ),
        (
            "1448-08-27",
            "Menade du 5 februari 2027, eller dagen före eller efter? Skriv då den rätta, till exempel 2027-02-05.",
        ),
    ],
)
def test_a_persian_or_hijri_date_is_asked_about_with_the_day_that_it_means(written, question):
    for read, text in ((read_date, written), (read_datetime, f"{written} 14:00")):
        with pytest.raises(ValidationError) as refused:
            read(text)
        assert (refused.value.code, refused.value.messages) == ("other_calendar", [question])


def test_the_levantine_march_is_no_persian_month_in_a_likely_year():
    assert read_date("21 آذار 2027") == date(2027, 3, 21)
    assert code(read_date, "21 آذر 2027") == "invalid"


def test_a_month_that_is_named_belongs_to_its_own_calendar():
    assert code(read_date, "12 december 1405") == "year"


@pytest.mark.usefixtures("november")
@pytest.mark.parametrize(
    ("written", "iso"),
    [
        *(("24/12/26", "2026-12-24"), ("24.12.26", "2026-12-24"), ("26-12-24", "2026-12-24")),
        *(("24 dec 26", "2026-12-24"), ("tors 24 dec 26", "2026-12-24"), ("Dec 24, 26", "2026-12-24")),
        *(("٢٤/١٢/٢٦", "2026-12-24"), ("4.2.27", "2027-02-04"), ("12/12/26", "2026-12-12")),
    ],
)
def test_a_year_of_two_digits_is_asked_about_with_the_day_that_it_means(written, iso):
    with pytest.raises(ValidationError) as refused:
        read_date(written, day_first=True)
    assert refused.value.code == "short_year"
    assert refused.value.messages[0].endswith(f"? Skriv då {iso}.")


@pytest.mark.usefixtures("november")
@pytest.mark.parametrize(
    ("written", "first"),
    [("3/4/27", "Det kan vara två dagar. Skriv 2027-04-03 eller 2027-03-04."), ("26-12-27", "Det kan vara två dagar.")],
)
def test_a_year_of_two_digits_that_can_be_two_days_is_asked_about_with_both(written, first):
    with pytest.raises(ValidationError) as refused:
        read_date(written)
    assert refused.value.code == "ambiguous"
    assert refused.value.messages[0].startswith(first)


@pytest.mark.parametrize(
    "written",
    [
        *("lördag", "2026-13-01", "2026-02-30", "31/31/2026", "0/0/2026", "imorgon"),
        *("2026-12-123", "202612", "2026-12-24 14:00", "x", "NaN", "-", "24 foo 2026"),
    ],
)
def test_anything_else_is_no_day(written):
    assert code(read_date, written) == "invalid"


@pytest.mark.parametrize(
    "written", ["12/12", "24 dec", "24/12 kl 9", "24 dec 14", "24/12 09", "den 24 december", "dec 24", "24.12"]
)
def test_a_day_without_its_year_is_told_what_is_missing(written):
    assert code(read_date, written) == "no_year"
    assert code(read_datetime, written) == "no_year"


@pytest.mark.parametrize(
    "written",
    ["torsdag 24 december 2026", "tors 24 dec 2026", "på torsdag den 24 december 2026", "Thursday, December 24, 2026"],
)
def test_a_weekday_may_come_before_the_day(written):
    assert read_date(written) == CHRISTMAS


def test_a_weekday_that_is_not_that_day_s_is_asked_about():
    assert code(read_date, "fredag 24 december 2026") == "weekday"


@pytest.mark.parametrize(
    "written",
    [
        *("den 12 december 2026 kl 14", "lördag 12 december 2026 kl 14", "lör 12/12 2026 14.00"),
        *("2026-12-12 14:00", "2026-12-12T14:00", "2026-12-12T14:00:00", "2026-12-12 14.00", "2026-12-12 14"),
        *("12/12/2026 14:00", "12/12 2026 14:00", "12.12.2026 14:00", "12 dec 2026 14:00", "12 dec 2026 kl 14"),
        *("12 dec 2026 kl. 14.00", "12 december 2026 klockan 14", "20261212 14:00", "20261212 1400", "20261212T1400"),
        *("12 Dec 2026, 2 pm", "December 12, 2026 at 2:00 p.m.", "2026-12-12, kl 14"),
    ],
)
def test_a_day_and_its_time_are_understood(written):
    assert read_datetime(written) == TWELFTH


def test_an_offset_is_kept():
    assert read_datetime("2026-12-12T14:00:00Z") == TWELFTH.replace(tzinfo=UTC)


@pytest.mark.parametrize("written", ["2026-12-12", "20261212", "12 dec 2026"])
def test_a_day_without_its_time_is_not_midnight(written):
    assert code(read_datetime, written) == "no_time"


@pytest.mark.parametrize(
    "written", ["2026-12-12 25:00", "2026-12-12 14:60", "2026-12-12 kväll", "14:00", "2026-12-12 140"]
)
def test_anything_else_is_no_time(written):
    assert code(read_datetime, written) == "invalid"


@pytest.mark.parametrize(
    "written", ["14:00", "14.00", "14", "1400", "kl 14", "kl. 14", "Klockan 14.00", "2 pm", "2:00 PM"]
)
def test_a_time_is_understood(written):
    assert read_time(written) == time(14)


@pytest.mark.parametrize("written", ["24:00", "14:5", "140", "13 pm", "0 am", "fjorton", "14:00 2026", "2.5"])
def test_anything_else_is_no_time_of_day(written):
    assert code(read_time, written) == "invalid"
