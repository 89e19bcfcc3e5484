"""The menus and the crumbs follow the Swedish tree, in the reader's language."""

import json
from functools import partial
from types import SimpleNamespace

from django.test import RequestFactory
from django.utils.translation import override
from wagtail.models import Page, Site

from home.navigation import crumbs, navigation
from tests.factories import StandardPageFactory, make_catalogue, once
from tests.template_database import prepared


def ask(language: str) -> SimpleNamespace:
    request = RequestFactory().get(f"/{language}/", headers={"host": "localhost"})
    request.LANGUAGE_CODE = language
    Site.find_for_request(request)
    return request


def menu(language: str, page: Page | None = None) -> list[str]:
    with override(language):
        return [link.title for link in navigation(ask(language), page).main]


@prepared
def menus():
    """Experiences and about in the menu; about and privacy in the footer."""
    catalogue = make_catalogue()
    Page.objects.filter(pk=catalogue.experiences.pk).update(show_in_menus=True)
    below_home = partial(once, StandardPageFactory, parent=catalogue.home)
    catalogue.about = below_home(title="Om oss", slug="om", show_in_menus=True)
    catalogue.privacy = below_home(title="Integritet", slug="integritet")
    catalogue.hidden = below_home(title="Gömd", slug="gomd", show_in_footer=False)
    return catalogue


def test_the_menu_holds_what_an_editor_ticked_in_the_order_of_the_tree(menus):
    assert menu("sv") == ["Upplevelser", "Om oss"]


def test_the_footer_holds_the_standard_pages(menus):
    assert [link.title for link in navigation(ask("sv")).footer] == ["Om oss", "Integritet"]


def test_a_translated_page_is_in_the_menu_though_only_the_swedish_box_is_ticked(menus, translated):
    english = translated(menus.about, "en", {"title": "About us", "slug": "about"})
    Page.objects.filter(pk=english.pk).update(show_in_menus=False)
    assert menu("en") == ["Upplevelser", "About us"]


def test_an_untranslated_page_keeps_the_reader_in_the_reader_s_language(menus, translated):
    translated(menus.about, "ar", {"title": "من نحن", "slug": "about"})
    with override("ar"):
        first, second = navigation(ask("ar")).main
    assert (first.title, first.url, first.language) == ("Upplevelser", "/ar/upplevelser/", "sv")
    assert (second.title, second.url, second.language) == ("من نحن", "/ar/about/", "ar")


def test_a_button_to_a_page_of_the_menu_leads_to_the_translation_at_once(menus, translated, client):
    """Its block holds the Swedish page, whose address under /en/ would lead on."""
    link = {"page": menus.about.pk, "words": "Läs mer"}
    body = [{"type": "callouts", "value": {"callouts": [{"heading": "Om", "text": "Oss.", "link": link}]}}]
    page = StandardPageFactory(parent=menus.home, slug="sa-gar-det-till", body=json.dumps(body))
    translated(menus.about, "en", {"title": "About us", "slug": "about"})
    english = translated(page, "en", {"slug": "how"})
    shown = client.get(english.url).text
    assert '<a class="more" href="/en/about/">' in shown
    assert "/en/om/" not in shown


def test_drafts_are_in_no_menu(menus, translated):
    translated(menus.about, "en", {"title": "About us"}, publish=False)
    assert menu("en") == ["Upplevelser", "Om oss"]
    menus.about.unpublish()
    assert menu("en") == ["Upplevelser"]


def test_the_menu_says_where_the_reader_is(menus):
    def current(page):
        return [link.current for link in navigation(ask("sv"), page).main]

    assert current(menus.about) == ["", "page"]
    assert current(menus.experience) == ["true", ""]
    assert current(None) == ["", ""]


def test_the_list_of_experiences_is_known_by_its_kind(menus):
    assert navigation(ask("sv")).experiences.url == "/sv/upplevelser/"
    Page.objects.filter(pk=menus.experiences.pk).update(show_in_menus=False)
    assert navigation(ask("sv")).experiences is None


def test_both_menus_cost_one_query_however_many_pages(menus, django_assert_num_queries):
    Site.get_site_root_paths()
    for number in range(10):
        StandardPageFactory(parent=menus.home, title=f"Sida {number}", slug=f"sida-{number}", show_in_menus=True)
    request = ask("sv")
    with django_assert_num_queries(1):
        assert len(navigation(request, menus.about).footer) == 12


def test_crumbs_lead_from_home_to_the_parent_in_one_query(menus, django_assert_num_queries):
    request = ask("sv")
    Site.get_site_root_paths()
    with django_assert_num_queries(1):
        way = crumbs(request, menus.experience)
    assert [(link.title, link.url) for link in way] == [
        ("Sociala upplevelsepresenter", "/sv/"),
        ("Upplevelser", "/sv/upplevelser/"),
    ]


def test_the_home_page_has_no_crumbs(menus):
    assert crumbs(ask("sv"), menus.home) == ()


def test_the_crumbs_of_a_translation_are_translated(menus, translated):
    english = translated(menus.experience, "en", {"title": "Bake bread"})
    with override("en"):
        way = crumbs(ask("en"), english)
    assert [link.url for link in way] == ["/en/", "/en/upplevelser-en/"]
