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


def test_words_that_we_correct_are_said_by_wagtail(said_by_wagtail):
    with override(None):
        assert set(map(str, WRONG)) <= said_by_wagtail
