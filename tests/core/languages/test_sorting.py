"""Order for readers."""

import pytest
from django.utils.translation import override
from wagtail.models import Page

from core.blocks.choices import LanguageBlock
from core.forms.fields import AlphabeticalSelect
from core.languages.sorting import alphabetical
from core.languages.table import CHOICES

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


def names_offered(select) -> list[str]:
    return [
        str(option["label"]) for _group, options, _number in select.optgroups("language", [""]) for option in options
    ]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_an_editor_chooses_the_language_of_a_quote_in_alphabetical_order(language):
    with override(language):
        of_block = [str(name) for _code, name in LanguageBlock(required=False).field.choices]
        of_field = names_offered(AlphabeticalSelect(choices=[("", "---------"), *CHOICES]))
    assert of_block[1:] == of_field[1:]
    assert of_field[0] == "---------"
    order = "abcdefghijklmnopqrstuvwxyzåäö"
    firsts = [order.index(name[0].lower()) for name in of_block[1:] if name[0].lower() in order]
    assert firsts == sorted(firsts)
    assert len(firsts) > 10
