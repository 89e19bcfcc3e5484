"""The interface's words reach a reader without gettext's tools, from whatever command comes first."""

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from core.languages import catalogues

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Bread"
msgstr "Bröd"

msgid "%(count)s guest"
msgid_plural "%(count)s guests"
msgstr[0] "%(count)s gäst"
msgstr[1] "%(count)s gäster"

#, fuzzy
msgid "Yeast"
msgstr "Mjöl"
"""


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    file = tmp_path / "sv" / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    file.write_text(CATALOGUE)
    return file


def words(catalogue: Path) -> gettext.GNUTranslations:
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def test_words_and_plurals_are_compiled_and_guesses_are_not(catalogue: Path, tmp_path: Path) -> None:
    assert catalogues.compile_stale([tmp_path]) == [catalogue]
    found = words(catalogue)
    assert found.gettext("Bread") == "Bröd"
    assert found.ngettext("%(count)s guest", "%(count)s guests", 2) == "%(count)s gäster"
    assert found.gettext("Yeast") == "Yeast"


def test_the_command_that_compiles_them_already_says_them(catalogue: Path, tmp_path: Path) -> None:
    (tmp_path / "bakery.py").write_text(f"from config.settings.test import *\nLOCALE_PATHS = [{str(tmp_path)!r}]\n")
    code = "import django; django.setup(); from django.utils.translation import gettext; print(gettext('Bread'))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "bakery",
            "PYTHONPATH": os.pathsep.join([*sys.path, str(tmp_path)]),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "Bröd\n", done.stderr


def test_what_is_compiled_is_left_alone(catalogue: Path, tmp_path: Path) -> None:
    catalogues.compile_stale([tmp_path])
    assert catalogues.compile_stale([tmp_path]) == []


@pytest.mark.parametrize("seconds", [5, -5])
def test_another_version_is_compiled_be_it_newer_or_older(catalogue: Path, tmp_path: Path, seconds: int) -> None:
    catalogues.compile_stale([tmp_path])
    before = catalogue.stat().st_mtime
    catalogue.write_text(CATALOGUE.replace("Bröd", "Limpa"))
    os.utime(catalogue, (before + seconds, before + seconds))
    assert catalogues.compile_stale([tmp_path]) == [catalogue]
    assert words(catalogue).gettext("Bread") == "Limpa"


def test_a_broken_catalogue_is_logged_and_keeps_its_words(
    catalogue: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    catalogues.compile_stale([tmp_path])
    catalogue.write_text(CATALOGUE + "\nBread without a keyword\n")
    os.utime(catalogue, (1, 1))
    assert catalogues.compile_stale([tmp_path]) == []
    assert str(catalogue) in caplog.text
    assert words(catalogue).gettext("Bread") == "Bröd"
    assert [file.name for file in catalogue.parent.iterdir() if file.name.startswith(".")] == []
