"""No language is published with half of what the site must know of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields, replace
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.checks import Tags, run_checks
from django.db import connection
from django.test import override_settings
from django.utils.translation import to_locale

from core.languages.checks import SEARCH_CONFIGURATIONS
from core.languages.table import MAY_BE_EMPTY, ROWS, TABLE, SiteLanguage, direction, find

PROJECT = Path(__file__).resolve().parents[3]
TEXTS = [column.name for column in fields(SiteLanguage) if column.name != "noun_capitals"]
PATTERNS = ["unstemmed", "free_from", "negated", "spam", "prefix", "genitive"]
SITE_ROWS = [row for row in ROWS if row.site]
UKRAINIAN = [*settings.LANGUAGES, ("uk", "Ukrainian")]


def found():
    return [(error.id, error.msg) for error in run_checks(tags=[Tags.translation])]


def test_every_language_of_the_site_is_whole():
    assert found() == []


# --- What a language lacks is said, wherever the next command is given --------------------------------------------
@override_settings(LANGUAGES=UKRAINIAN)
def test_a_language_that_people_only_speak_is_not_published():
    assert found() == [("core.E010", "The language uk lacks site in site/core/languages/table.py.")]


@override_settings(LANGUAGES=[*settings.LANGUAGES, ("sv-simple", "Simple Swedish")])
def test_a_variant_is_not_published_by_the_row_of_its_language():
    assert found() == [("core.E010", "The language sv-simple lacks a row in site/core/languages/table.py.")]


@override_settings(LANGUAGES=UKRAINIAN)
@pytest.mark.parametrize("column", TEXTS)
def test_an_empty_column_is_named(monkeypatch, column):
    site = replace(TABLE["en"].site, **{column: type(getattr(TABLE["en"].site, column))()})
    monkeypatch.setitem(TABLE, "uk", replace(TABLE["uk"], site=site))
    said = ("core.E010", f"The language uk lacks site.{column} in site/core/languages/table.py.")
    assert (said in found()) is (column not in MAY_BE_EMPTY)


@override_settings(LANGUAGES=UKRAINIAN)
@pytest.mark.parametrize("column", sorted(set(TEXTS) - {"typed_as", "sorted_as", "synonyms"}))
def test_a_column_of_one_space_is_empty(monkeypatch, column):
    monkeypatch.setitem(TABLE, "uk", replace(TABLE["uk"], site=replace(TABLE["en"].site, **{column: " "})))
    said = ("core.E010", f"The language uk lacks site.{column} in site/core/languages/table.py.")
    assert (said in found()) is (column not in MAY_BE_EMPTY | {"thousands"})


@override_settings(LANGUAGES=UKRAINIAN)
def test_an_unknown_search_configuration_is_named(monkeypatch):
    monkeypatch.setitem(TABLE, "uk", replace(TABLE["uk"], site=replace(TABLE["en"].site, search="ukrainian")))
    said = "The language uk names a search configuration that PostgreSQL lacks: 'ukrainian'"
    assert [text.startswith(said) for code, text in found() if code == "core.E012"] == [True]


def test_no_row_can_leave_out_a_column():
    columns = {column.name: "" for column in fields(SiteLanguage)}
    for name in columns:
        with pytest.raises(TypeError, match=name):
            SiteLanguage(**{other: value for other, value in columns.items() if other != name})


@override_settings(LANGUAGES=UKRAINIAN)
def test_a_language_without_a_format_module_is_named(monkeypatch):
    """Django knows Ukrainian: it would write 4 лютого 2027 р."""
    monkeypatch.setitem(TABLE, "uk", replace(TABLE["uk"], site=TABLE["en"].site))
    assert [code for code, _ in found()] == ["core.E011"]


@override_settings(WAGTAILADMIN_PERMITTED_LANGUAGES=[("sv", "Svenska"), ("fr", "Français")])
def test_the_admin_needs_words_for_dates():
    assert found() == [("core.E010", "The language fr lacks dates in site/core/languages/table.py.")]


@pytest.mark.parametrize(("code", "lacks"), [("uk", "site"), ("fi", "a row"), ("xx", "a row")])
def test_no_command_begins_with_half_a_language(tmp_path, code, lacks):
    """LANGUAGES as base.py makes it: a code without a row raises no KeyError there."""
    languages = f"names('sv', 'en', 'ar', {code!r})\nWAGTAILADMIN_PERMITTED_LANGUAGES = own_titles('sv', {code!r})"
    (tmp_path / "four.py").write_text(
        "from config.settings.test import *\nfrom core.languages.table import names, own_titles\n"
        f"LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = {languages}\n"
    )
    path = os.pathsep.join([*sys.path, str(tmp_path)])
    done = subprocess.run(
        [sys.executable, PROJECT / "manage.py", "check"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "four", "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert f"(core.E010) The language {code} lacks {lacks} in site/core/languages/table.py." in done.stderr


# --- What the columns hold is right -------------------------------------------------------------------------------
@pytest.mark.parametrize("row", SITE_ROWS, ids=lambda row: row.code)
def test_the_catalogues_count_as_the_table_does(row):
    folder = PROJECT / "locale" / to_locale(row.code) / "LC_MESSAGES"
    plurals = {file.name: polib.pofile(str(file)).metadata["Plural-Forms"] for file in folder.glob("*.po")}
    assert set(plurals.values()) <= {row.site.plural}
    # Msgids are English.
    assert ("django.po" in plurals) is (row.code in dict(settings.LANGUAGES) and row.code != "en")


@pytest.mark.django_db
def test_postgresql_has_the_search_configurations():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cfgname FROM pg_ts_config")
        known = {name for (name,) in cursor.fetchall()}
    assert known >= SEARCH_CONFIGURATIONS >= {row.site.search for row in SITE_ROWS}


@pytest.mark.parametrize("row", SITE_ROWS, ids=lambda row: row.code)
def test_patterns_are_patterns_and_letters_are_letters(row):
    for column in PATTERNS:
        assert not re.compile(getattr(row.site, column)).search("Xyz") or column in MAY_BE_EMPTY
    assert {len(letter) for pair in row.site.sorted_as.items() for letter in pair} == {1}
    assert {len(letter) for letter in row.site.typed_as} <= {1}


def test_dates_have_twelve_months_and_seven_weekdays():
    counted = [(len(row.dates.months.split(", ")), len(row.dates.weekdays.split(", "))) for row in ROWS if row.dates]
    assert set(counted) == {(12, 7)}


def test_each_code_has_one_row():
    assert len(TABLE) == len(ROWS)


# --- What its own name says of a language -------------------------------------------------------------------------
def test_the_direction_is_that_of_its_script():
    right_to_left = {row.code for row in ROWS if row.direction == "rtl"}
    assert right_to_left == set(settings.LANGUAGES_BIDI)
    assert {"ar", "ckb", "fa", "prs", "ps", "ur"} <= right_to_left
    known = {row.code: LANG_INFO[row.code]["bidi"] for row in ROWS if "bidi" in LANG_INFO.get(row.code, {})}
    assert {code for code, bidi in known.items() if bidi} == right_to_left & set(known)


def test_names_of_languages_are_small_where_its_own_is():
    """Swedish does, German does not; a script without capitals has nothing small."""
    small, not_small = {"bs", "es", "fr", "kmr", "pl", "ru", "sv", "uk"}, {"en", "de", "so", "ar", "ti", "fa"}
    assert {code for code in small | not_small if TABLE[code].small_names} == small


def test_a_variant_is_written_as_its_language():
    assert find("ar-SY") is TABLE["ar"]
    assert direction("fa-AF") == "rtl"
    assert (find("xx"), direction("xx")) == (None, "ltr")


def test_its_own_name_has_a_capital_where_it_stands_alone():
    assert [TABLE[code].own_title for code in ("sv", "en", "ar")] == ["Svenska", "English", "العربية"]
