"""The panel "What is missing" on top of every page's edit form."""

from __future__ import annotations

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import get_page_models

from core.jobs import schedule
from core.pages import publishing
from core.pages.missing import MissingPanel
from core.pages.models import BasePage
from core.pages.publishing import Kind, Refusal
from experiences.models import ExperiencePage
from tests.core.jobs.test_schedule import in_the_form, the_hour_comes
from tests.core.jobs.test_schedule import schedule as schedule_page
from tests.factories import ImageFactory, StandardPageFactory, TestimonialFactory

MOST_QUERIES = 25
NOTHING = "Inget saknas: sidan kan publiceras."


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def panel_of(admin: Client, page: Any) -> str:
    """The panel's HTML, with single spaces."""
    return panel_in(admin.get(edit(page)).text)


def panel_in(html: str) -> str:
    found = re.search(r'<section[^>]*id="[^"]*-missing-section.*?</section>', html, flags=re.DOTALL)
    return " ".join(found[0].split()) if found else ""


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Rules of other rooms: a law, and one that is met in two hours."""
    state = SimpleNamespace(at=[])
    monkeypatch.setattr(publishing, "_rules", list(publishing._rules))

    @publishing.refusal(BasePage, kind=Kind.LAW)
    def without_consent(page: BasePage) -> Any:
        if page.title == "Utan samtycke":
            yield Refusal("Nova har inte sagt ja.", link="/admin/samtycke/")

    @publishing.refusal(BasePage)
    def too_early(page: BasePage, at: Any) -> Any:
        if page.title == "För tidigt" and at < timezone.now() + timedelta(hours=2):
            yield Refusal("För tidigt.")

    return state


def test_asking_changes_nothing(catalogue):
    """`clean` would fill in what the picture shows, and a preview or a comparison would show it as written."""
    page = catalogue.experience
    page.picture, page.picture_alt = ImageFactory(), ""
    assert publishing.refusals(page) == []
    assert page.picture_alt == ""


@pytest.mark.parametrize("model", [model for model in get_page_models() if issubclass(model, BasePage)])
def test_each_page_type_has_it_once_on_top_of_its_first_tab(model):
    first, *others = model.get_edit_handler().children
    assert isinstance(first.children[0], MissingPanel)
    panels = [panel for tab in (first, *others) for panel in tab.children]
    assert sum(isinstance(panel, MissingPanel) for panel in panels) == 1


@pytest.mark.parametrize("name", ["home", "experiences", "providers", "provider", "experience"])
def test_a_page_without_fault_says_so(admin, catalogue, name):
    shown = panel_of(admin, getattr(catalogue, name))
    assert "Vad som saknas" in shown
    assert NOTHING in shown


def test_it_speaks_arabic_and_english_too(admin, catalogue, settings):
    for code, words in (("en", "Nothing is missing"), ("ar", "لا ينقص شيء")):
        with translation.override(code):
            handler = ExperiencePage.get_edit_handler()
            form = handler.get_form_class()(instance=catalogue.experience)
            panel = handler.children[0].children[0].get_bound_panel(instance=catalogue.experience, form=form)
            html = panel.render_html()
        assert words in html


@pytest.mark.usefixtures("rules")
def test_what_is_missing_leads_to_its_field_the_law_first(admin, catalogue):
    page = catalogue.experience
    page.title, page.price, page.summary = "Utan samtycke", None, ""
    page.experience_providers = []
    page.save_revision(clean=False)
    shown = panel_of(admin, page)
    assert NOTHING not in shown
    assert "Den här versionen kan inte publiceras än." in shown
    assert [re.sub("<.*?>", "", found).strip() for found in re.findall(r"<h3.*?</h3>", shown)] == [
        "Lagen kräver",
        "Webbplatsens regler kräver",
        "Kvar att skriva eller välja",
    ]
    links = dict(re.findall(r'<a href="([^"]*)"([^>]*)>', shown.partition("help-warning")[2]))
    here = f"{edit(page)}#:w:contentpath="
    assert links["/admin/samtycke/"] == ""
    assert 'data-w-focus-target-value="#id_price"' in links[f"{here}price"]
    assert 'data-w-focus-target-value="#id_summary"' in links[f"{here}summary"]
    assert (
        'data-w-focus-target-value="#id_experience_providers-FORMS"'
        in links[f"{edit(page)}#id_experience_providers-FORMS"]
    )
    assert 'data-action="w-focus#focus"' in links[f"{here}price"]


def test_a_block_that_is_not_finished_is_led_to(admin, catalogue):
    page = catalogue.provider
    page.story = [("quote", {"words": ""})]
    revision = page.save_revision(clean=False)
    block = revision.content["story"]
    key = re.search(r'"id": "([^"]+)"', block)[1]
    shown = panel_of(admin, page)
    assert f"{edit(page)}#:w:contentpath=story.{key}" in shown
    assert f"[data-contentpath=&quot;story&quot;] [data-contentpath=&quot;{key}&quot;]" in shown


def test_what_is_missing_elsewhere_leads_there(admin, catalogue):
    catalogue.provider.unpublish()
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    assert reverse("wagtailadmin_pages:edit", args=[catalogue.provider.pk]) in panel_of(admin, page)


def test_a_new_page_has_none(admin, catalogue):
    add = reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])
    assert panel_in(admin.get(add).text) == ""


def test_a_form_that_is_refused_does_not_say_that_nothing_is_missing(admin, home):
    page = StandardPageFactory(parent=home)
    answer = admin.post(edit(page), in_the_form(page) | {"title": "", "action-publish": "1"})
    assert "Åtgärda först det som är markerat med rött." in panel_in(answer.text)
    assert NOTHING not in panel_in(answer.text)


# --- Hours ----------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize(
    ("title", "hours", "now", "then"),
    [
        ("Om oss", 1, NOTHING, "saknas inget."),
        ("För tidigt", 3, "För tidigt.", "saknas inget."),
        ("För tidigt", 1, "För tidigt.", "skulle detsamma fortfarande saknas."),
    ],
)
def test_what_would_be_missing_at_the_hour(admin, home, title, hours, now, then):
    page = StandardPageFactory(parent=home, draft=True, title=title)
    page.go_live_at = timezone.now() + timedelta(hours=hours)
    page.save_revision()
    shown = panel_of(admin, page)
    assert now in shown
    assert re.search(rf"Vid sin tid, \w+ \d+ \w+ \d\d\.\d\d, {re.escape(then)}", shown)


def test_what_will_be_missing_at_the_hour_only_is_listed(admin, home, monkeypatch):
    monkeypatch.setattr(publishing, "_rules", list(publishing._rules))

    @publishing.refusal(BasePage)
    def too_late(page: BasePage, at: Any) -> Any:
        if at > timezone.now() + timedelta(minutes=30):
            yield Refusal("För sent.")

    page = StandardPageFactory(parent=home, draft=True)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision()
    shown = panel_of(admin, page)
    assert NOTHING in shown
    assert re.search(r"Vid sin tid, [^,]*, skulle detta fortfarande saknas:.*För sent\.", shown)


def test_an_hour_that_is_only_in_the_draft_is_no_promise(admin, home):
    """So it is after "Cancel scheduled publish": Wagtail leaves the hour in the form."""
    page = schedule_page(StandardPageFactory(parent=home, draft=True))
    only_saved = "är bara sparad i utkastet: sidan är inte schemalagd."
    assert only_saved not in panel_of(admin, page)
    admin.post(reverse("wagtailadmin_pages:revisions_unschedule", args=[page.pk, page.scheduled_revision.pk]))
    assert only_saved in panel_of(admin, page)


@pytest.mark.usefixtures("rules")
def test_a_page_that_was_refused_at_its_hour_says_since_when(admin, home):
    page = schedule_page(StandardPageFactory(parent=home, draft=True, title="Utan samtycke"))
    said = "men nekades då. Ett nytt försök görs varje timme"
    assert said not in panel_of(admin, page)
    the_hour_comes(page)
    schedule.run_scheduled(timezone.now())
    shown = panel_of(admin, page)
    assert re.search(rf"Sidan skulle ha publicerats \w+ \d+ \w+ \d\d\.\d\d {said}", shown)
    assert "Nova har inte sagt ja." in shown
    assert "välj först ”Avbryt schemalagd publicering”" in shown


# --- What it costs --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hour", [False, True], ids=["now", "with an hour"])
@pytest.mark.parametrize("name", ["experience", "provider", "experiences", "home"])
def test_it_costs_an_editor_few_queries(admin, catalogue, queries, monkeypatch, name, hour):
    page = getattr(catalogue, name)
    if name == "experience":
        page.experience_testimonials.create(testimonial=TestimonialFactory())
    if hour:
        page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision(clean=False)
    with_it = queries(admin, edit(page))
    monkeypatch.setattr(MissingPanel.BoundPanel, "is_shown", lambda panel: False)
    without = queries(admin, edit(page))
    assert with_it <= without + MOST_QUERIES


# --- Advice -----------------------------------------------------------------------------------------------------------
def test_an_experience_without_a_day_is_told_so_and_may_be_published(admin, catalogue):
    page = catalogue.experience
    assert "ingen dag" not in panel_of(admin, page)
    page.dates, page.by_agreement = [], False
    page.save_revision()
    told = panel_of(admin, page)
    assert NOTHING in told
    assert "Tänk också på" in told
    assert "inget kommande datum och ingen dag enligt överenskommelse" in told
    page.by_agreement = True
    page.save_revision()
    assert "ingen dag" not in panel_of(admin, page)


def test_an_editor_who_changes_the_price_is_told_where_the_old_one_is_written(admin, catalogue):
    page = catalogue.experience
    page.price, page.search_description = 450, "Tre timmar, 450 kr per person."
    page.save_revision()
    assert "inte priset" not in panel_of(admin, page)
    page.price = 475
    page.save_revision()
    assert "säger 450 kronor, men det är inte priset" in panel_of(admin, page)
    page.price = None
    page.save_revision(clean=False)
    assert "inte priset" not in panel_of(admin, page), "where no price is written yet"
