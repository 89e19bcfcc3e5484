"""A number as people write it: understood, or None. Never one of several, never a part of one."""

from __future__ import annotations

import pytest

from core.languages.written_numbers import prices_in, read_number


@pytest.mark.parametrize(
    "written",
    ["24", "24 elever", "24st", "ca 24", "ca.24", "~24", "vi är 24.", "٢٤", "۲۴ نفر", "٢٤ طالبًا", "\u200f24", "024"],
)
def test_the_one_number_among_words_is_read(written):
    assert read_number(written) == 24


@pytest.mark.parametrize(
    "written", ["10-12", "10–12", "10 - 12 elever", "10 till 12", "10 to 12", "١٠-١٢", "من 10 إلى 12", "ca 10—12"]
)
def test_a_range_is_its_higher_number_where_a_field_says_so(written):
    assert read_number(written, highest=True) == 12
    assert read_number(written) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "elva",
        "-3",
        "+3",
        "2.5",
        "2,5",
        "1/2",
        "½",
        "²",
        "14:30",
        "24 elever och 2 lärare",
        "2026-12-12",
        "1 000",
        "<i>",
    ],
)
def test_anything_else_is_no_number(written):
    assert read_number(written) is None
    assert read_number(written, highest=True) is None


def test_a_number_without_end_is_a_large_one():
    assert read_number("9" * 5000) == read_number("9" * 30) == 10**9


@pytest.mark.parametrize(
    ("text", "prices"),
    [
        ("Tre timmar, 450 kr per person.", [450]),
        ("En och en halv timme, 2 800 kr per grupp.", [2800]),
        ("2\u00a0800 kronor, barn 150 kr", [2800, 150]),
        ("An hour and a half, 2,800 kr per group", [2800]),
        ("2,800 كرونة للمجموعة", [2800]),
        ("٤٥٠ كرونة", [450]),
        ("4–12 gäster, tre timmar, år 1999", []),
        ("450 kroppar", []),
    ],
)
def test_the_prices_in_a_text_are_found(text, prices):
    assert prices_in(text) == prices
