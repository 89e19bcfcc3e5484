"""What cannot be seen: every character of Unicode that draws nothing, in an address, a name, a search."""

import sys
import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.forms import modelform_factory
from django.urls import reverse
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.blocks import CharBlock, TextBlock

from core.languages import characters
from core.languages.characters import bare, is_blank, line, sought, tidy, western, words
from experiences.enquiries.visitor.fields import AnswerField, EmailField, PhoneField, ShortAnswerField
from experiences.filters import ExperienceFilter
from experiences.models import Category, ProviderPage
from tests.factories import UserFactory

EVERY = list(map(chr, range(sys.maxunicode + 1)))
# Visible, though Unicode calls them format characters: signs before Arabic or Kaithi numbers, hieroglyphs in a group.
DRAWN = {sign for sign in EVERY if unicodedata.category(sign) == "Cf" and not characters.INVISIBLE.match(sign)}
FORMAT = [sign for sign in EVERY if unicodedata.category(sign) == "Cf"]
SPACES = [sign for sign in EVERY if unicodedata.category(sign) in ("Zs", "Zl", "Zp")]
CONTROLS = [sign for sign in EVERY if unicodedata.category(sign) == "Cc"]
IGNORABLE = {sign for sign in EVERY if characters.INVISIBLE.match(sign)}
BLANK = {*FORMAT, *SPACES, *CONTROLS, *IGNORABLE, "\u2800", "\u3164", "\u115f", "\u1160", "\uffa0", "\u180e"}


def test_the_property_that_python_does_not_tell_covers_what_its_categories_and_names_say():
    """Unicode derives Default_Ignorable_Code_Point from Cf and Variation_Selector, less what is drawn."""
    assert len(FORMAT) > 150
    for sign in FORMAT:
        assert characters.INVISIBLE.match(sign) or sign in DRAWN
    assert {unicodedata.bidirectional(sign) for sign in DRAWN} == {"AN", "AL", "L"}
    for sign in EVERY:
        name = unicodedata.name(sign, "")
        if "VARIATION SELECTOR" in name or name in ("HANGUL FILLER", "BRAILLE PATTERN BLANK", "WORD JOINER"):
            assert characters.INVISIBLE.match(sign), name
    letters = [sign for sign in IGNORABLE if unicodedata.category(sign)[0] in "LNPS"]
    assert set(letters) == set("\u115f\u1160\u3164\uffa0\u2800\U0001d159"), "nothing that one can see"


def test_no_invisible_character_stays_in_an_address_wherever_it_is():
    """U+061C behind an address led the mail to another domain."""
    field = EmailField()
    for sign in {*FORMAT, *IGNORABLE}:
        for written in (f"{sign}anna@example.se", f"anna@example.se{sign}", f"anna@exam{sign}ple.se"):
            assert field.clean(written) == "anna@example.se", ascii(sign)
    for sign in SPACES:
        assert field.clean(f"{sign}anna@example.se{sign}") == "anna@example.se", ascii(sign)


@pytest.mark.parametrize(
    "address", ["anna@exa😀mple.se", "anna@example。se", "anna@-example.se", "anna@exa؀mple\u2028.se"]
)
def test_a_domain_is_made_of_letters_and_digits(address):
    with pytest.raises(ValidationError) as refused:
        EmailField().clean(address)
    assert refused.value.error_list[0].code == "invalid"


def test_no_invisible_character_stays_in_a_number_or_a_day():
    phone = PhoneField()
    for sign in {*FORMAT, *IGNORABLE}:
        assert phone.clean(f"{sign}070-123{sign} 45 67{sign}") == "070-123 45 67", ascii(sign)
        assert bare(f"2031-{sign}02-04{sign}") == "2031-02-04", ascii(sign)


def test_what_nobody_can_see_is_no_name_and_no_message():
    name, message = ShortAnswerField(required=False), AnswerField(required=False)
    for sign in BLANK:
        for text in (sign, sign * 3, f" {sign}\t{sign} "):
            assert is_blank(text), ascii(sign)
            assert name.clean(text) == message.clean(text) == "", ascii(sign)


def test_every_other_character_can_be_seen():
    """Also those that this Python does not know yet: tomorrow's emoji is a message too."""
    for sign in EVERY:
        category = unicodedata.category(sign)
        if category[0] not in "MZ" and category not in ("Cc", "Cf", "Cs", "Co") and sign not in IGNORABLE:
            assert not is_blank(sign), ascii(sign)


def test_a_mark_alone_is_nothing_and_on_a_letter_it_stays():
    assert is_blank("\u0301\ufe0f")
    assert line("e\u0301") == "e\u0301"


def test_the_edges_of_a_name_are_trimmed_of_all_that_is_blank():
    for sign in {*IGNORABLE, *SPACES, *CONTROLS}:
        assert line(f"{sign}Lena Berg{sign}") == "Lena Berg", ascii(sign)


@pytest.mark.parametrize(
    "text",
    [
        "علی\u200cرضا",  # Persian: without the non-joiner it is another spelling
        "ශ්\u200dරී",  # Sinhala: the joiner makes the letter
        "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ\u180eᠠ",
        "👩\u200d🍳 och 👨\u200d👩\u200d👧",
        "Tack ❤\ufe0f",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "Hus \u2067בית\u2069 och hem",
        "tunn\u00adbröd",
        "葛\U000e0100",
        "🫨",
    ],
)
def test_what_a_word_or_an_emoji_needs_inside_stays(text):
    assert tidy(text) == line(text) == words(text) == text


def test_a_direction_mark_at_the_end_of_a_message_stays_in_its_place():
    assert words(" مرحبا (C++)\u200f ") == "مرحبا (C++)\u200f"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\u202eb\u202dc", "abc"),  # overrides of direction
        ("a\U000e0049\U000e0067b", "ab"),  # hidden writing
        ("a\ufeffb\u206ac\u3164d\u2063e", "abcde"),
        ("a\x85b\u2028c", "a\nb\nc"),
        ("a\x00b\x9fc\ufffed\ufff9e", "abcde"),
        ("a\ud800b", "a\ufffdb"),
        ("a\tb\r\nc", "a\tb\r\nc"),
    ],
)
def test_what_no_word_needs_goes(text, kept):
    assert tidy(text) == kept


def test_digits_of_every_script_are_digits():
    digits = [sign for sign in EVERY if sign.isdecimal()]
    assert len(digits) > 600
    assert {western(sign) for sign in digits} == set("0123456789")
    assert western("070-١٢٣ ۴۵ ६७ ²") == "070-123 45 67 ²"


def test_a_search_sees_words_not_what_came_along_with_them():
    for sign in IGNORABLE - set(characters.JOINERS):
        assert sought(f"{sign}tunn{sign}bröd {sign} te{sign}") == "tunnbröd te", ascii(sign)
    assert sought("علی\u200cرضا") == "علی\u200cرضا"
    assert sought("\u2800\u3164") == ""


def test_a_long_text_of_nothing_costs_no_time():
    assert line("a" + "\u200b" * 100_000 + "b").endswith("b")
    assert words("\u3164" * 800_000) == ""


# --- Where people meet it -------------------------------------------------------------------------------------------
def test_a_number_of_guests_is_read_in_the_filter_whatever_was_copied_along(rf):
    data = rf.get("/", {"people": "\u2067٦\u2069", "when": "dates\u200b"}).GET
    found = ExperienceFilter(data, kinds=[], led_in=[])
    assert found.is_valid(), found.errors
    assert (found.cleaned_data["people"], found.cleaned_data["when"]) == (6, "dates")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["\u2800", "\u3164", "\u200b \u061c", "\ue000"])
def test_an_editor_cannot_name_a_host_or_a_kind_with_nothing(admin, catalogue, name):
    form = modelform_factory(ProviderPage, form=WagtailAdminPageForm, fields=["title"])({"title": name})
    assert form.errors["title"]
    url = reverse("wagtailsnippets_experiences_category:add")
    response = admin.post(url, {"name": name, "slug": "nothing"})
    assert "name" in response.context["form"].errors
    assert not Category.objects.filter(slug="nothing").exists()


@pytest.mark.django_db
def test_a_user_name_copied_out_of_a_mail_lets_its_owner_in(client):
    user = UserFactory(admin=True, username="anna")
    user.set_password("lång-nog-och-unik")
    user.save()
    posted = {"username": "\u200banna\u2060", "password": "lång-nog-och-unik"}
    assert client.post(reverse("wagtailadmin_login"), posted).status_code == 302


def test_a_story_s_words_are_read_as_a_title_is():
    for block in (CharBlock(), TextBlock()):
        for nothing in ("\u2800", "\u3164", "\u200b \u061c"):
            with pytest.raises(ValidationError):
                block.clean(nothing)
        assert block.clean(" Br\u202eöd\x00 ") == "Bröd"
