"""A host's own page."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext as _
from django.utils.translation import override

from experiences.models import ProviderPage
from tests.factories import ExperiencePageFactory, ImageFactory, ProviderPageFactory, SkillFactory

ADDRESS = "/sv/vardarna/samira-khoury/"
MOST_QUERIES = 12


def html_of(client, address: str = ADDRESS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def change(page: ProviderPage, **values) -> ProviderPage:
    page = ProviderPage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return page


def test_title_and_sharing_say_name_and_line(client, catalogue):
    page = html_of(client)
    both = f"Samira Khoury: {catalogue.provider.line}".removesuffix(".")
    assert f"<title>{both} | " in page
    assert f'<meta property="og:title" content="{both}">' in page


def test_the_name_is_the_heading_with_how_it_is_said(client, catalogue):
    page = html_of(client)
    assert re.search(r"<h1[^>]*>Samira Khoury</h1>", page)
    assert "<bdi>sa-MI-ra KHO-ri</bdi>" in page


def test_the_story_is_told(client, catalogue):
    page = html_of(client)
    for words in ("läsa genom det", "Fönstret immar igen", "الخبز لا ينتظر أحدًا.", "Brödet väntar inte"):
        assert words in page


def test_a_translated_page_gives_the_swedish_name_where_it_differs(client, catalogue, translated):
    arabic = translated(catalogue.provider, "ar", {"title": "سميرة خوري", "slug": "samira"})
    english = translated(catalogue.provider, "en", {"title": "Samira Khoury", "slug": "samira"})
    assert '<bdi lang="sv">Samira Khoury</bdi>' in html_of(client, arabic.get_url())
    assert '<bdi lang="sv">' not in html_of(client, english.get_url()).split("</main>")[0]


def test_one_experience_is_the_button_itself(client, catalogue):
    hero = re.search(r'<section class="wall hero.*?</section>', html_of(client)).group()
    assert '<a class="button" href="/sv/upplevelser/baka-brod/">Baka bröd på het plåt</a>' in hero


def test_several_experiences_are_rows_below(client, catalogue):
    ExperiencePageFactory(parent=catalogue.experiences, title="Väva", providers=[catalogue.provider])
    other = ProviderPageFactory(parent=catalogue.providers, title="Nour Issa")
    ExperiencePageFactory(parent=catalogue.experiences, title="Oud", providers=[other])
    page = html_of(client)
    assert page.count("card--row") == 2
    assert "Oud" not in page
    assert 'href="#experiences"' in page


def test_a_host_without_experiences_has_neither_button_nor_heading(client, catalogue):
    catalogue.experience.unpublish()
    page = html_of(client)
    assert 'id="experiences"' not in page
    assert 'class="button"' not in page.split("</main>")[0].split("<main")[1]


def test_skills_stand_above_the_name_in_the_readers_language(client, catalogue, translated):
    skill = SkillFactory(name="tunnbröd")
    change(catalogue.provider, skills=[skill])
    assert ">Tunnbröd</li>" in html_of(client)
    translated(skill, "ar", {"name": "خبز رقيق"})
    assert "خبز رقيق" in html_of(client, translated(catalogue.provider, "ar", {"slug": "samira"}).get_url())


@pytest.mark.parametrize("size", [(600, 1200), (1600, 700)])
def test_a_portrait_of_any_shape_fills_the_panel(client, catalogue, size):
    change(catalogue.provider, portrait=ImageFactory(size=size), portrait_alt="Samira vid plåten.")
    hero = re.search(r'<section class="wall hero.*?</section>', html_of(client)).group()
    assert 'alt="Samira vid plåten."' in hero
    # The whole of a small picture, cut to 4:5 like a large one.
    width, height = (int(re.search(rf'<img[^>]* {side}="(\d+)"', hero).group(1)) for side in ("width", "height"))
    assert height / width == pytest.approx(5 / 4, abs=0.02)
    assert "weave-mark" in hero


def test_another_cloth_on_request(client, catalogue):
    change(catalogue.provider, cloth="samira-khoury+1")
    assert ProviderPage.objects.with_cloth().get(pk=catalogue.provider.pk).cloth_word == "samira-khoury+1"


@pytest.mark.parametrize("code", ["sv", "ar"])
def test_it_asks_little_also_with_many_experiences(client, catalogue, translated, queries, code):
    page = change(catalogue.provider, portrait=ImageFactory(), portrait_alt="x", skills=[SkillFactory()])
    for number in range(4):
        ExperiencePageFactory(
            parent=catalogue.experiences, title=f"E {number}", providers=[page], picture=ImageFactory()
        )
    shown = page if code == "sv" else translated(page, code, {"slug": "samira"})
    assert queries(client, shown.get_url()) <= MOST_QUERIES


def test_an_untranslated_page_is_swedish_with_swedish_labels(client, catalogue):
    """The frame is the reader's; inside, words and labels are in one language."""
    page = html_of(client, "/ar/vardarna/samira-khoury/")
    assert '<main id="main" tabindex="-1" lang="sv" dir="ltr">' in page
    with override("sv"):
        assert _("What we can do together") in page
