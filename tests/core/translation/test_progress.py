"""What is said of a translation is true in the report, beside the Swedish page and in its editor."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation

from core.languages.display import short_day
from core.people import roles
from core.translation import sources
from core.translation.comparing import differences
from core.translation.sources import EARLIER_TEXT
from tests.core.translation.test_words import publish, write
from tests.factories import CategoryFactory, PlaceFactory, StandardPageFactory, home_page, once
from tests.people import browser, person
from tests.template_database import prepared
from tests.translations import translate, translated_once

pytestmark = pytest.mark.django_db

REPORT = "/admin/localize/reports/translations/"
UP_TO_DATE = "Aktuell"


@prepared
def page() -> Any:
    """In Swedish and English."""
    page = once(StandardPageFactory, slug="om-oss", parent=home_page(), title="Om oss", lead="Vi bakar bröd.")
    translated_once(page, "en", {"title": "About us", "lead": "We bake bread."})
    return page


def record(page: Any, code: str = "en") -> Translation:
    return Translation.objects.get(source__object_id=page.translation_key, target_locale__language_code=code)


def status(page: Any) -> str:
    return str(record(page).get_status_display())


def days_ago(days: int) -> Any:
    return timezone.now() - timedelta(days=days)


def out_of_date(since: Any, count: int = 1) -> str:
    return f"Inaktuell sedan {short_day(since)}: {count} {'mening' if count == 1 else 'meningar'}."


# --- The state ------------------------------------------------------------------------------------------------------
def test_a_translation_that_is_whole_and_published_is_up_to_date(page):
    assert status(page) == UP_TO_DATE


def test_one_whose_swedish_has_changed_says_since_when_and_how_many_sentences(page):
    publish(page, title="Om huset", lead="Vi bakar.")
    assert status(page) == out_of_date(timezone.now(), 2)


def test_it_is_out_of_date_since_its_first_change(page):
    publish(page, lead="Vi bakar.")
    StringTranslation.objects.filter(tool_name=EARLIER_TEXT).update(created_at=days_ago(9))
    publish(page, lead="Vi bakar mer.")
    assert status(page) == out_of_date(days_ago(9))


def test_a_new_sentence_is_not_translated(page):
    publish(page, seo_title="Om oss i Växjö")
    assert status(page) == "1 mening är inte översatt."


def test_a_slug_may_stay_as_it_is(page):
    publish(page, slug="om-huset")
    assert status(page) == UP_TO_DATE


def test_a_changed_and_a_new_one_are_both_said(page):
    publish(page, lead="Vi bakar.", seo_title="Om oss i Växjö")
    assert status(page) == f"{out_of_date(timezone.now())} 1 mening är inte översatt."


def test_what_is_translated_anew_is_up_to_date_when_it_is_published(page):
    publish(page, lead="Vi bakar.")
    translation = record(page)
    write(translation, "lead", "We bake.")
    assert status(page) == "Översatt, inte publicerad än."
    translation.save_target()
    assert status(page) == UP_TO_DATE


def test_a_translation_that_was_never_published_is_not_up_to_date(home):
    page = StandardPageFactory(parent=home)
    translate(page, "en", publish=False)
    assert status(page) == "Översatt, inte publicerad än."


def test_a_price_changed_in_swedish_leaves_it_up_to_date(catalogue):
    translate(catalogue.experience, "en")
    publish(catalogue.experience, price=520)
    assert status(catalogue.experience) == UP_TO_DATE


def test_an_emptied_translation_and_one_with_an_error_are_not_translated(page):
    StringTranslation.objects.filter(context__path="lead").update(data="")
    StringTranslation.objects.filter(context__path="title").update(has_error=True)
    assert status(page) == "2 meningar är inte översatta."


def test_a_snippet_is_out_of_date_too():
    place = PlaceFactory(area="i centrala Växjö")
    translate(place, "en")
    assert status(place) == UP_TO_DATE
    place.area = "i Växjö"
    place.save()
    assert status(place) == out_of_date(timezone.now())


def test_the_progress_of_a_snippet_in_the_editor_of_its_page_counts_it_as_not_done():
    place = PlaceFactory(area="i centrala Växjö")
    translate(place, "en")
    place.area = "i Växjö"
    place.save()
    total, done = record(place).get_progress()
    assert total - done == 1


# --- The report -----------------------------------------------------------------------------------------------------
def rows(client: Any, query: str = "") -> list[str]:
    """The report's rows as text."""
    html = client.get(f"{REPORT}{query}").text
    table = re.search(r'<table class="listing.*?</table>', html, flags=re.DOTALL)
    found = re.findall(r"<tr[ >].*?</tr>", table[0], flags=re.DOTALL)[1:] if table else []
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in found]


def test_the_report_has_the_oldest_that_waits_on_top(admin, home, page):
    newer = StandardPageFactory(parent=home, title="Frågor", lead="Vad gör vi?")
    translate(newer, "en")
    publish(newer, lead="Vad vill vi?")
    publish(page, lead="Vi bakar.")
    StringTranslation.objects.filter(tool_name=EARLIER_TEXT, context__object_id=page.translation_key).update(
        created_at=days_ago(9)
    )
    found = rows(admin)
    assert "Om oss" in found[0]
    assert out_of_date(days_ago(9)) in found[0]
    assert "Frågor" in found[1]
    assert out_of_date(timezone.now()) in found[1]
    assert all(UP_TO_DATE in row for row in found[2:])


def test_the_report_of_what_waits_holds_what_is_out_of_date(admin, page):
    assert rows(admin, "?waiting_for_translation=true") == []
    publish(page, lead="Vi bakar.")
    (row,) = rows(admin, "?waiting_for_translation=true")
    assert "Om oss" in row
    assert UP_TO_DATE not in row


def test_the_report_has_what_is_translated_and_not_published_among_what_waits(admin, home, page):
    translate(StandardPageFactory(parent=home, title="Frågor"), "en")
    publish(page, lead="Vi bakar.")
    write(record(page), "lead", "We bake.")
    (row,) = rows(admin, "?waiting_for_translation=true")
    assert "Om oss" in row
    assert row.endswith("Översatt, inte publicerad än.")
    assert rows(admin)[0] == row


def test_the_report_says_above_the_list_what_it_is_narrowed_to(admin, page):
    html = admin.get(f"{REPORT}?waiting_for_translation=true").text
    chip = re.search(r'class="w-pill.*?</div>', html, flags=re.DOTALL)
    assert chip
    assert " ".join(re.sub(r"<[^>]+>", " ", chip[0]).split()).startswith('class="w-pill')
    assert "True" not in chip[0]
    assert "Ja" in chip[0]


def test_the_report_links_a_translator_to_the_translation_and_not_to_the_swedish_page(page):
    place = PlaceFactory()
    translate(place, "en")
    html = browser(person(roles.TRANSLATORS)).get(REPORT).text
    english = page.get_translation(Locale.objects.get(language_code="en"))
    assert reverse("wagtailadmin_pages:edit", args=[english.pk]) in html
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) not in html
    assert reverse(place.snippet_viewset.get_url_name("edit"), args=[place.pk]) not in html


def test_twenty_translations_cost_the_report_no_more_queries_than_two(admin, home, page, queries):
    translate(CategoryFactory(), "en")
    few = queries(admin, REPORT)
    for number in range(9):
        translate(StandardPageFactory(parent=home, title=f"Sida {number}"), "en")
        translate(CategoryFactory(slug=f"kind-{number}"), "en")
    assert queries(admin, REPORT) == few


# --- Beside the Swedish page ----------------------------------------------------------------------------------------
def beside(client: Any, page: Any) -> str:
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).text
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_beside_the_swedish_page_stands_how_far_each_language_is(admin, page):
    translate(page, "ar")
    publish(page, lead="Vi bakar.")
    translation = record(page, "ar")
    write(translation, "lead", "نخبز.")
    translation.save_target()
    text = beside(admin, page)
    assert f"Engelska: {out_of_date(timezone.now())}" in text
    assert f"Arabiska: {UP_TO_DATE}" in text
    english = page.get_translation(Locale.objects.get(language_code="en"))
    assert f"Engelska: {out_of_date(timezone.now())}" in beside(admin, english)


def test_beside_a_swedish_snippet_too(admin):
    place = PlaceFactory(area="i centrala Växjö")
    translate(place, "en")
    place.area = "i Växjö"
    place.save()
    html = admin.get(reverse(place.snippet_viewset.get_url_name("edit"), args=[place.pk])).text
    assert out_of_date(timezone.now()) in html


# --- In the editor --------------------------------------------------------------------------------------------------
def props(client: Any, page: Any) -> dict[str, Any]:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    found: dict[str, Any] = json.loads(answer.context["props"])
    return found


def segment(found: dict[str, Any], path: str) -> dict[str, Any]:
    return next(segment for segment in found["segments"] if segment["contentPath"] == path)


def test_a_translator_sees_the_earlier_swedish_beside_the_new_one(page):
    publish(page, lead="Vi bakar tunnbröd.")
    english = page.get_translation(Locale.objects.get(language_code="en"))
    found = props(browser(person(roles.TRANSLATORS)), english)
    lead = segment(found, "lead")
    assert "".join(text for text, _ in lead["earlier"]["before"]) == "Vi bakar bröd."
    assert [text for text, differs in lead["earlier"]["before"] if differs] == ["bröd"]
    assert [text for text, differs in lead["earlier"]["now"] if differs] == ["tunnbröd"]
    assert "earlier" not in segment(found, "title")


def test_an_out_of_date_sentence_has_no_green_tick(page):
    publish(page, lead="Vi bakar tunnbröd.")
    english = page.get_translation(Locale.objects.get(language_code="en"))
    found = props(browser(person(roles.TRANSLATORS)), english)
    shown = {one["data"]: one["error"] for one in found["initialStringTranslations"]}
    assert shown["We bake bread."] == "The earlier text: the Swedish has changed since. Translate it again."
    assert shown["About us"] is None


def test_the_earlier_swedish_is_what_was_translated_however_often_it_changed(page):
    for text in ("Ett.", "Två.", "Tre."):
        publish(page, lead=text)
    translation = record(page)
    (earlier,) = sources.earlier_sentences(translation.source, translation.target_locale).values()
    assert earlier.before == "Vi bakar bröd."


def test_each_paragraph_has_its_own(home):
    key = "5b1f7c1e-0000-4000-8000-000000000001"

    def body(*paragraphs: str) -> Any:
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        return [{"type": "paragraphs", "id": key, "value": {"heading": "", "text": text}}]

    page = StandardPageFactory(parent=home, body=body("Ett.", "Två.", "Tre."))
    translate(page, "en")
    publish(page, body=body("Ett.", "Två och en halv.", "Tre och en halv."))
    translation = record(page)
    found = sources.earlier_sentences(translation.source, translation.target_locale)
    order = StringSegment.objects.filter(pk__in=found).order_by("order").values_list("pk", "string__data")
    assert [(found[key].before, now) for key, now in order] == [
        ("Två.", "Två och en halv."),
        ("Tre.", "Tre och en halv."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("Vi bakar bröd.", "Vi bakar bröd.", [], []),
        ("Kom klockan 17.", "Kom klockan 18.", ["17"], ["18"]),
        ("Ett två", "Ett", [" två"], []),
        ("", "Ny", [], ["Ny"]),
        ("خبز ساخن", "خبز طازج", ["ساخن"], ["طازج"]),
    ],
)
def test_words_that_differ_are_marked(before, after, gone, come):
    old, new = differences(before, after)
    assert ("".join(text for text, _ in old), "".join(text for text, _ in new)) == (before, after)
    assert [text for text, differs in old if differs] == gone
    assert [text for text, differs in new if differs] == come


def test_the_editor_knows_the_direction_of_both_languages(home):
    page = StandardPageFactory(parent=home)
    arabic = translate(page, "ar")
    found = props(browser(person(roles.TRANSLATORS)), arabic)
    assert (found["sourceLocale"]["dir"], found["locale"]["dir"]) == ("ltr", "rtl")
