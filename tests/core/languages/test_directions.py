"""Text that mixes scripts begins on the side of its language."""

import pytest

from core.languages.directions import direction_of, isolated, left_to_right, mark_for, with_numbers_isolated

RLM, LRM = "\u200f", "\u200e"


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Hej", "ltr"), ("مرحبا hej", "rtl"), ("123 سلام", "rtl"), ("שלום", "rtl"), ("", "ltr"), ("12!", "ltr")],
)
def test_the_direction_of_a_text_is_that_of_its_first_letter(text, direction):
    assert direction_of(text) == direction


@pytest.mark.parametrize(
    ("line", "language", "mark"),
    [
        ("Samira ترحب بكم", "ar", RLM),
        ("https://example.se/ هنا الطريق", "ar", RLM),
        ("«Varenyky» طبق أوكراني", "ar", RLM),
        ("سميرة ترحب بكم، Växjö", "ar", ""),
        ("Storgatan 1, 352 30 Växjö", "ar", ""),
        ("12:30–14", "ar", ""),
        ("", "ar", ""),
        ("سميرة är värden.", "sv", LRM),
        ("أهلا وسهلا", "sv", ""),
        ("Samira är värden.", "sv", ""),
        ("Samira خوش آمدید", "fa", RLM),
        ("Samira ترحب بكم", "ar-SY", RLM),
    ],
)
def test_a_line_gets_a_mark_where_its_first_letter_would_mislead(line, language, mark):
    assert mark_for(line, language) == mark
    if mark:
        assert direction_of(mark + line) == direction_of({RLM: "ا", LRM: "a"}[mark])


def test_a_name_of_the_other_direction_is_kept_apart_from_the_words_around_it():
    assert isolated("Lena Berg", "ar") == "\u2068Lena Berg\u2069"
    assert isolated("ليلى", "sv") == "\u2068ليلى\u2069"
    assert isolated("Lena Berg", "sv") == "Lena Berg"
    assert isolated("ليلى", "ar") == "ليلى"


def test_a_number_keeps_its_order_among_right_to_left_words():
    assert left_to_right("0470-12 34 56", "ar") == "\u20660470-12 34 56\u2069"
    assert left_to_right("0470-12 34 56", "sv") == "0470-12 34 56"


@pytest.mark.parametrize(
    "text",
    [
        "اتصلوا بنا: [0470-00 00 00] من فضلكم",
        "الهاتف [+46 (0)70-123 45 67].",
        "الهاتف [٠٤٧٠-٠٠ ٠٠ ٠٠]",
        "السعر [450 kr]، وليس [1 200 kr].",
        "في [2027-02-04] الساعة 17:30",
        "العنوان: Storgatan 1, 352 30 Växjö",
        "العنوان [352 30 Växjö]",
        "[0470-00 00 00]\nهذا رقمنا",
        "نحن 10-12 شخصًا، 24 طفلًا، 17, 18 و 19، من 09.00–10.30، يوم 4/2",
        "اكتبوا إلى 24-info@example.se أو https://example.se/0470-00",
    ],
)
def test_a_number_in_a_text_keeps_its_order_among_right_to_left_words(text):
    isolated_ones = text.replace("[", "\u2066").replace("]", "\u2069")
    assert with_numbers_isolated(text.replace("[", "").replace("]", "")) == isolated_ones


def test_a_text_from_left_to_right_is_not_changed():
    text = "Ring 0470-00 00 00. Det kostar 450 kr."
    assert with_numbers_isolated(text) == text
