"""The date by which we answer, around Swedish weekends, holidays and summer time."""

import os
import subprocess
import sys
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django.utils import translation

from core.models import SiteSettings
from experiences.enquiries.promise import STOCKHOLM, answer_due, default_site_settings, due_in_words, is_working_day

TWO_DAYS = SimpleNamespace(answer_days=2, closes=time(16))


def due(text: str, promise=TWO_DAYS) -> str:
    came_in = datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)
    return answer_due(came_in, promise).astimezone(STOCKHOLM).strftime("%a %d %b %H:%M")


@pytest.mark.parametrize(
    ("came_in", "answered_by", "because"),
    [
        ("2026-11-24 10:00", "Thu 26 Nov 16:00", "two ordinary working days"),
        ("2026-11-24 22:30", "Thu 26 Nov 16:00", "an evening counts as its day"),
        ("2026-11-24 23:59", "Thu 26 Nov 16:00", "so does its last minute"),
        ("2026-11-25 00:00", "Fri 27 Nov 16:00", "and midnight begins the next"),
        ("2026-11-26 09:00", "Mon 30 Nov 16:00", "a weekend lies between"),
        ("2026-11-28 12:00", "Tue 01 Dec 16:00", "Saturday waits for Monday"),
        ("2026-12-23 08:00", "Tue 29 Dec 16:00", "Christmas Eve to Boxing Day and a Sunday"),
        ("2026-12-30 15:00", "Tue 05 Jan 16:00", "New Year's Eve and Day and a weekend"),
        ("2027-01-05 09:00", "Fri 08 Jan 16:00", "Epiphany"),
        ("2027-03-25 09:00", "Wed 31 Mar 16:00", "Easter, and summer time begins meanwhile"),
        ("2026-06-17 09:00", "Mon 22 Jun 16:00", "Midsummer's Eve"),
        ("2026-10-23 17:00", "Tue 27 Oct 16:00", "summer time ends meanwhile"),
    ],
)
def test_an_answer_is_due_on_the_second_working_day_after(came_in, answered_by, because):
    assert due(came_in) == answered_by, because


def test_the_day_is_the_one_in_stockholm():
    """23:30 UTC on a Tuesday in November is Wednesday in Växjö."""
    came_in = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert answer_due(came_in, TWO_DAYS) == datetime(2026, 11, 27, 15, tzinfo=UTC)


def test_closing_time_is_local_time_in_winter_and_summer():
    winter = answer_due(datetime(2026, 11, 24, 9, tzinfo=UTC), TWO_DAYS)
    summer = answer_due(datetime(2026, 7, 7, 9, tzinfo=UTC), TWO_DAYS)
    assert (winter.hour, summer.hour) == (15, 14)


def test_the_settings_decide_days_and_hour():
    assert due("2026-11-24 10:00", SimpleNamespace(answer_days=3, closes=time(15, 30))) == "Fri 27 Nov 15:30"


def test_the_defaults_are_four_o_clock_and_at_least_one_day():
    assert due("2026-11-24 10:00", SimpleNamespace(answer_days=0, closes=None)) == "Wed 25 Nov 16:00"


@pytest.mark.parametrize("eve", [date(2026, 6, 19), date(2026, 12, 24), date(2026, 12, 31)])
def test_the_three_eves_are_no_working_days(eve):
    assert not is_working_day(eve)


def test_a_holiday_of_another_year_is_known(db):
    assert not is_working_day(date(2031, 5, 1))
    assert is_working_day(date(2031, 5, 2))


def test_days_and_closing_time_are_those_of_the_default_site(home):
    SiteSettings.objects.update(answer_days=4, closes=time(15))
    assert (default_site_settings().answer_days, default_site_settings().closes) == (4, time(15))


def test_without_stored_settings_the_defaults_apply(home):
    SiteSettings.objects.all().delete()
    assert default_site_settings().answer_days == 2


def test_the_date_in_words_has_weekday_day_and_hour():
    moment = datetime(2026, 11, 26, 15, tzinfo=UTC)
    with translation.override("en"):
        assert due_in_words(moment) == "Thursday 26 November at 16:00"
    with translation.override("sv"):
        assert "torsdag 26 november" in due_in_words(moment)
    with translation.override("ar"):
        words = due_in_words(moment)
    assert "الخميس" in words
    assert "26" in words, "digits are Western"


WHOLE_LIBRARY = """
import holidays
def days_off(year):
    categories = (holidays.PUBLIC, holidays.DE_FACTO)
    return holidays.country_holidays("SE", years=year, expand=False, categories=categories, include_sundays=False)
"""
OURS = """
import django
django.setup()
from experiences.enquiries.promise import days_off
"""
DAYS = "\nprint(*sorted(map(str, [*days_off(2027), *days_off(2032)])))"
COUNTRIES = "\nimport sys; print(sum(name.startswith('holidays.countries.') for name in sys.modules))"


def test_sweden_alone_is_loaded_and_its_days_are_the_librarys():
    """In processes of their own, as other tests load all countries."""
    days, loaded = said_by(OURS + DAYS + COUNTRIES)
    assert [days] == said_by(WHOLE_LIBRARY + DAYS)
    assert loaded == "1"


def said_by(code: str) -> list[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    said = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    return said.stdout.splitlines()
