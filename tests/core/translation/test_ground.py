"""What every other test of languages stands on."""

from wagtail.models import Page, Site

from experiences.models import ExperiencePage
from home.models import HomePage


def test_a_fresh_site_has_a_swedish_home_page_a_name_and_settings(db):
    site = Site.objects.get()
    assert site.site_name == "Sociala upplevelsepresenter"
    assert isinstance(site.root_page.specific, HomePage)
    assert site.root_page.locale.language_code == "sv"
    assert site.sitesettings.answer_days == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_the_catalogue_is_live_in_swedish(catalogue):
    experience = ExperiencePage.objects.get()
    assert experience.live
    assert [row.provider for row in experience.experience_providers.all()] == [catalogue.provider]
    assert experience.dates.count() == 2


def test_a_page_is_translated_with_the_words_of_a_translator(catalogue, translated):
    english = translated(catalogue.experience, "en", {"title": "Bake bread", "slug": "bake-bread"})
    assert (english.title, english.slug, english.live) == ("Bake bread", "bake-bread", True)
    assert english.summary.endswith("(en)")
    assert english.get_parent().title == "Upplevelser (en)"
    assert english.alias_of is None
