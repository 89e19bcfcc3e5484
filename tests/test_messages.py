"""Every word of the interface, in every language that we ship."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as translate
from django.utils.translation import override
from django.views.i18n import JSONCatalog

PROJECT = Path(__file__).resolve().parents[1]
LANGUAGES = [code for code, _ in settings.LANGUAGES if code != "en"]
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

ARABIC = re.compile("[\u0621-\u064a]")
THE_SAME_IN_SWEDISH = {
    "App",
    "Beige",
    "Permanent",
    "%(amount)s kr",
    "%(people)s person",
    "Dari",
    "Film",
    "Kronor",
    "Lupin",
    "Pashto",
    "Press",
    "Start",
    "Status",
    "Swahili",
    "Text",
    "Urdu",
    "%(minutes)s min",
    "per person",
    "start",
    "text",
}

# Of several words, or written by a script of Wagtail's.
PUT_TOGETHER = {
    ("Lägg till ett block", "Insert a block"),
    ("Lägg till datum", "Add date"),
    ("Lägg till …", "Add …"),
    ("Skicka till granskning", "Submit to granskning"),
    ("Publicera: Arabiska", "Publish in Arabic"),
}


def has_words(entry):
    """Not only placeholders, commas and colons, and no date format."""
    return bool(PLACEHOLDER.sub("", entry.msgid).strip(" ,:")) and not (entry.msgctxt or "").startswith("date format")


def forms(entry):
    """The words of an entry, once for each plural form."""
    return list(entry.msgstr_plural.values()) or [entry.msgstr]


def catalogue(code, domain="django"):
    return polib.pofile(str(PROJECT / "locale" / code / "LC_MESSAGES" / f"{domain}.po"))


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
        named = [set(PLACEHOLDER.findall(words)) for words in forms(entry)]
        if any(form - known for form in named) or (entry.msgstr and known not in named):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_digits_are_western(code):
    words = " ".join(entry.msgstr + " ".join(entry.msgstr_plural.values()) for entry in catalogue(code))
    assert re.findall(r"[٠-٩۰-۹]", words) == []


def test_nothing_is_left_in_english():
    """Arabic is written in its own letters; a Swedish word may be the English one only where it is the same word."""
    assert [e.msgid for e in catalogue("ar") if has_words(e) and not all(map(ARABIC.search, forms(e)))] == []
    same = {entry.msgid for entry in catalogue("sv") if has_words(entry) and entry.msgid in forms(entry)}
    assert same - THE_SAME_IN_SWEDISH == set()


def test_the_scripts_of_the_admin_speak_our_swedish(rf):
    """They read Wagtail's and wagtail-localize's catalogues, with ours over them; each of ours is one of theirs."""
    ours = {entry.msgid: entry for entry in catalogue("sv", "djangojs")}
    packages = {"wagtail_localize": "wagtail_localize", "wagtailadmin": "wagtail.admin"}
    theirs = {
        entry.msgid
        for label in packages
        for entry in polib.pofile(
            str(Path(apps.get_app_config(label).path) / "locale" / "en" / "LC_MESSAGES" / "djangojs.po")
        )
    }
    assert set(ours) <= theirs
    for package in packages.values():
        with override("sv"):
            answer = JSONCatalog.as_view(packages=[package])(rf.get("/"))
        said = json.loads(answer.content)["catalog"]
        expected = {msgid: forms(entry) if entry.msgid_plural else entry.msgstr for msgid, entry in ours.items()}
        assert {english: said[english] for english in ours} == expected
        assert said["Publish in "] + "Arabiska" == "Publicera: Arabiska"


@pytest.mark.parametrize("code", ["en", *LANGUAGES])
def test_the_pages_quote_the_form_by_its_own_words(code):
    """The page on gifts says which answer to choose, the page on booking which experience."""
    words = {} if code == "en" else {entry.msgid: entry.msgstr for entry in catalogue(code)}
    pages = PROJECT / "demo" / "content" / code / "pages"
    for file, msgid in (("gifts.toml", "It’s a gift"), ("how-it-works.toml", "Help me choose")):
        assert words.get(msgid, msgid) in (pages / file).read_text()


def said_in_swedish(english):
    """What the admin says for it: in whatever context, and as a name of a field that it begins with a capital."""
    ours = {entry.msgstr for entry in catalogue("sv") if entry.msgid == english}
    with override("sv"):
        return ours | {translate(english), translate(english[0].lower() + english[1:])}


@pytest.mark.parametrize(("guide", "put_together"), [("editors", PUT_TOGETHER), ("staff", set())])
def test_the_guides_name_buttons_as_the_admin_does(guide, put_together):
    """*Spara utkast* (Save draft): what stands in the admin in Swedish and in English."""
    text = re.sub(r"\s+", " ", (PROJECT / "docs" / f"{guide}.md").read_text())
    named = set(re.findall(r"\*([^*]+)\* \(([^)]+)\)", text)) - {("Swedish", "English")}
    assert len(named) > 50
    wrong = {pair for pair in named if pair[0].lower() not in {words.lower() for words in said_in_swedish(pair[1])}}
    assert wrong == put_together


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
        # Without our settings: the copy is read as text, not run.
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    fresh = polib.pofile(str(copy / "locale" / code / "LC_MESSAGES" / "django.po"))
    have = {(entry.msgctxt, entry.msgid) for entry in catalogue(code)}
    assert sorted({(e.msgctxt or "", e.msgid) for e in fresh} - {(c or "", m) for c, m in have}) == []


# Word for word from Swedish, or a second word for what already has one: what a reader of English stumbles over.
NOT_ENGLISH = re.compile(
    r"(?<![-\w])(a mail|mails|mailed|anew|by agreement|call(ed)? it off|given back|bound (yourself|itself)|know-how"
    r"|nobody's|proposal|set free|stands here)\b",
    re.IGNORECASE,
)


def test_a_reader_of_english_meets_english():
    """Every msgid of ours and the English pages of the demo. What `wagtail_words` holds is Wagtail's own."""
    ours = [e for e in catalogue("sv") if not any("wagtail_words" in file for file, _ in e.occurrences)]
    pages = [file.read_text() for file in sorted((PROJECT / "demo" / "content" / "en").rglob("*.toml"))]
    said = [*(text for e in ours for text in (e.msgid, e.msgid_plural)), *pages]
    assert [found.group() for text in said for found in NOT_ENGLISH.finditer(text)] == []
