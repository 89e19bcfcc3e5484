"""The list's filters: what they find, what they say, and how they take nonsense."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import override

from experiences.filters import ExperienceFilter, Kind, experiences_in_words
from experiences.models import ExperiencePage
from tests.factories import (
    CategoryFactory,
    ExperienceIndexPageFactory,
    ExperiencePageFactory,
    ProviderIndexPageFactory,
    ProviderPageFactory,
    home_page,
    once,
)
from tests.template_database import prepared

STOCKHOLM = ZoneInfo("Europe/Stockholm")
KINDS = [Kind("mat", "Mat"), Kind("hantverk", "Hantverk")]
# A Wednesday noon; the days after it are Thursday 4 and Saturday 6 February.
NOW = datetime(2027, 2, 3, 12, 0, tzinfo=STOCKHOLM)
THURSDAY_EVENING = datetime(2027, 2, 4, 17, 0, tzinfo=STOCKHOLM)
SATURDAY_NOON = datetime(2027, 2, 6, 12, 0, tzinfo=STOCKHOLM)


@prepared
def shelf():
    """Four experiences that differ in all that the filters ask for."""
    parent = ExperienceIndexPageFactory(parent=home_page())
    hosts = [once(ProviderPageFactory, slug="samira", parent=ProviderIndexPageFactory(parent=home_page()))]
    craft = CategoryFactory(slug="hantverk", name="Hantverk")

    def make(title, **values):
        once(ExperiencePageFactory, slug=title.lower(), parent=parent, title=title, providers=hosts, **values)

    make("Evening", starts=[THURSDAY_EVENING], by_agreement=False, languages=["sv"], group_min=4, group_max=8)
    make("Weekend", starts=[SATURDAY_NOON], by_agreement=False, languages=["ar"], category=craft)
    make("Agreement", starts=[], by_agreement=True, languages=["sv", "ar"], group_min=6, group_max=20)
    make("Over", starts=[NOW - timedelta(days=1)], by_agreement=False, languages=["sv"], category=craft)
    return parent


def asked(question: str, led_in=("sv", "ar", "en")) -> ExperienceFilter:
    form = ExperienceFilter(QueryDict(question), kinds=KINDS, led_in=led_in)
    form.is_valid()
    return form


def found(question: str) -> set[str]:
    experiences = ExperiencePage.objects.readable_in("sv")
    return set(asked(question).apply(experiences, NOW).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("", {"Evening", "Weekend", "Agreement", "Over"}),
        ("kind=mat", {"Evening", "Agreement"}),
        ("kind=mat&kind=hantverk", {"Evening", "Weekend", "Agreement", "Over"}),
        ("language=ar", {"Weekend", "Agreement"}),
        ("when=dates", {"Evening", "Weekend"}),
        ("when=evening", {"Evening"}),
        ("when=weekend", {"Weekend"}),
        ("when=agreement", {"Agreement"}),
        ("kind=hantverk&when=evening", set()),
        # One person may join a fixed date; a day of one's own needs the smallest group.
        ("people=1", {"Evening", "Weekend"}),
        ("people=1&when=agreement", set()),
        ("people=6", {"Evening", "Weekend", "Agreement", "Over"}),
        ("people=15", {"Agreement"}),
        ("people=15&when=dates", set()),
        ("people=21", set()),
    ],
)
def test_what_the_filters_find(shelf, question, titles):
    assert found(question) == titles


def test_a_date_without_enough_seats_does_not_count(shelf):
    page = ExperiencePage.objects.get(title="Evening")
    page.dates.update(seats=2)
    assert "Evening" in found("people=2&when=evening")
    assert "Evening" not in found("people=3&when=evening")


def test_a_paused_one_has_no_day(shelf):
    ExperiencePage.objects.filter(title__in=["Evening", "Agreement"]).update(state="paused")
    assert found("when=dates") == found("when=weekend") == {"Weekend"}
    assert found("when=evening") == found("when=agreement") == set()
    assert found("people=6") == {"Weekend", "Over"}
    assert found("kind=mat") == {"Evening", "Agreement"}


def test_a_full_date_is_no_date(shelf):
    ExperiencePage.objects.get(title="Evening").dates.update(seats=0)
    assert found("when=dates") == {"Weekend"}


def test_the_evening_is_that_of_stockholm(shelf):
    """16.30 in London is 17.30 here."""
    page = ExperiencePage.objects.get(title="Evening")
    page.dates.update(start=datetime(2027, 2, 4, 16, 30, tzinfo=ZoneInfo("Europe/London")))
    assert found("when=evening") == {"Evening"}


@pytest.mark.parametrize("written", ["15", "15 elever", "ca 15", "12-15", "١٥", "15 personer "])
def test_a_group_is_asked_for_in_words(shelf, written):
    assert found(f"people={written}") == {"Agreement"}
    assert asked(f"people={written}").query() == "people=15"


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("people=many", "people"),
        ("people=tjugofyra", "people"),
        ("people=24 elever och 2 lärare", "people"),
        ("people=0", "people"),
        ("people=-3", "people"),
        (f"people={10**30}", "people"),
        (f"people={'9' * 5000}", "people"),
        ("kind=no-such-kind", "kind"),
        ("kind=%00", "kind"),
        ("when=yesterday", "when"),
        ("language=xx", "language"),
        ("language=%00xx", "language"),
    ],
)
def test_nonsense_is_told_at_its_field(question, field):
    form = asked(question)
    assert list(form.errors) == [field]
    first_input = "filter-kind_0" if field == "kind" else f"filter-{field}"
    assert form.problems == [(first_input, form.errors[field][0])]


def test_the_rest_counts_where_one_answer_is_nonsense(shelf):
    assert found("kind=mat&kind=no-such-kind&people=many&language=ar") == {"Agreement"}


def test_what_was_asked_is_said_in_a_sentence():
    with override("en"):
        assert asked("").sentence(7) == "Seven experiences"
        assert asked("kind=mat&kind=hantverk&people=4").sentence(6) == (
            "Six experiences: mat or hantverk, for 4 people"
        )
        assert asked("people=1&when=evening&language=ar").sentence(1) == (
            "One experience for 1 person, in the evening, led in Arabic"
        )
        assert asked("when=weekend").sentence(0) == "No experiences on Saturdays and Sundays"


@pytest.mark.parametrize(
    ("language", "name", "sentence"),
    [
        ("sv", "Utomhus", "En upplevelse: utomhus"),
        ("en", "Outdoors", "One experience: outdoors"),
        ("ar", "في الهواء الطلق", "تجربة واحدة: في الهواء الطلق"),
    ],
)
def test_any_name_of_a_kind_reads_well(language, name, sentence):
    with override(language):
        form = ExperienceFilter(QueryDict("kind=x"), kinds=[Kind("x", name)], led_in=["sv"])
        assert form.is_valid()
        assert form.sentence(1) == sentence


def test_counts_are_words_up_to_twelve():
    with override("en"):
        assert [experiences_in_words(n) for n in (1, 12, 13, 1200)] == [
            "One experience",
            "Twelve experiences",
            "13 experiences",
            "1,200 experiences",
        ]


def test_each_thing_that_was_asked_can_be_taken_away():
    with override("en"):
        chosen = asked("kind=mat&kind=hantverk&people=4&page=3&fbclid=x").chosen()
    assert [(one.words, one.without) for one in chosen] == [
        ("Mat", "?kind=hantverk&people=4"),
        ("Hantverk", "?kind=mat&people=4"),
        ("For 4 people", "?kind=mat&kind=hantverk"),
    ]


def test_further_pages_keep_what_was_understood_and_nothing_else():
    assert asked("kind=mat&kind=zzz&people=x&page=2&utm_source=mail").query() == "kind=mat"


def test_one_language_is_no_choice():
    assert [field.name for field in asked("", led_in=["sv"]).in_fields] == ["people", "when"]
    assert [field.name for field in asked("").in_fields] == ["people", "when", "language"]


@pytest.mark.parametrize(
    "question",
    [
        "?kind=%00&people=%00&when=%00&language=%00&page=%00",
        f"?people={10**30}&page={10**30}",
        f"?people={'9' * 5000}&page={'9' * 5000}",
        "?kind=mat'--&when[]=1&page=-1",
        "?kind=%ff%fe&people=%F0%9F%98%80&page=2.5",
        "?" + "kind=x&" * 900,
    ],
)
def test_no_question_breaks_the_list(client, catalogue, question):
    assert client.get(f"/sv/upplevelser/{question}").status_code == 200


def test_the_list_says_what_it_could_not_use_and_shows_the_rest(client, catalogue):
    page = client.get("/sv/upplevelser/?people=many&kind=mat").content.decode()
    assert 'value="many"' in page
    assert 'aria-invalid="true"' in page
    assert 'href="#filter-people"' in page
    assert catalogue.experience.title in page


def test_what_was_chosen_stays_chosen(client, catalogue):
    page = client.get("/sv/upplevelser/?people=4&kind=mat&when=dates").content.decode()
    assert 'value="4"' in page
    assert re.search(r'<input[^>]*value="mat"[^>]*checked', page)
    assert '<option value="dates" selected>' in page
    assert 'href="?kind=mat&amp;when=dates#found"' in page


def test_nothing_found_leads_on(client, catalogue):
    page = client.get("/sv/upplevelser/?people=1&when=weekend").content.decode()
    assert catalogue.experience.title not in page
    nothing = re.search(r'<p class="measure nothing">(.*?)</p>', page).group(1)
    assert nothing.startswith("Inget passar allt som du har valt.")
    assert re.search(r'<a class="more" href="/sv/upplevelser/">Visa alla', page)
    assert re.search(r'<a class="button[^"]*" href="/sv/enquiry/">Hjälp mig välja</a>', page)


def test_a_class_that_no_experience_takes_at_once_is_led_to_the_form_with_its_number(client, catalogue):
    page = client.get("/sv/upplevelser/?people=24 elever").content.decode()
    assert catalogue.experience.title not in page
    assert "Inget i listan passar 24 personer på en gång" in page
    address = re.search(r'<a class="button" href="(/sv/enquiry/[^"]*)"', page).group(1).replace("&amp;", "&")
    form = client.get(address).content.decode()
    assert re.search(r'<input[^>]*name="people"[^>]*value="24"|<input[^>]*value="24"[^>]*name="people"', form)
    assert re.search(r'value="group"[^>]*checked', form)


@pytest.mark.parametrize("people", ["0", "många", "9" * 30, "<b>"])
def test_a_number_in_a_link_that_is_none_leaves_the_field_empty(client, home, people):
    page = client.get("/sv/enquiry/", {"people": people})
    assert page.status_code == 200
    assert not re.search(r'name="people"[^>]*value="', page.content.decode())


def test_dates_that_pass_leave_the_filters(home):
    """From the moment of viewing, not of publishing."""
    ExperiencePageFactory(title="Soon", starts=[timezone.now() + timedelta(minutes=5)], by_agreement=False)
    everything, form = ExperiencePage.objects.readable_in("sv"), asked("when=dates")
    assert form.apply(everything, timezone.now()).count() == 1
    assert form.apply(everything, timezone.now() + timedelta(minutes=6)).count() == 0
