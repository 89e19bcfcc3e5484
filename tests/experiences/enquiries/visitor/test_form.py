"""The enquiry form: which values it accepts, its errors, its answers."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone, translation
from wagtail_localize.models import StringSegment

from core.languages.characters import tidy
from experiences.blocks import EnquiryQuestionBlock
from experiences.enquiries.models import Enquiry
from experiences.enquiries.visitor.fields import NumberAnswerField
from experiences.enquiries.visitor.form import EnquiryForm
from experiences.models import ExperiencePage

pytestmark = pytest.mark.django_db
TOMORROW = (timezone.now() + timedelta(days=2)).date().isoformat()


def posted(**answers: Any) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in {"name": "Lena", "email": "lena@example.org", **answers}.items():
        if value is not None:
            data[name] = str(value)
    return data


def form(on: str = "sv", **answers: Any) -> EnquiryForm:
    return EnquiryForm(posted(**answers), language=on)


def answers(on: str = "sv", **given: Any) -> dict[str, Any]:
    filled = form(on, **given)
    assert filled.is_valid(), filled.errors.as_json()
    return filled.answers()


def codes(**given: Any) -> dict[str, list[str]]:
    return {name: [error.code for error in errors] for name, errors in form(**given).errors.as_data().items()}


# --- Name, mail, phone --------------------------------------------------------------------------------------------
def test_name_and_one_way_to_answer_are_enough(home):
    given = answers()
    assert (given["purpose"], given["language"], given["people"], given["when_date"]) == ("question", "sv", None, None)


def purposes(shown: EnquiryForm) -> list[str]:
    return [radio.data["value"] for radio in shown["purpose"].subwidgets]


def test_an_obstacle_on_the_website_is_told_in_the_same_form_by_who_comes_for_that(home):
    """From the accessibility statement; others do not have to read past it."""
    assert "access" not in purposes(EnquiryForm(language="sv"))
    opened = EnquiryForm(prefill={"purpose": "access"}, language="sv")
    assert purposes(opened)[-1] == opened["purpose"].value() == "access"
    assert answers(purpose="access", message="Knappen syns inte.", when_date="2020-02-04")["purpose"] == "access"
    assert codes(purpose="access", message=" ") == {"message": ["untold"]}
    assert "access" in purposes(form(purpose="access", name="")), "refused, it is still chosen"


@pytest.mark.parametrize("missing", [None, "", "   ", "\x00", "\u2003"])
def test_a_name_is_needed(home, missing):
    assert codes(name=missing) == {"name": ["required"]}


def test_without_email_and_phone_there_is_one_error(home):
    assert codes(email="", phone="  ") == {"email": ["unreachable"]}


def test_an_invalid_email_is_an_error_even_with_a_phone_number(home):
    assert codes(email="lena@", phone="070-123 45 67") == {"email": ["invalid"]}


def test_an_invalid_phone_number_without_email_is_one_error(home):
    assert codes(email="", phone="ring mig") == {"phone": ["no_number"]}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (" lena@example.org ", "lena@example.org"),
        ("mailto:lena@example.org", "lena@example.org"),
        ("<lena@example.org>", "lena@example.org"),
        ("\u200flena@example.org\u202c", "lena@example.org"),
        ("lena@växjö.example", "lena@växjö.example"),
    ],
)
def test_a_copied_email_address_is_cleaned(home, written, kept):
    assert answers(email=written)["email"] == kept


@pytest.mark.parametrize(
    "written",
    ["lena", "lena@example", "a@b.se, c@d.se", "lena@example.org\nBcc: x@y.se", "a b@c.se"],
)
def test_an_invalid_email_address_is_an_error(home, written):
    assert codes(email=written) == {"email": ["invalid"]}


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("070-123 45 67", "070-123 45 67"),
        ("+46 (0)470 12 34 56", "+46 (0)470 12 34 56"),
        ("0470-123456, fråga efter Anna", "0470-123456, fråga efter Anna"),
        ("٠٧٠١٢٣٤٥٦٧", "0701234567"),
        ("۰۷۰-۱۲۳ ۴۵ ۶۷", "070-123 45 67"),
        ("\u202a070 123\t45 67\u202c", "070 123 45 67"),
    ],
)
def test_a_phone_number_is_accepted_as_people_write_it(home, written, kept):
    assert answers(email="", phone=written)["phone"] == kept


@pytest.mark.parametrize("written", ["1234", "070-123", "ring mig", "+", "ett två tre fyra fem"])
def test_a_text_without_phone_number_is_an_error(home, written):
    assert codes(phone=written) == {"phone": ["no_number"]}


def test_a_name_is_one_line(home):
    assert answers(name=" Lena\r\nBcc:  x@y.se ")["name"] == "Lena Bcc: x@y.se"


# --- How many, when -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written", "people"),
    [("6", 6), (" 12 ", 12), ("٦", 6), ("۱۲", 12), ("\u200f٨", 8), ("", None), ("24 elever", 24), ("10-12", 12)],
)
def test_the_number_of_people_is_accepted_in_any_digits(home, written, people):
    assert answers(people=written)["people"] == people


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("sex", "no_number"),
        ("4 och 6", "no_number"),
        ("-3", "no_number"),
        ("1e3", "no_number"),
        ("²", "no_number"),
        ("0", "out_of_range"),
        ("10000", "out_of_range"),
        ("9" * 30, "out_of_range"),
        ("9" * 200_000, "out_of_range"),
    ],
)
def test_letters_and_impossible_numbers_are_errors(home, written, code):
    assert code in codes(people=written)["people"]


def test_too_many_people_for_the_group_are_no_error(catalogue):
    page = catalogue.experience
    assert answers(experience=page.pk, people=page.group_max * 3)["people"] == page.group_max * 3


@pytest.mark.parametrize("written", ["2031-02-04", "4/2/2031", "04.02.2031", "٢٠٣١-٠٢-٠٤", "20310204"])
def test_a_day_is_accepted_as_browsers_and_people_write_it(home, written):
    assert answers(when_date=written)["when_date"] == date(2031, 2, 4)


@pytest.mark.parametrize("written", ["i morgon", "2031-02-30", "0000-00-00", "2031", "-1", "2031-02-04T10:00"])
def test_an_invalid_day_is_an_error(home, written):
    assert codes(when_date=written) == {"when_date": ["no_day"]}


@pytest.mark.parametrize("written", ["9999-12-31", "0027-02-04", "4/2/2207", "1726-02-04"])
@pytest.mark.parametrize("purpose", ["book", "question", "press"])
def test_a_year_that_nobody_means_is_asked_about_and_kept(home, written, purpose):
    assert codes(when_date=written, purpose=purpose) == {"when_date": ["year"]}
    assert f'value="{written}"' in str(form(when_date=written)["when_date"])


@pytest.mark.parametrize(
    ("language", "written", "question"),
    [
        ("sv", "1405-11-15", "Menade du 4 februari 2027? Skriv då 2027-02-04."),
        ("en", "1405-11-15", "Did you mean 4 February 2027? Then write 2027-02-04."),
        ("ar", "1405-11-15", "هل تقصدون 4 فبراير 2027؟ إذن اكتبوا 2027-02-04."),
    ],
)
def test_a_visitor_who_counts_years_by_another_calendar_is_asked_which_day_it_is(home, language, written, question):
    with translation.override(language):
        assert form(language, when_date=written).errors["when_date"] == [question]


@pytest.mark.parametrize("purpose", ["book", "gift", "group"])
def test_a_day_that_has_passed_is_an_error(home, purpose):
    assert codes(when_date="2020-02-04", purpose=purpose) == {"when_date": ["past"]}


@pytest.mark.parametrize("purpose", ["question", "press"])
def test_a_question_may_be_about_the_past(home, purpose):
    assert answers(when_date="2020-02-04", purpose=purpose)["when_date"] == date(2020, 2, 4)


def test_today_has_not_passed(home):
    assert answers(when_date=timezone.localdate().isoformat(), purpose="book")["when_date"] == timezone.localdate()


# --- Choices ------------------------------------------------------------------------------------------------------
def test_values_outside_the_choices_are_errors(catalogue):
    assert codes(experience="no-such", purpose="theft", language="tlh") == {
        "experience": ["unknown_experience"],
        "purpose": ["invalid_choice"],
        "language": ["invalid_choice"],
    }


def test_a_draft_cannot_be_chosen(catalogue):
    catalogue.experience.unpublish()
    assert codes(experience=catalogue.experience.pk) == {"experience": ["unknown_experience"]}


def test_an_editor_sees_the_form_on_a_draft_too(catalogue):
    draft = catalogue.experience
    draft.unpublish()
    shown = EnquiryForm(language="sv", page=draft)
    assert shown["experience"].initial == draft.pk
    assert draft.title in str(shown["experience"])


def test_the_reply_language_is_the_pages_unless_another_is_chosen(home):
    assert answers("ar")["language"] == "ar"
    assert answers("ar", language="en")["language"] == "en"


def test_the_choice_of_languages_has_their_own_names_the_pages_first(home):
    shown = EnquiryForm(language="ar").fields["language"].choices
    assert list(shown) == [("ar", "العربية"), ("sv", "Svenska"), ("en", "English")]


# --- Long and odd -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "length"),
    [("name", 121), ("phone", 41), ("when_text", 301), ("arrange", 501), ("message", 5001), ("message", 200_000)],
)
def test_an_error_says_the_length_of_a_text_and_the_text_remains(home, name, length):
    with translation.override("en"):
        filled = form(**{name: "7" * length})
        assert filled.errors[name] == [
            f"Shorten this: it has {length} characters, and there is room for {length_of(name)}."
        ]
    assert filled[name].value() == "7" * length


def length_of(name: str) -> int:
    return {"name": 120, "phone": 40, "when_text": 300, "arrange": 500, "message": 5000}[name]


def test_control_characters_and_surrogates_are_removed(home):
    given = answers(message="a\x00b\x07c\ud800d\te\r\nf", arrange="x\x00y")
    assert given["message"] == "abc\ufffdd\te\r\nf"
    assert given["arrange"] == "xy"
    assert tidy("\udfff") == "\ufffd"


def test_the_browsers_direction_is_used_if_it_is_valid(home):
    assert answers(message="Hej", message_dir="rtl")["message_dir"] == "rtl"
    assert answers(message="مرحبا", message_dir="up")["message_dir"] == "rtl"


# --- The editors' own questions -----------------------------------------------------------------------------------
QUESTIONS = [
    ("11111111-0000-4000-8000-000000000001", "text", "Har du bakat förut?", True, []),
    ("11111111-0000-4000-8000-000000000002", "number", "Hur många barn?", False, []),
    ("11111111-0000-4000-8000-000000000003", "yes_no", "Äter ni kött?", True, []),
    ("11111111-0000-4000-8000-000000000004", "choice", "Vilket te?", False, ["Mynta", "Svart"]),
]
FIELDS = [f"extra_{number}" for number, *_ in QUESTIONS]


def items(options: list[str]) -> list[dict[str, str]]:
    """List items as Wagtail stores them: each with an id, by which its translations are found."""
    return [
        {"type": "item", "id": f"22222222-0000-4000-8000-00000000000{n}", "value": option}
        for n, option in enumerate(options)
    ]


@pytest.fixture
def asking(catalogue) -> ExperiencePage:
    page: ExperiencePage = catalogue.experience
    page.enquiry_questions = [
        {
            "type": "question",
            "id": number,
            "value": {"question": words, "hint": "Ett tips", "kind": kind, "options": items(options), "must": must},
        }
        for number, kind, words, must, options in QUESTIONS
    ]
    page.save_revision().publish()
    return ExperiencePage.objects.get(pk=page.pk)


def test_own_questions_come_before_the_box_for_news(asking):
    unbound = EnquiryForm(language="sv", page=asking)
    assert [field.name for field in unbound.question_fields] == FIELDS
    assert list(unbound.fields)[-1] == "wants_news"
    assert [unbound[name].is_optional for name in FIELDS] == [False, True, False, True]


def test_answers_are_stored_with_their_questions(asking):
    given = answers(experience=asking.pk, **dict(zip(FIELDS, ["Ja, ofta", "٣", "no", "1"], strict=True)))
    assert given["extra_answers"] == [
        {"question": "Har du bakat förut?", "answer": "Ja, ofta"},
        {"question": "Hur många barn?", "answer": "3"},
        {"question": "Äter ni kött?", "answer": str(translation.gettext("No"))},
        {"question": "Vilket te?", "answer": "Svart"},
    ]


def test_required_questions_must_be_answered(asking):
    assert codes(experience=asking.pk, purpose="book") == {FIELDS[0]: ["unanswered"], FIELDS[2]: ["unanswered"]}


def test_answers_remain_in_the_form_when_another_is_missing(asking):
    filled = form(experience=asking.pk, purpose="book", **{FIELDS[2]: "yes", FIELDS[3]: "0"})
    assert not filled.is_valid()
    assert (filled[FIELDS[2]].value(), filled[FIELDS[3]].value()) == ("yes", "0")


@pytest.mark.parametrize(
    ("field", "value", "code"), [(1, "tre", "no_number"), (2, "maybe", "invalid_choice"), (3, "7", "invalid_choice")]
)
def test_an_answer_of_the_wrong_kind_is_an_error(asking, field, value, code):
    given = {"purpose": "book", FIELDS[0]: "x", FIELDS[2]: "yes", FIELDS[field]: value}
    assert codes(experience=asking.pk, **given) == {FIELDS[field]: [code]}


def test_questions_are_optional_when_another_experience_is_chosen(asking):
    """The visitor answered an experience's question, then chose "help me choose". `about` names the experience."""
    given = answers(asked=asking.pk, page=asking.pk, experience="", purpose="book", **{FIELDS[0]: "Ja"})
    assert given["experience"] is None
    assert given["extra_answers"] == [{"question": "Har du bakat förut?", "answer": "Ja", "about": asking.title}]


def test_questions_that_were_never_shown_need_no_answer(asking):
    assert answers(asked="", page="", experience=asking.pk, purpose="book")["experience"] == asking


# --- Purposes of questions ------------------------------------------------------------------------------------------
@pytest.mark.parametrize("purpose", ["question", "gift", "press", None])
def test_questions_without_purposes_do_not_apply_to_question_gift_and_press(asking, purpose):
    """Questions stored before `asked_of` existed."""
    assert answers(experience=asking.pk, purpose=purpose)["extra_answers"] == []


@pytest.mark.parametrize("purpose", ["book", "group"])
def test_questions_without_purposes_apply_to_bookings_and_groups(asking, purpose):
    assert FIELDS[0] in codes(experience=asking.pk, purpose=purpose)


def ask(page: ExperiencePage, **value: Any) -> ExperiencePage:
    """A page with one required question, published."""
    page.enquiry_questions = [one_question(**value)]
    page.save_revision().publish()
    return ExperiencePage.objects.get(pk=page.pk)


def asked_long_ago(page: ExperiencePage, **value: Any) -> ExperiencePage:
    """A live page with a question that was stored before the editor's form refused such a one."""
    stream = page._meta.get_field("enquiry_questions").stream_block.to_python([one_question(**value)])
    ExperiencePage.objects.filter(pk=page.pk).update(enquiry_questions=stream)
    return ExperiencePage.objects.get(pk=page.pk)


def one_question(**value: Any) -> dict[str, Any]:
    stored = {"question": "Var?", "hint": "", "kind": "text", "options": [], "must": True, **value}
    return {"type": "question", "id": QUESTIONS[0][0], "value": stored}


@pytest.mark.parametrize(
    ("asked_of", "refused"),
    [
        (["book"], {"book"}),
        (["question"], {"question"}),
        (["group", "question"], {"group", "question"}),
        ([], {"book", "group"}),
        (None, {"book", "group"}),
    ],
)
def test_a_question_is_required_only_for_its_purposes(catalogue, asked_of, refused):
    page = (ask if asked_of else asked_long_ago)(catalogue.experience, asked_of=asked_of)
    purposes = ("book", "group", "question", "gift", "press")
    assert {purpose for purpose in purposes if codes(experience=page.pk, purpose=purpose)} == refused


def test_gift_and_press_are_no_purposes_of_a_question(home):
    choices = EnquiryQuestionBlock().child_blocks["asked_of"].field.choices
    assert [value for value, _label in choices] == ["book", "group", "question"]
    assert {value for value, _label in choices} < set(Enquiry.Purpose.values)


def test_answers_that_do_not_apply_are_stored_as_typed(asking):
    given = answers(experience=asking.pk, purpose="press", **{FIELDS[0]: "Ja", FIELDS[1]: "tre eller så"})
    assert given["extra_answers"] == [
        {"question": "Har du bakat förut?", "answer": "Ja"},
        {"question": "Hur många barn?", "answer": "tre eller så"},
    ]


def test_questions_of_a_paused_experience_are_optional(asking):
    asking.state = ExperiencePage.State.PAUSED
    asking.save_revision().publish()
    assert answers(experience=asking.pk, purpose="book")["experience"] == asking
    shown = EnquiryForm(language="sv", page=ExperiencePage.objects.get(pk=asking.pk))
    assert [shown[name].is_optional for name in FIELDS] == [True] * 4


@pytest.mark.parametrize(
    ("asked_of", "words"),
    [
        (["book", "group"], "(only if you book)"),
        (["group"], "(only if you book as a group or a company)"),
        (["book", "question"], "(only if you book or you have a question)"),
    ],
)
def test_a_question_shows_its_purposes_as_text_and_as_data_attribute(catalogue, asked_of, words):
    page = ask(catalogue.experience, asked_of=asked_of)
    with translation.override("en"):
        html = EnquiryForm(language="en", page=page)[FIELDS[0]].as_field_group()
    assert f'<span class="optional only-if">{words}</span>' in html
    assert f'data-asked-of="{" ".join(asked_of)}"' in html
    assert "data-asked-of" not in EnquiryForm(language="sv", page=page)["people"].as_field_group()


def test_the_purposes_of_a_question_are_synchronised_not_translated(
    catalogue, translated, django_capture_on_commit_callbacks
):
    page = ask(catalogue.experience, asked_of=["book"])
    english = translated(page, "en")
    texts = StringSegment.objects.filter(source__object_id=page.translation_key).values_list("string__data", flat=True)
    assert "Var?" in texts
    assert not {"book", "group", "question"} & set(texts)
    with django_capture_on_commit_callbacks(execute=True):
        ask(page, asked_of=["question"])
    english = ExperiencePage.objects.get(pk=english.pk)
    assert english.enquiry_questions[0].value["asked_of"] == ["question"]
    assert english.enquiry_questions[0].value["question"] == "Var? (en)"


def test_staff_read_a_translated_question_in_swedish_too(asking, translated):
    english = translated(asking, "en")
    block = english.enquiry_questions[3]
    assert block.id == QUESTIONS[3][0]
    with translation.override("en"):
        given = answers("en", asked=english.pk, experience=english.pk, **{FIELDS[2]: "yes", FIELDS[3]: "0"})
    assert given["extra_answers"][0]["answer"] == "Yes"
    assert given["extra_answers"][1] == {
        "question": "Vilket te? (en)",
        "answer": "Mynta (en)",
        "question_sv": "Vilket te?",
        "answer_sv": "Mynta",
    }


# --- Rendering ----------------------------------------------------------------------------------------------------
def test_a_radio_group_has_its_state_on_the_fieldset(home):
    html = form(purpose="theft")["purpose"].as_field_group()
    fieldset, _, inputs = html.partition(">")
    assert 'role="radiogroup"' in fieldset
    assert 'aria-invalid="true"' in fieldset
    assert 'aria-describedby="enquiry-purpose_error"' in fieldset
    assert "aria-invalid" not in inputs


def test_posted_text_is_escaped_in_the_form(home):
    filled = form(name="", message="<script>", when_text='"><b>', people="<i>")
    html = "".join(str(filled[name].as_field_group()) for name in ("message", "when_text", "people"))
    for raw, escaped in (("<script>", "&lt;script&gt;"), ('"><b>', "&quot;&gt;&lt;b&gt;"), ("<i>", "&lt;i&gt;")):
        assert escaped in html
        assert raw not in html


def test_the_hint_says_the_size_of_the_group(catalogue):
    with translation.override("en"):
        hint = EnquiryForm(language="en", page=catalogue.experience).fields["people"].help_text
    assert "4–8" in hint


@pytest.mark.parametrize(("written", "kept"), [("3 stycken", "3"), ("ca ٤", "4"), ("0", "0"), ("", "")])
def test_an_editors_question_for_a_number_takes_words_beside_it(written, kept):
    assert NumberAnswerField(required=False).clean(written) == kept


@pytest.mark.parametrize("written", ["10-12", "3 vuxna och 2 barn", "några"])
def test_but_no_range_which_may_be_ages(written):
    with pytest.raises(ValidationError):
        NumberAnswerField(required=False).clean(written)
