"""Facts as a reader says them: English first, then where Swedish and Arabic differ."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import override

from core.languages import display
from core.templatetags.display_tags import whole_numbers, whole_ranges

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


@pytest.mark.parametrize(
    ("amount", "text"), [(450, f"450{NBSP}kr"), (2800, f"2,800{NBSP}kr"), (1_250_000, f"1,250,000{NBSP}kr")]
)
def test_kronor_are_grouped_and_never_break(amount, text):
    assert display.kronor(amount) == text


def test_swedish_groups_with_a_space():
    with override("sv"):
        assert display.kronor(2800).startswith(f"2{NBSP}800")


def test_digits_are_western_in_arabic():
    with override("ar"):
        assert display.kronor(2800).startswith("2,800")
        assert display.span(4, 8) == "4–8"


def test_nothing_to_pay_is_free():
    assert display.price(0) == "Free"
    assert display.price(450) == display.kronor(450)


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 h 30 min"),
        (180, "3 hours"),
        (195, "3 h 15 min"),
        (2880, "48 hours"),
    ],
)
def test_lengths_of_time(minutes, text):
    assert display.duration(minutes).replace(NBSP, " ") == text


def test_groups():
    assert display.guests(4, 8).replace(NBSP, " ") == "4–8 guests"
    assert display.guests(6, 6).replace(NBSP, " ") == "6 guests"
    assert display.guests(1, 1).replace(NBSP, " ") == "1 guest"
    assert display.guests_word(8) == "guests"


def test_a_day_is_that_of_stockholm():
    late = datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("UTC"))  # already the new year in Stockholm
    assert display.long_day(late).startswith("Friday 1 January")


def test_a_near_day_has_no_year_and_a_far_one_has():
    near, far = timezone.localdate() + timedelta(days=30), timezone.localdate() + timedelta(days=400)
    assert str(near.year) not in display.long_day(near)
    assert str(far.year) in display.long_day(far)
    assert str(far.year) in display.short_day(far)


def test_from_when_to_when_crosses_the_change_of_clocks():
    start = datetime(2027, 3, 28, 1, 0, tzinfo=STOCKHOLM)  # summer time begins at 02.00
    assert display.hours(start, 60) == f"{display.clock(time(1))}–{display.clock(time(3))}"


@pytest.mark.parametrize(
    ("code", "whole", "half"), [("sv", "9", "09.30"), ("en", "09:00", "09:30"), ("ar", "9", "09:30")]
)
def test_a_whole_hour_is_said_as_one_says_it(code, whole, half):
    with override(code):
        assert display.hour(time(9)) == whole
        assert display.hour(time(9, 30)) == half


def test_past_midnight_is_the_same_evening():
    start = datetime(2027, 2, 4, 20, 0, tzinfo=STOCKHOLM)
    assert display.hours(start, 300) == f"{display.clock(time(20))}–{display.clock(time(1))}"


def test_an_end_on_another_day_says_which():
    start = datetime(2027, 2, 4, 10, 0, tzinfo=STOCKHOLM)
    assert "5" in display.hours(start, 26 * 60)
    assert "Friday" in display.hours(start, 26 * 60)


@pytest.mark.parametrize(
    ("words", "row", "sentence"),
    [
        ([], "", ""),
        (["food"], "food", "food"),
        (["food", "craft"], "food, craft", "food and craft"),
        (["food", "craft", "music"], "food, craft, music", "food, craft and music"),
    ],
)
def test_things_in_a_row(words, row, sentence):
    assert display.enumeration(words) == row
    assert display.sentence_list(words) == sentence


def test_languages_keep_their_capital_in_english():
    assert display.spoken(["sv", "ar"]) == "Swedish, Arabic"
    assert display.a_little(["en"]) == "and a little English"
    assert display.a_little([]) == ""


def test_languages_are_small_inside_a_swedish_sentence():
    with override("sv"):
        first, second = display.language("sv"), display.language("ar")
        assert display.spoken(["sv", "ar"]) == f"{first}, {second[0].lower()}{second[1:]}"


def test_an_unknown_language_stands_for_itself():
    assert display.language("xx") == "xx"


def test_nouns_are_small_in_a_sentence_but_not_in_german():
    assert display.nouns_in_sentence(["Milk", "Nuts"]) == "milk and nuts"
    with override("de"):
        assert display.noun_in_sentence("Essen") == "Essen"


def test_a_plain_date_and_a_moment_give_the_same_day():
    assert display.short_day(date(2027, 2, 4)) == display.short_day(datetime(2027, 2, 4, 17, tzinfo=STOCKHOLM))


def test_a_program_can_read_the_day_that_is_written_in_words():
    moment = datetime(2027, 2, 4, 16, tzinfo=ZoneInfo("UTC"))
    assert display.in_time("<Thursday>", moment) == '<time datetime="2027-02-04T17:00:00+01:00">&lt;Thursday&gt;</time>'
    assert display.in_time("Thursday", date(2027, 2, 4)) == '<time datetime="2027-02-04">Thursday</time>'


def test_a_number_does_not_leave_the_word_that_it_counts():
    assert whole_numbers("within 2 working days & 9–17 too") == f"within 2{NBSP}working days &amp; 9–17{NBSP}too"
    assert whole_numbers("خلال 2 يوم") == f"خلال 2{NBSP}يوم"


# --- Swedish and Arabic -------------------------------------------------------------------------------------------
def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("code", "minutes", "text"),
    [
        ("sv", 60, "1 timme"),
        ("sv", 180, "3 timmar"),
        ("sv", 90, "1 tim 30 min"),
        # One, two, a few, many: each its own form.
        ("ar", 60, "ساعة واحدة"),
        ("ar", 120, "ساعتان"),
        ("ar", 180, "3 ساعات"),
        ("ar", 660, "11 ساعة"),
        ("ar", 90, "ساعة و30 دقيقة"),
    ],
)
def test_lengths_take_the_form_of_their_number(code, minutes, text):
    with override(code):
        assert plain(display.duration(minutes)) == text


@pytest.mark.parametrize(
    ("code", "sizes", "text"),
    [
        ("sv", (4, 8), "4–8 gäster"),
        ("ar", (4, 8), "4–8 ضيوف"),
        ("ar", (4, 12), "4–12 ضيفًا"),
        ("ar", (1, 1), "ضيف واحد"),
    ],
)
def test_groups_take_the_form_of_the_larger_number(code, sizes, text):
    with override(code):
        assert plain(display.guests(*sizes)) == text


@pytest.mark.parametrize(
    ("code", "day", "time_of_day"),
    [("sv", "torsdag 4 februari 2027", "17.00–20.00"), ("ar", "الخميس 4 فبراير 2027", "17:00–20:00")],
)
def test_days_and_times(code, day, time_of_day):
    start = datetime(2027, 2, 4, 17, 0, tzinfo=STOCKHOLM)
    with override(code):
        assert display.long_day(start) in (day, day.removesuffix(" 2027"))  # without the year while that is near
        assert display.hours(start, 180) == time_of_day


def test_arabic_joins_with_its_own_letter():
    with override("ar"):
        assert display.spoken(["sv", "ar"]) == "السويدية والعربية"
        assert plain(display.kronor(2800)) == "2,800 كرونة"
        assert plain(display.kronor(3)) == "3 كرونات"


def test_a_range_in_a_sentence_stays_on_one_line_and_the_rest_is_escaped():
    shown = '<b> <span class="nowrap">4–12</span> gäster, inte 3'
    assert whole_ranges("<b> 4–12 gäster, inte 3") == shown.replace("<b>", "&lt;b&gt;")
