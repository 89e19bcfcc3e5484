"""Order for readers."""

import pytest
from wagtail.models import Page

from core.languages.sorting import alphabetical

WORDS = ["Ösa te", "Åka", "Älska", "Väva", "Wok", "École", "Dansa", "Übung"]


def titles_in_order_of(language: str) -> list[str]:
    return list(
        Page.objects.filter(title__in=WORDS).order_by(alphabetical("title", language)).values_list("title", flat=True)
    )


@pytest.fixture
def pages(home):
    for number, title in enumerate(WORDS):
        home.add_child(instance=Page(title=title, slug=f"word-{number}", locale=home.locale))


def test_swedish_ends_with_its_own_letters(pages):
    assert titles_in_order_of("sv") == ["Dansa", "École", "Väva", "Wok", "Übung", "Åka", "Älska", "Ösa te"]
    assert titles_in_order_of("sv-simple") == titles_in_order_of("sv")


def test_english_sorts_them_as_their_plain_letters(pages):
    assert titles_in_order_of("en") == ["Åka", "Älska", "Dansa", "École", "Ösa te", "Übung", "Väva", "Wok"]


def test_arabic_sees_one_alif(home):
    for number, title in enumerate(["باب", "أحمد", "اسم"]):
        home.add_child(instance=Page(title=title, slug=f"word-{number}", locale=home.locale))
    ordered = Page.objects.filter(slug__startswith="word-").order_by(alphabetical("title", "ar"))
    assert list(ordered.values_list("title", flat=True)) == ["أحمد", "اسم", "باب"]
