"""Swedish words of Wagtail's admin are ours only while Wagtail lacks them, or says them wrongly."""

import gettext
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.translation import override

from core.patches.wagtail_words import MISSING, WRONG


@pytest.fixture(scope="module")
def said_by_wagtail():
    """The msgids that Wagtail's own Swedish has."""
    said = set()
    for app in apps.get_app_configs():
        if app.name.startswith("wagtail"):
            words = gettext.translation("django", Path(app.path) / "locale", ["sv"], fallback=True)
            said |= {key[0] if isinstance(key, tuple) else key for key in getattr(words, "_catalog", {})}
    return said


def test_words_that_wagtail_has_learnt_are_taken_out(said_by_wagtail):
    with override(None):
        assert said_by_wagtail & set(map(str, MISSING)) == set()


NOTHING_FOUND = (
    '</h2>\n{% if not pages %}<p>{% trans "Nothing was found. Check the spelling, or empty the search field to see the '
    'list again." %}</p>{% endif %}'
)
COPIES = {
    "wagtailadmin/chooser/_search_results.html": ("</h2>", NOTHING_FOUND),
    "wagtailadmin/home.html": ('value="Search"', "value=\"{% trans 'Search' %}\""),
    "wagtailadmin/shared/header.html": ('value="Search"', "value=\"{% trans 'Search' %}\""),
    "wagtailadmin/shared/headers/_actions.html": ('aria-label="Actions"', "aria-label=\"{% trans 'Actions' %}\""),
}


@pytest.mark.parametrize("name", COPIES)
def test_our_copies_of_wagtails_templates_differ_by_one_word_or_line(name):
    """Wagtail has it in English or not at all, outside of all blocks.

    After an upgrade: copy the template anew, or delete it.
    """
    theirs = Path(apps.get_app_config("wagtailadmin").path) / "templates" / name
    ours = Path(apps.get_app_config("core").path) / "templates" / name
    english, translated = COPIES[name]
    expected = theirs.read_text().replace(english, translated)
    assert english in theirs.read_text()
    assert lines(ours.read_text().removeprefix("{% load i18n %}\n")) == lines(expected)


def lines(template: str) -> list[str]:
    """Without their indents, which are of two spaces here."""
    return [line.strip() for line in template.splitlines()]


def test_words_that_we_correct_are_said_by_wagtail(said_by_wagtail):
    with override(None):
        assert set(map(str, WRONG)) <= said_by_wagtail
