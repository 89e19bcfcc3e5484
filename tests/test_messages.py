"""Every word of the interface, in every language that we ship."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings

PROJECT = Path(__file__).resolve().parents[1]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


def catalogue(code):
    return polib.pofile(str(PROJECT / "locale" / code / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_missing_and_nothing_is_guessed(code):
    entries = catalogue(code)
    assert [entry.msgid for entry in entries.untranslated_entries()] == []
    assert [entry.msgid for entry in entries.fuzzy_entries()] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_translation_keeps_its_placeholders(code):
    """A plural form may say its number in a word; nothing may name a placeholder that the code does not give."""
    wrong = []
    for entry in catalogue(code):
        known = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
        forms = [set(PLACEHOLDER.findall(words)) for words in [entry.msgstr, *entry.msgstr_plural.values()] if words]
        if any(form - known for form in forms) or (entry.msgstr and known not in forms):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_digits_are_western(code):
    words = " ".join(entry.msgstr + " ".join(entry.msgstr_plural.values()) for entry in catalogue(code))
    assert re.findall(r"[٠-٩۰-۹]", words) == []


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext is not installed: new words are not looked for")
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_in_code_and_templates_is_in_the_catalogue(code, tmp_path):
    copy = tmp_path / "house"
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout
    for name in files.splitlines():
        if name.endswith((".py", ".html", ".txt")) and (PROJECT / name).exists() and not name.startswith("tests/"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(PROJECT / name, copy / name)
    (copy / "locale" / code / "LC_MESSAGES").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", code, "--no-location"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    fresh = polib.pofile(str(copy / "locale" / code / "LC_MESSAGES" / "django.po"))
    have = {(entry.msgctxt, entry.msgid) for entry in catalogue(code)}
    assert sorted({(e.msgctxt or "", e.msgid) for e in fresh} - {(c or "", m) for c, m in have}) == []
