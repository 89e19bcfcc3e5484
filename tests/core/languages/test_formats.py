"""Days, times and numbers in each language. Digits are Western everywhere."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.conf import settings
from django.template import Context, Template
from django.utils import formats
from django.utils.translation import override

from core.languages import display

EASTERN_DIGITS = re.compile("[٠-٩۰-۹]")
DAY = date(2027, 2, 4)


@pytest.mark.parametrize(
    ("code", "day", "clock", "number", "fraction"),
    [
        ("sv", "torsdag 4 februari 2027", "17.05", "2\N{NO-BREAK SPACE}800", "2\N{NO-BREAK SPACE}800,5"),
        ("en", "Thursday 4 February 2027", "17:05", "2,800", "2,800.5"),
        ("ar", "الخميس 4 فبراير 2027", "17:05", "2,800", "2,800.5"),
    ],
)
def test_each_language_writes_as_its_readers_do(code, day, clock, number, fraction):
    with override(code):
        assert formats.date_format(DAY, "l j F Y") == day
        assert formats.date_format(DAY) == day.split(" ", 1)[1]
        assert formats.time_format(time(17, 5)) == clock
        assert formats.number_format(2800, force_grouping=True) == number
        assert formats.number_format(2800.5, force_grouping=True) == fraction
        assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_no_digit_is_eastern(code):
    template = Template(
        "{% load l10n %}{{ day }} {{ day|date:'l j F Y' }} {{ number }} {{ number|localize }} {{ fraction }} "
        "{{ now|time }} {{ number|floatformat:'1g' }}"
    )
    with override(code):
        text = template.render(Context({"day": DAY, "number": 2345678901, "fraction": 1.5, "now": time(23, 59)}))
        text += " ".join(formats.date_format(date(2027, month, 28), "l j F Y") for month in range(1, 13))
        text += display.kronor(2800) + display.duration(95) + display.long_day(DAY)
    assert re.search(r"\d", text)
    assert not EASTERN_DIGITS.search(text)


def test_arabic_months_are_those_of_djangos_catalogue():
    with override("ar"):
        months = [formats.date_format(date(2027, month, 1), "F") for month in range(1, 13)]
    assert months[:3] == ["يناير", "فبراير", "مارس"]
    assert len(set(months)) == 12


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_what_a_browser_sends_is_understood(code):
    from django import forms

    with override(code):
        assert forms.DateField().clean("2027-02-04") == DAY
        assert forms.TimeField().clean("17:05") == time(17, 5)
        assert forms.DateTimeField().clean("2027-02-04T17:05").hour == 17


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_numbers_in_attributes_have_no_separators(code):
    with override(code):
        assert Template("{{ year }}").render(Context({"year": 2027})) == "2027"
