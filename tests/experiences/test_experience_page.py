"""What a visitor reads on an experience's page."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from wagtail.models import Page, PageViewRestriction

from core.languages.display import sentence_list
from core.languages.free_from import FREE_FROM
from experiences.models import ExperienceDate, ExperiencePage, Place, ProviderPage, Testimonial
from tests.factories import (
    ExperiencePageFactory,
    ImageFactory,
    PlaceFactory,
    ProviderPageFactory,
    TestimonialFactory,
)

STOCKHOLM = ZoneInfo("Europe/Stockholm")
ADDRESS = "/sv/upplevelser/baka-brod/"
# Photos and three other experiences and all, with nothing kept in memory.
MOST_QUERIES = 13


def text_of(client, address: str = ADDRESS) -> str:
    """The words of a page, without tags and with plain spaces."""
    answer = client.get(address)
    assert answer.status_code == 200
    html = re.sub(r"<svg.*?</svg>|<(script|style).*?</\1>", "", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html).replace("\N{NO-BREAK SPACE}", " "))


def html_of(client, address: str = ADDRESS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def change(page: ExperiencePage, **values) -> ExperiencePage:
    """As an editor would: edit and publish."""
    page = ExperiencePage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def items(*lines: str) -> list[dict[str, str]]:
    return [{"type": "item", "value": line} for line in lines]


def picture_block() -> dict[str, Any]:
    image = {"image": ImageFactory().pk, "alt_text": "Deg", "decorative": False}
    return {"type": "picture", "value": {"image": image, "caption": ""}}


def test_the_title_says_what_with_whom_and_where(client, catalogue):
    page = html_of(client)
    assert "<title>Baka bröd på het plåt – Samira Khoury | Sociala upplevelsepresenter</title>" in page


def test_every_fact_that_one_chooses_by_is_in_the_hero(client, catalogue):
    hero = re.search(r'<section class="wall hero.*?</section>', html_of(client)).group()
    words = re.sub(r"<[^>]+>", " ", hero).replace("\N{NO-BREAK SPACE}", " ")
    for fact in ("450 kr", "4–8", "Vårt kök", "i centrala Växjö", "Samira Khoury", "4 februari"):
        assert fact in words
    assert hero.count('class="button"') == 1


def test_all_that_an_editor_writes_is_shown(client, catalogue):
    change(
        catalogue.experience,
        duration_note="med dukning",
        not_included=items("Resan hit"),
        bring=items("Förkläde"),
        suits=items("är nybörjare"),
        steps=[{"type": "step", "value": {"minutes": 30, "title": "Kasta", "text": "Den första går sönder."}}],
        food="known",
        allergens=["gluten", "sesame"],
        food_note="I brödet finns vete.",
        access_steps="Inga trappor",
        access_toilet="Toalett på samma plan",
        access_seating="Stolar med ryggstöd",
        access_noise="Prat och sprak",
        if_plans_change="Boka om till tre dagar innan.",
        booking_steps=items("Ring oss."),
        questions=[{"type": "question", "value": {"question": "Får barn komma?", "answer": "Från tio år."}}],
    )
    words = text_of(client)
    for line in (
        *("Du bakar ditt eget bröd", "Mjöl, tillbehör, te och förkläde", "med dukning", "Te med mynta", "Resan hit"),
        *("Förkläde", "är nybörjare", "Kasta", "Den första går sönder.", "I brödet finns vete.", "Inga trappor"),
        *("Toalett på samma plan", "Stolar med ryggstöd", "Prat och sprak", "Boka om till tre dagar", "Ring oss."),
        *("Får barn komma?", "Från tio år.", "väljer dag själv"),
    ):
        assert line in words, line


def test_what_is_empty_leaves_no_heading(client, catalogue):
    change(
        catalogue.experience,
        price_covers="",
        included=[],
        as_gift="",
        food="none",
        companion_free=False,
    )
    page = html_of(client)
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", page)
    nothing_to_say = ("Included", "Not included", "Bring", "Food and allergens", "As a gift", "Pictures")
    assert not {_(heading) for heading in nothing_to_say} & set(headings)
    assert 'id="gift"' not in page
    assert "<small></small>" not in page


def test_the_address_is_never_shown(client, catalogue):
    Place.objects.update(address="Hemliga gatan 7")
    assert "Hemliga" not in html_of(client)


# --- When ---------------------------------------------------------------------------------------------------------
def test_only_days_to_come_are_shown(client, catalogue):
    now = timezone.now()
    dates = [ExperienceDate(start=now + timedelta(days=days), seats=3) for days in (-2, 20, 10)]
    change(catalogue.experience, dates=dates)
    context = client.get(ADDRESS).context
    assert [date.start for date in context["dates"]] == [now + timedelta(days=10), now + timedelta(days=20)]
    assert context["next_date"].start == now + timedelta(days=10)


def test_a_day_leads_to_the_form_with_its_date_in_stockholm(client, catalogue):
    year = timezone.now().year + 1
    start = datetime(year, 2, 3, 23, 30, tzinfo=ZoneInfo("UTC"))  # half past midnight on the fourth
    change(catalogue.experience, dates=[ExperienceDate(start=start, seats=3)])
    assert f'href="{ADDRESS}?date={year}-02-04#form"' in html_of(client)


def test_a_day_says_when_it_ends(client, catalogue):
    hours = re.search(r"17.00–20.00", text_of(client))
    assert hours, "start and end from the length of 180 minutes"


def test_a_full_day_is_told_and_cannot_be_asked_for(client, catalogue):
    start = timezone.now() + timedelta(days=9)
    change(catalogue.experience, dates=[ExperienceDate(start=start, seats=0)], by_agreement=False)
    assert "?date=" not in html_of(client)
    assert _("All days are full. Ask us: someone may drop out, and more days may be added.") in text_of(client)


def test_a_full_day_is_not_the_next_one(client, catalogue):
    now = timezone.now()
    dates = [ExperienceDate(start=now + timedelta(days=days), seats=seats) for days, seats in ((5, 0), (12, 2))]
    change(catalogue.experience, dates=dates)
    assert client.get(ADDRESS).context["next_date"].seats == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"by_agreement": True, "lead_days": 10}, "Säg till minst 10 dagar innan."),
        ({"by_agreement": True, "lead_days": None}, gettext_noop("You and the host choose a day together.")),
        (
            {"by_agreement": False},
            gettext_noop("No days are set right now. Ask us, and we will tell you when there are."),
        ),
    ],
)
def test_without_dates_it_says_how_to_get_one(client, catalogue, values, words):
    change(catalogue.experience, dates=[], **values)
    when = re.search(r'<section class="stack" id="when">.*?</section>', html_of(client)).group()
    assert _(words) in when


def test_steps_have_the_times_of_the_next_day(client, catalogue):
    change(catalogue.experience, steps=[{"type": "step", "value": {"minutes": 75, "title": "Plåten", "text": ""}}])
    assert '<time datetime="18:15">' in html_of(client)


def test_a_program_can_read_each_day_and_no_number_leaves_its_word(client, catalogue):
    start = timezone.localtime(ExperiencePage.objects.get(pk=catalogue.experience.pk).dates_to_come[0].start)
    page = html_of(client)
    when = re.search(r'<section class="stack" id="when">.*?</section>', page).group()
    assert f'<b><time datetime="{start.isoformat()}">' in when
    assert page.count(f'<time datetime="{start.isoformat()}">') >= 3, "facts, summary, list of days"
    assert len(re.findall(r"(?<=\d)\N{NO-BREAK SPACE}arbetsdag", client.get(ADDRESS).text)) >= 3
    assert not re.search(r"\d arbetsdag", client.get(ADDRESS).text)


def test_steps_without_a_day_say_how_long_after_the_start(client, catalogue):
    step = {"type": "step", "value": {"minutes": 75, "title": "Plåten", "text": ""}}
    change(catalogue.experience, dates=[], steps=[step])
    assert "1 tim 15 min" in text_of(client)


def test_a_paused_one_says_why_and_can_be_asked_about(client, catalogue):
    change(catalogue.experience, state="paused", state_note="Pausad till mars.")
    page = html_of(client)
    assert "Pausad till mars." in page
    hero = re.search(r'<section class="wall hero.*?</section>', page).group()
    assert 'class="button"' not in hero
    assert _("Ask anyway") in hero
    for promised in ("?date=", _("How booking works"), "kvar</span>"):
        assert promised not in page


@pytest.mark.parametrize(("kind", "words"), [("yours", "Samira kommer till dig"), ("ours", "Du kommer. Samira")])
def test_the_steps_of_booking_say_who_comes_to_whom(client, catalogue, kind, words):
    Place.objects.update(kind=kind)
    ProviderPage.objects.update(title="Samira")
    assert words in text_of(client)


# --- Food ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"food": "known", "allergens": ["milk", "sesame"]}, "sesam"),
        (
            {"food": "known", "allergens": []},
            gettext_noop(
                "None of the fourteen allergens that must be declared is used in the food. There may be traces: ask us."
            ),
        ),
        (
            {"food": "unknown"},
            gettext_noop(
                "We do not know everything that is in the food. "
                "Ask us before you book if there is something you must not eat."
            ),
        ),
    ],
)
def test_food_says_what_we_know_and_never_what_it_is_free_from(client, catalogue, values, words):
    change(catalogue.experience, **values)
    said = text_of(client)
    assert _(words) in said
    assert not FREE_FROM.search(said)


# --- Hosts, guests, pictures --------------------------------------------------------------------------------------
def test_several_hosts_stand_in_the_editors_order(client, catalogue):
    second = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa", slug="nour-issa")
    page = ExperiencePageFactory(
        parent=catalogue.experiences, slug="tva", title="Två", providers=[second, catalogue.provider]
    )
    answer = client.get(page.get_url())
    assert [host.title for host in answer.context["hosts"]] == ["Nour Issa", "Samira Khoury"]
    assert f"<title>Två – {sentence_list(['Nour Issa', 'Samira Khoury'])} |" in answer.content.decode()


def test_a_host_who_is_not_published_is_not_named(client, catalogue):
    other = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa")
    page = ExperiencePageFactory(
        parent=catalogue.experiences, slug="tva", title="Två", providers=[other, catalogue.provider]
    )
    assert "Samira" in text_of(client, page.get_url())
    catalogue.provider.unpublish()
    shown = text_of(client, page.get_url())
    assert "Nour Issa" in shown
    assert "Samira" not in shown


def test_guests_words_stand_beside_their_own(client, catalogue):
    plain, turkish = TestimonialFactory(words="Jag lärde mig vänta."), TestimonialFactory(in_arabic=True)
    ExperiencePageFactory(
        parent=catalogue.experiences, slug="tva", providers=[catalogue.provider], testimonials=[turkish, plain]
    )
    page = html_of(client, "/sv/upplevelser/tva/")
    assert page.index(turkish.original) < page.index("Jag lärde mig vänta.")
    assert f'<p lang="ar" dir="rtl">{turkish.original}</p>' in page


def test_a_picture_replaces_the_cloth_in_three_formats(client, catalogue):
    change(catalogue.experience, picture=ImageFactory(), picture_alt="Ett bröd på en plåt.")
    hero = re.search(r'<section class="wall hero.*?</section>', html_of(client)).group()
    assert 'type="image/avif"' in hero
    assert 'type="image/webp"' in hero
    image = re.search(r"<img[^>]*>", hero).group()
    assert 'alt="Ett bröd på en plåt."' in image
    assert "width=" in image
    assert "height=" in image
    assert "loading=" not in image, "the first screen does not wait"
    assert "weave-hang" not in hero


def test_without_a_picture_the_first_hosts_cloth_hangs(client, catalogue):
    assert "weave-hang" in html_of(client)
    assert catalogue.experience.cloth_word == "samira-khoury"


# --- Languages ----------------------------------------------------------------------------------------------------
def test_what_it_shows_of_others_is_in_the_readers_language(client, catalogue, translated):
    said = TestimonialFactory(words="Varmt bröd.")
    page = ExperiencePageFactory(
        parent=catalogue.experiences, slug="tva", providers=[catalogue.provider], testimonials=[said]
    )
    for thing, words in (
        (page.category, {"name": "طعام"}),
        (page.place, {"name": "مطبخنا", "area": "في وسط فيكشو"}),
        (said, {"words": "خبز دافئ.", "guest": "إنغريد"}),
        (catalogue.provider, {"title": "سميرة خوري", "slug": "samira"}),
    ):
        translated(thing, "ar", words)
    shown = html_of(client, translated(page, "ar", {"title": "اخبزوا", "slug": "ikhbizu"}).get_url())
    for words in ("طعام", "مطبخنا", "في وسط فيكشو", "خبز دافئ.", "سميرة خوري"):
        assert words in shown
    assert "Samira Khoury" not in shown
    assert "Vårt kök" not in shown


def test_what_is_not_translated_is_marked_as_swedish(client, catalogue, translated):
    shown = html_of(client, translated(catalogue.experience, "ar", {"title": "اخبزوا", "slug": "ikhbizu"}).get_url())
    assert '<bdi lang="sv" dir="ltr">Samira Khoury</bdi>' in shown
    assert re.search(r'<span class="facts__value" lang="sv" dir="ltr">Vårt kök</span>', shown)


def test_an_untranslated_page_is_in_one_language_and_its_form_in_the_readers(client, catalogue, translated):
    translated(catalogue.provider, "ar", {"title": "سميرة خوري", "slug": "samira"})
    translated(catalogue.experience.place, "ar", {"name": "مطبخنا"})
    shown = html_of(client, "/ar/upplevelser/baka-brod/")
    words, form = shown.split("<main")[1].split('id="form"')
    assert ' lang="sv" dir="ltr"' in words
    assert "Samira Khoury" in words
    assert "Vårt kök" in words
    with override("sv"):
        assert _("Languages") in words
    with override("ar"):
        assert _("Send the enquiry") in form


# --- Queries ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["sv", "ar"])
def test_a_full_page_asks_little(client, catalogue, translated, queries, code):
    second = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa", slug="nour-issa")
    page = ExperiencePageFactory(
        parent=catalogue.experiences,
        slug="full",
        providers=[catalogue.provider, second],
        testimonials=[TestimonialFactory(), TestimonialFactory(in_arabic=True)],
        picture=ImageFactory(),
        story=[picture_block()],
        gallery=[picture_block()],
    )
    if code != "sv":
        page = translated(page, code, {"slug": "full"})
    assert queries(client, page.get_url()) <= MOST_QUERIES


def test_a_page_with_a_password_is_in_no_list(client, catalogue):
    PageViewRestriction.objects.create(page=Page.objects.get(pk=catalogue.experience.pk), restriction_type="login")
    assert not ExperiencePage.objects.readable_in("sv").exists()
    assert catalogue.experience.title not in text_of(client, "/sv/upplevelser/")


def test_a_testimonial_without_a_page_is_on_no_home_page(catalogue):
    TestimonialFactory()
    assert not Testimonial.objects.of_live_experiences().exists()


def test_a_place_of_yours_says_that_we_come(client, catalogue):
    change(catalogue.experience, place=PlaceFactory(name="Hos er", kind="yours", area=""))
    words = text_of(client)
    assert _("We come to you.") in words
    assert _("You get the address when you have booked.") not in words
