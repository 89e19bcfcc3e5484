"""The lists of experiences and hosts, and what other pages take from the catalogue."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.signal_handlers import disable_reference_index_auto_update

from experiences.models import ExperienceDate, ExperiencePage, ExperienceProvider, ProviderPage
from tests.factories import (
    CategoryFactory,
    ExperiencePageFactory,
    ImageFactory,
    PlaceFactory,
    ProviderPageFactory,
    TestimonialFactory,
)

EXPERIENCES, HOSTS = "/sv/upplevelser/", "/sv/vardarna/"
MOST_QUERIES = 15


def titles(answer) -> list[str]:
    return [page.title for page in answer.context["results"].object_list]


def html(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def card_of(page: str, title: str) -> str:
    """The card of a title, without its cloth."""
    cards = re.findall(r'<article class="card.*?</article>', page)
    return next(re.sub(r"<svg.*?</svg>", "", card) for card in cards if title in card)


def fill(catalogue, how_many: int) -> None:
    """Published at once, without revisions: only their number matters."""
    category, place, picture = CategoryFactory(), PlaceFactory(), ImageFactory()
    with disable_reference_index_auto_update():
        for number in range(how_many):
            page = ExperiencePage(
                title=f"Fler {number:03}",
                slug=f"fler-{number}",
                summary="Kort.",
                locale=catalogue.experiences.locale,
                **{"category": category, "place": place, "picture": picture if number % 3 else None},
                **{"price": 100, "duration": 60, "group_min": 1, "group_max": 9, "languages": ["sv"]},
                experience_providers=[ExperienceProvider(provider=catalogue.provider)],
                dates=[ExperienceDate(start=timezone.now() + timedelta(days=number + 1), seats=3)],
            )
            catalogue.experiences.add_child(instance=page)
            assert page.live


# --- Experiences --------------------------------------------------------------------------------------------------
def test_the_nearest_date_comes_first_then_agreement_then_paused(client, catalogue):
    now = timezone.now()
    catalogue.experience.unpublish()
    for title, days, values in (
        ("Later", 20, {}),
        ("Österut", None, {}),
        ("Åka", None, {}),
        ("Soon", 5, {}),
        ("Paused", 1, {"state": "paused"}),
    ):
        starts = [now + timedelta(days=days)] if days else []
        ExperiencePageFactory(
            parent=catalogue.experiences, title=title, providers=[catalogue.provider], starts=starts, **values
        )
    assert titles(client.get(EXPERIENCES)) == ["Soon", "Later", "Åka", "Österut", "Paused"]


def test_a_card_says_what_one_chooses_by(client, catalogue):
    card = card_of(html(client.get(EXPERIENCES)), "Baka bröd")
    words = re.sub(r"<[^>]+>", " ", card).replace("\N{NO-BREAK SPACE}", " ")
    for fact in ("Mat", "Samira Khoury", "450 kr", "4–8", "4 februari", "arabiska"):
        assert fact in words, fact
    assert card.count("<a ") == 1


def test_a_paused_card_says_why(client, catalogue):
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    page.state, page.state_note = "paused", "Pausad till mars."
    page.save_revision().publish()
    card = card_of(html(client.get(EXPERIENCES)), "Baka bröd")
    assert "Pausad till mars." in card
    assert "4 februari" not in card


def test_a_picture_on_a_card_is_cropped_lazy_and_silent(client, catalogue):
    for number in range(2):
        ExperiencePageFactory(
            parent=catalogue.experiences, title=f"Bild {number}", providers=[catalogue.provider], picture=ImageFactory()
        )
    card = card_of(html(client.get(EXPERIENCES)), "Bild 1")
    image = re.search(r"<img[^>]*>", card).group()
    assert 'alt=""' in image
    assert 'loading="lazy"' in image
    assert 'width="400"' in image
    assert 'type="image/avif"' in card


def test_a_long_list_has_pages(client, catalogue):
    fill(catalogue, 30)
    first, second = client.get(EXPERIENCES), client.get(f"{EXPERIENCES}?page=2&kind=mat")
    assert len(titles(first)) == 24
    assert len(titles(second)) == 7
    assert not set(titles(first)) & set(titles(second))
    assert '<link rel="next" href="?page=2">' in html(first)
    assert '<link rel="prev" href="?kind=mat&amp;page=1">' in html(second)


def test_a_page_that_does_not_exist_gives_one_that_does(client, catalogue):
    fill(catalogue, 24)
    expected = {"abc": 1, "0": 2, "99": 2, "-1": 2, "\x00": 1}
    given = {asked: client.get(EXPERIENCES, {"page": asked}).context["results"].number for asked in expected}
    assert given == expected


def test_an_empty_list_says_so(client, catalogue):
    catalogue.experience.unpublish()
    answer = client.get(EXPERIENCES)
    assert _("The first experiences are on their way. In the meantime, ask us.") in answer.content.decode()


# --- Languages ----------------------------------------------------------------------------------------------------
def test_an_arabic_list_shows_arabic_pages_and_swedish_ones_that_it_lacks(client, catalogue, translated):
    ExperiencePageFactory(
        parent=catalogue.experiences, title="Väva", slug="vava", providers=[catalogue.provider], starts=[]
    )
    translated(catalogue.experience, "ar", {"title": "اخبزوا", "slug": "ikhbizu"})
    listed = catalogue.experiences.get_translations().get(locale__language_code="ar")
    answer = client.get(listed.get_url())
    assert titles(answer) == ["اخبزوا", "Väva"]
    own, swedish = card_of(html(answer), "اخبزوا"), card_of(html(answer), "Väva")
    assert re.search(r'<a href="/ar/[^"]*" lang="sv" dir="ltr">Väva</a>', swedish)
    assert "card__note" in swedish
    assert "card__note" not in own


def test_a_draft_translation_does_not_hide_the_swedish_page(client, catalogue, translated):
    translated(catalogue.experience, "ar", {"title": "اخبزوا", "slug": "ikhbizu"}, publish=False)
    with override("ar"):
        listed = catalogue.experiences.get_translations().get(locale__language_code="ar")
    assert titles(client.get(listed.get_url())) == ["Baka bröd på het plåt"]


def test_cards_name_hosts_and_kinds_in_the_readers_language(client, catalogue, translated):
    translated(catalogue.provider, "ar", {"title": "سميرة خوري", "slug": "samira"})
    translated(catalogue.experience.category, "ar", {"name": "طعام"})
    translated(catalogue.experience, "ar", {"title": "اخبزوا", "slug": "ikhbizu"})
    listed = catalogue.experiences.get_translations().get(locale__language_code="ar")
    page = html(client.get(listed.get_url()))
    card = card_of(page, "اخبزوا")
    assert "سميرة خوري" in card
    assert "طعام" in card
    assert re.search(r'value="mat"[^>]*> طعام', page), "the filter too"


def test_one_cloth_hangs_in_every_language(client, catalogue, translated):
    arabic = translated(catalogue.provider, "ar", {"title": "سميرة خوري", "slug": "samira"})
    assert arabic.cloth_word == catalogue.provider.cloth_word == "samira-khoury"
    assert ProviderPage.objects.with_cloth().get(pk=arabic.pk).cloth_word == "samira-khoury"


# --- Hosts --------------------------------------------------------------------------------------------------------
def test_hosts_stand_in_alphabetical_order_with_their_line(client, catalogue):
    for title in ("Örjan", "Åsa", "Nour Issa"):
        ProviderPageFactory(parent=catalogue.providers, title=title, line=f"{title} väver.")
    answer = client.get(HOSTS)
    assert titles(answer) == ["Nour Issa", "Samira Khoury", "Åsa", "Örjan"]
    assert "Nour Issa väver." in card_of(html(answer), "Nour Issa")


# --- Queries ------------------------------------------------------------------------------------------------------
def test_seventy_experiences_cost_the_list_no_more_than_seven(client, catalogue, queries):
    addresses = [EXPERIENCES, f"{EXPERIENCES}?kind=mat&people=3&when=dates&language=sv"]
    fill(catalogue, 6)
    seven = {address: queries(client, address) for address in addresses}
    fill_more(catalogue, 63)
    assert {address: queries(client, address) for address in addresses} == seven
    assert max(seven.values()) <= MOST_QUERIES


def fill_more(catalogue, how_many: int) -> None:
    """Copies of the last one: rows only, for speed."""
    last = ExperiencePage.objects.get(slug="fler-5")
    with disable_reference_index_auto_update():
        for number in range(how_many):
            last.copy(update_attrs={"slug": f"kopia-{number}", "title": f"Kopia {number}"}, copy_revisions=False)


@pytest.mark.parametrize("code", ["sv", "ar"])
def test_seventy_hosts_cost_their_list_no_more_than_one(client, catalogue, translated, queries, code):
    listed = catalogue.providers if code == "sv" else translated(catalogue.providers, code, {"slug": "hosts"})
    one = queries(client, listed.get_url())
    for number in range(20):
        catalogue.providers.add_child(
            instance=ProviderPage(
                title=f"Värd {number}", slug=f"vard-{number}", line="Väver.", locale=catalogue.providers.locale
            )
        )
    assert queries(client, listed.get_url()) == one <= MOST_QUERIES


def test_an_arabic_list_costs_no_more_than_the_swedish(client, catalogue, translated, queries):
    for number in range(3):
        page = ExperiencePageFactory(
            parent=catalogue.experiences, title=f"T {number}", slug=f"t-{number}", providers=[catalogue.provider]
        )
        translated(page, "ar", {"slug": f"t-{number}"})
    listed = catalogue.experiences.get_translations().get(locale__language_code="ar")
    assert len(titles(client.get(listed.get_url()))) == len(titles(client.get(EXPERIENCES))) == 4
    assert queries(client, listed.get_url()) <= queries(client, EXPERIENCES)


# --- What the home page takes -------------------------------------------------------------------------------------
def drawn(tag: str, code: str = "sv") -> str:
    request = RequestFactory().get(f"/{code}/")
    request.LANGUAGE_CODE = code
    with override(code):
        text = Template("{% load experience_tags %}" + tag).render(Context({"request": request}))
    return re.sub(r"\s+", " ", text)


def test_few_hosts_are_marked_as_few(catalogue):
    row = drawn("{% host_hangings %}")
    assert row.count("<li>") == 1
    assert "hangings--few" in row
    assert "bröd på het plåt" in row


def test_many_hosts_are_twelve_and_a_link_to_all(catalogue):
    for number in range(13):
        ProviderPageFactory(parent=catalogue.providers, title=f"Värd {number:02}")
    row = drawn("{% host_hangings %}")
    assert row.count("<li>") == 12
    assert f'href="{HOSTS}"' in row


def test_no_hosts_leave_nothing(home):
    assert not drawn("{% host_hangings %}").strip()
    assert drawn("{% cloth_of_a_host %}").strip() == "selvedge"


def test_the_showcase_has_the_nearest_first_and_none_that_is_paused(catalogue):
    now, hosts = timezone.now(), [catalogue.provider]
    for title, days, state in (("Soon", 2, "open"), ("Paused", 1, "paused"), ("Later", 9, "open")):
        ExperiencePageFactory(
            parent=catalogue.experiences,
            title=title,
            providers=hosts,
            starts=[now + timedelta(days=days)],
            state=state,
        )
    cards = re.findall(r'card__title"><a[^>]*>([^<]*)<', drawn("{% experience_showcase 2 heading='Kom' %}"))
    assert cards == ["Soon", "Later"]


def test_the_home_parts_ask_once_or_twice(catalogue, queries):
    for number in range(4):
        ExperiencePageFactory(
            parent=catalogue.experiences,
            title=f"E {number}",
            providers=[catalogue.provider],
            testimonials=[TestimonialFactory()],
            picture=ImageFactory(),
        )
    site = 1  # which every page has asked for before
    assert queries(drawn, "{% host_hangings %}{% cloth_of_a_host %}") == 1 + site
    assert queries(drawn, "{% guests_said 2 %}") == 1
    # Experiences, hosts, pictures, the page of all.
    assert queries(drawn, "{% experience_showcase 5 heading='x' %}") == 4 + site


def test_guests_words_are_in_the_readers_language(catalogue, translated):
    said = TestimonialFactory(words="Varmt bröd.")
    ExperiencePageFactory(parent=catalogue.experiences, providers=[catalogue.provider], testimonials=[said])
    assert 'lang="sv" dir="ltr">Varmt bröd.' in drawn("{% guests_said 1 %}", "ar")
    translated(said, "ar", {"words": "خبز دافئ.", "guest": "إنغريد"})
    assert "خبز دافئ." in drawn("{% guests_said 1 %}", "ar")
