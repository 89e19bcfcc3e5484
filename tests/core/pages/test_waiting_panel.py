"""Translators and editors see on the admin's first page what waits to be translated, the oldest first."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.pages.waiting_panel import LISTED, not_sent_for, waiting_for
from core.people import roles
from core.translation.sources import EARLIER_TEXT
from tests.core.translation.test_words import publish, write
from tests.factories import PlaceFactory, StandardPageFactory, UserFactory, home_page, once
from tests.people import browser, person
from tests.template_database import prepared
from tests.translations import translate, translated_once

pytestmark = pytest.mark.django_db


def panel_of(client: Client) -> str:
    found = re.search(
        r'<section[^>]*id="waiting-translations.*?</section>', client.get("/admin/").text, flags=re.DOTALL
    )
    return " ".join(found[0].split()) if found else ""


@prepared
def page() -> Any:
    page = once(StandardPageFactory, slug="om-oss", parent=home_page(), title="Om oss", lead="Vi bakar bröd.")
    translated_once(page, "en", {"title": "About us"})
    return page


def sentence(page: Any, path: str) -> str:
    """The address of a sentence in the English page's editor."""
    english = page.get_translation(Locale.objects.get(language_code="en"))
    segment = StringSegment.objects.get(source__object_id=page.translation_key, context__path=path)
    return f"{reverse('wagtailadmin_pages:edit', args=[english.pk])}#sentence-{segment.pk}"


@pytest.mark.parametrize("role", [roles.TRANSLATORS, roles.EDITORS])
def test_who_may_translate_sees_page_language_and_sentence_with_links(page, role):
    publish(page, lead="Vi bakar <tunnbröd>.")
    shown = panel_of(browser(person(role)))
    assert "Translations waiting" in shown
    assert f'<a href="{sentence(page, "lead")}"><bdi>About us</bdi></a> (English): Out of date since' in shown
    assert f'<a href="{sentence(page, "lead")}" lang="sv"><bdi>Vi bakar &lt;tunnbröd&gt;.</bdi></a>' in shown


@pytest.mark.parametrize("role", [roles.ENQUIRY_STAFF, roles.COACHES, roles.LEAD])
def test_who_translates_nothing_sees_nothing(page, role):
    publish(page, lead="Vi bakar tunnbröd.")
    assert panel_of(browser(person(role))) == ""


@pytest.mark.parametrize("role", [roles.TRANSLATORS, roles.EDITORS])
def test_where_nothing_waits_it_is_said_with_what_comes_next(page, role):
    shown = panel_of(browser(person(role)))
    assert "Nothing is waiting. When the Swedish of a page changes" in shown
    assert f'<a href="{reverse("wagtail_localize:translations_report")}">All translations</a>' in shown


def test_an_editor_sees_which_pages_were_not_sent_to_a_language_and_sends_them(page):
    shown = panel_of(browser(person(roles.EDITORS)))
    send = reverse("wagtail_localize:submit_page_translation", args=[page.pk])
    assert f'<li><a href="{send}"><bdi>Om oss</bdi></a>: Arabic</li>' in shown


def test_a_translator_sees_them_in_their_languages_without_a_link(page):
    new = StandardPageFactory(parent=page.get_parent(), title="Ny sida")
    StandardPageFactory(parent=page.get_parent(), title="Utkast", draft=True)
    shown = panel_of(browser(person(roles.TRANSLATORS)))
    assert "1 Swedish page has not been sent to every language" in shown
    assert "<li><bdi>Ny sida</bdi>: English</li>" in shown
    translate(new, "en", publish=False)
    assert "has not been sent" not in panel_of(browser(person(roles.TRANSLATORS)))


def test_twenty_pages_that_were_not_sent_cost_no_more_queries_than_one(page, queries):
    user = person(roles.EDITORS)
    few = queries(not_sent_for, user)
    for number in range(19):
        StandardPageFactory(parent=page.get_parent(), title=f"Sida {number}")
    assert not_sent_for(user)[1] >= 20
    assert queries(not_sent_for, user) == few


def test_the_oldest_is_on_top(home, page):
    other = StandardPageFactory(parent=home, title="Frågor", lead="Vad gör vi?")
    translate(other, "en", {"title": "Questions"})
    publish(other, lead="Vad vill vi?")
    publish(page, lead="Vi bakar tunnbröd.")
    StringTranslation.objects.filter(tool_name=EARLIER_TEXT, context__object_id=page.translation_key).update(
        created_at=timezone.now() - timedelta(days=9)
    )
    found, _ = waiting_for(person(roles.TRANSLATORS))
    assert [row.title for row in found] == ["About us", "Questions"]


def test_a_page_that_was_sent_and_not_begun_waits_too(home):
    page = StandardPageFactory(parent=home, title="Ny sida")
    translate(page, "en", publish=False)
    StringTranslation.objects.filter(context__path="title", context__object_id=page.translation_key).delete()
    ((row,), _) = waiting_for(person(roles.TRANSLATORS))
    assert row.status == "1 mening är inte översatt."
    assert [line.words for line in row.sentences] == ["Ny sida"]


@pytest.mark.parametrize("role", [roles.TRANSLATORS, roles.EDITORS])
def test_who_translates_the_last_sentence_and_leaves_finds_the_page_with_a_link_to_publish_it(page, role):
    publish(page, lead="Vi bakar tunnbröd.")
    translation = Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code="en")
    write(translation, "lead", "We bake flatbread.")
    edit = sentence(page, "lead").partition("#")[0]
    shown = panel_of(browser(person(role)))
    assert f'<a href="{edit}"><bdi>About us</bdi></a> (English): Translated, not published yet.' in shown
    assert f'<a href="{edit}#publish">Read it through and publish it</a>' in shown
    translation.save_target()
    assert "About us" not in panel_of(browser(person(role)))


def test_a_translation_does_not_wait_to_be_published_while_its_swedish_page_is_a_draft(page):
    translate(page, "en", publish=False)
    page.unpublish()
    assert waiting_for(person(roles.TRANSLATORS)) == ([], 0)


def test_a_finished_snippet_waits_to_be_published_too(home):
    place = PlaceFactory(area="i centrala Växjö")
    english = translate(place, "en")
    place.area = "i Växjö"
    place.save()
    translation = Translation.objects.get(source__object_id=place.translation_key)
    write(translation, "area", "in Växjö")
    ((row,), _) = waiting_for(person(roles.TRANSLATORS))
    assert (row.title, row.sentences, row.publish) == (str(english), [], f"{row.link}#publish")


def test_a_snippet_waits_as_a_page_does(home):
    place = PlaceFactory(area="i centrala Växjö")
    english = translate(place, "en")
    place.area = "i Växjö"
    place.save()
    ((row,), _) = waiting_for(person(roles.TRANSLATORS))
    assert row.title == str(english)
    assert row.link.startswith(reverse(english.snippet_viewset.get_url_name("edit"), args=[english.pk]))


def test_twenty_pages_cost_no_more_queries_than_two_and_the_rest_is_counted(home, queries):
    """Of two kinds, in two languages."""
    user = UserFactory(admin=True)

    def wait(number: int) -> None:
        page = StandardPageFactory(parent=home, title=f"Sida {number}", lead="Ett.")
        place = PlaceFactory(name=f"Plats {number}", area="Ett.")
        for code in ("en", "ar"):
            translate(page, code)
            translate(place, code)
        publish(page, lead="Två.")
        place.area = "Två."
        place.save()

    wait(0)
    few = queries(waiting_for, user)
    for number in range(1, 5):
        wait(number)
    found, more = waiting_for(user)
    assert (len(found), more) == (LISTED, 10)
    assert queries(waiting_for, user) <= few + 1  # The rest is counted.
