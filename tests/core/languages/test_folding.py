"""What counts as the same word in a search, in Python and in PostgreSQL alike."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from core.languages.folding import cleaned, contains, folded, folded_columns, prefix_query
from experiences.models import Skill
from tests.factories import SkillFactory, swedish

# PostgreSQL has no NUL and no surrogates.
EVERY = [chr(code) for code in range(1, sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
TYPED_OTHERWISE = [
    ("Bröd", "brod"),
    ("Sofía", "sofia"),
    ("أهلًا", "اهلا"),
    ("Øl", "ol"),
    ("CAFÉ", "cafe"),
    ("مدرسة", "مدرسه"),
    ("سميرة", "سميره"),
    ("Straße", "strasse"),
    ("O’Neill", "o'neill"),
    ("O´Neill", "o'neill"),
    ("Växjö–Alvesta", "vaxjo-alvesta"),
    ("tunn\u2011bröd", "tunn-brod"),
    ("tunn\u00adbröd", "tunnbrod"),
    ("علی\u200cرضا", "عليرضا"),
    ("ﬁka", "fika"),
]


def in_postgresql(texts: list[str]) -> list[str]:
    """What PostgreSQL makes of texts that are stored as the names of skills."""
    locale = swedish()
    Skill.objects.bulk_create(Skill(name=text, locale=locale) for text in texts)
    rows = Skill.objects.order_by("pk").values_list(folded_columns("name"), flat=True)
    found = list(rows)
    Skill.objects.all().delete()
    return found


@pytest.mark.parametrize(("typed", "word"), TYPED_OTHERWISE)
def test_words_are_folded_as_people_type_them(typed, word):
    assert folded(typed) == word


def test_postgresql_folds_the_same_words_alike(db):
    assert in_postgresql([typed for typed, _word in TYPED_OTHERWISE]) == [word for _typed, word in TYPED_OTHERWISE]


def is_compared(sign: str) -> bool:
    """Whether this Python's Unicode knows it: PostgreSQL's is newer. Of ideographs, without accents, each 50th."""
    if unicodedata.category(sign) in {"Cn", "Co"}:
        return False
    return not unicodedata.name(sign, "").startswith("CJK UNIFIED") or ord(sign) % 50 == 0


def test_postgresql_folds_every_character_as_python_does(db):
    """Thirty at once, apart from each other."""
    known = [sign for sign in EVERY if is_compared(sign)]
    lines = [" ".join(known[start : start + 30]) for start in range(0, len(known), 30)]
    differ = [
        (ascii(line), ours, theirs)
        for line, ours, theirs in zip(lines, map(folded, lines), in_postgresql(lines), strict=True)
        if ours != theirs
    ]
    assert differ == []


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("flätning korg", True),
        ("KORG", True),
        ("korg, flatning.", True),
        ("orgfl", True),
        ("korg saknas", False),
        ("100%", True),
        ("1_0", False),
        ("\\", False),
        ("", True),
        ("!", False),
    ],
)
def test_a_row_is_found_that_holds_every_word_at_any_place(db, query, is_found):
    SkillFactory(name="Korgflätning till 100%")
    assert Skill.objects.filter(contains(["name"], query)).exists() == is_found


def test_a_query_is_cleaned_and_becomes_prefixes():
    assert cleaned("  tunn \x00 br\ud800öd ") == "tunn bröd"
    assert prefix_query("Tunn br!") == "tunn:* & br:*"
    assert prefix_query("brödet garnens", "sv") == "brod:* & garn:*"
