"""What an editor is told after saving, scheduling and publishing, and a translator on opening a translation."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import GroupApprovalTask, GroupPagePermission, Locale, Page, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset
from wagtail_localize.models import StringTranslation

from core.pages import publishing
from core.pages.models import BasePage
from core.pages.publishing import Refusal
from core.people import roles
from experiences.models import ExperiencePage
from home.models import StandardPage
from tests.conftest import messages_of
from tests.core.jobs.test_schedule import edit, in_the_form
from tests.experiences.test_editing import experience_form
from tests.factories import ExperiencePageFactory, StandardPageFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db

NOT_YET = "Tiden är sparad, men sidan är inte schemalagd än."
DRAFT_ONLY = "Sluttiden är bara sparad i utkastet."
DAY_AND_HOUR = r"\w+ \d+ \w+ \d\d\.\d\d"


def said(answer: Any) -> str:
    """All messages as text."""
    return " ".join(strip_tags(" | ".join(messages_of(answer)).replace("<", " <")).split())


def in_an_hour(hours: int = 1) -> str:
    return f"{timezone.localtime() + timedelta(hours=hours):%Y-%m-%d %H:%M}"


def save(client: Any, page: Any, **changed: str) -> str:
    return said(client.post(edit(page), in_the_form(page) | changed, follow=True))


@pytest.fixture
def draft(home: Any) -> Any:
    return StandardPageFactory(parent=home, draft=True)


@pytest.fixture
def live(home: Any) -> Any:
    page = StandardPageFactory(parent=home)
    page.save_revision().publish()
    return page


@pytest.fixture
def too_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that refuses every standard page."""
    monkeypatch.setattr(publishing, "_rules", list(publishing._rules))

    @publishing.refusal(BasePage)
    def without_consent(page: BasePage) -> Any:
        yield Refusal("Nova har inte sagt ja.", link="/admin/samtycke/")


# --- Hours ----------------------------------------------------------------------------------------------------------
def test_a_saved_hour_says_what_is_still_to_be_pressed(admin, draft):
    told = save(admin, draft, go_live_at=in_an_hour())
    assert f"{NOT_YET} Välj ”Schemalägg publicering”." in told
    assert "Schemalägg publicering" in admin.get(edit(draft)).text


def test_a_saved_page_without_an_hour_says_nothing_of_it(admin, draft):
    told = save(admin, draft)
    assert "har blivit uppdaterad" in told
    assert NOT_YET not in told
    assert DRAFT_ONLY not in told


def test_a_new_page_that_is_saved_with_an_hour_says_it_too(admin, home):
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    form = in_the_form(StandardPage(slug="ny")) | {"go_live_at": in_an_hour()}
    assert NOT_YET in said(admin.post(add, form, follow=True))


def test_the_hour_of_a_new_version_of_a_live_page_says_it_too(admin, live):
    assert NOT_YET in save(admin, live, go_live_at=in_an_hour())


def test_who_may_not_publish_is_told_whom_to_ask(home, draft):
    user = person(roles.EDITORS)
    GroupPagePermission.objects.filter(permission__codename="publish_page").delete()
    told = save(browser(user), draft, go_live_at=in_an_hour())
    assert "The time is saved, but the page is not scheduled yet." in told
    assert "Ask someone who may publish to open the page and choose “Schedule to publish”." in told


def test_a_page_that_is_submitted_is_told_when_the_hour_counts(admin, home, draft):
    workflow = Workflow.objects.create(name="Läs")
    WorkflowTask.objects.create(workflow=workflow, task=GroupApprovalTask.objects.create(name="Läs"))
    WorkflowPage.objects.update_or_create(page=home, defaults={"workflow": workflow})
    told = save(admin, draft, go_live_at=in_an_hour(), **{"action-submit": "1"})
    assert f"{NOT_YET} Den gäller när sidan har godkänts." in told


def test_an_end_that_is_only_in_the_draft_says_so(admin, live, draft):
    hour = in_an_hour()
    assert f"{DRAFT_ONLY} Välj ”Publicera”." in save(admin, live, expire_at=hour)
    assert DRAFT_ONLY not in save(admin, live, expire_at=hour, **{"action-publish": "1"})
    assert DRAFT_ONLY not in save(admin, live, expire_at=hour)
    assert DRAFT_ONLY not in save(admin, draft, expire_at=hour)


@pytest.mark.parametrize("is_live", [False, True], ids=["draft", "live"])
def test_a_scheduled_hour_is_confirmed(admin, draft, live, is_live):
    page = live if is_live else draft
    told = save(admin, page, go_live_at=in_an_hour(), **{"action-publish": "1"})
    assert re.search(rf"”Om oss igen” publiceras {DAY_AND_HOUR}\.", told)
    assert NOT_YET not in told
    assert "saknas" not in told


def test_a_new_page_that_is_scheduled_is_confirmed(admin, home):
    add = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    form = in_the_form(StandardPage(slug="ny")) | {"go_live_at": in_an_hour(), "action-publish": "1"}
    assert re.search(rf"”Om oss igen” publiceras {DAY_AND_HOUR}\.", said(admin.post(add, form, follow=True)))


@pytest.mark.usefixtures("too_early")
def test_what_would_be_missing_at_the_hour_is_said_with_links(admin, draft):
    form = in_the_form(draft) | {"go_live_at": in_an_hour(), "action-publish": "1"}
    answer = admin.post(edit(draft), form, follow=True)
    assert "bara om detta inte längre saknas då: Nova har inte sagt ja." in said(answer)
    assert '<a href="/admin/samtycke/">Nova har inte sagt ja.</a>' in " ".join(messages_of(answer))
    assert draft.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_several_that_are_scheduled_at_once_are_confirmed(admin, draft):
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    told = said(admin.post(f"{bulk}?id={draft.pk}&next=/admin/", follow=True))
    assert re.search(rf"”{draft.title}” publiceras {DAY_AND_HOUR}\.", told)


# --- Other languages ------------------------------------------------------------------------------------------------
def form_of(page: ExperiencePage, catalogue: Any) -> dict[str, Any]:
    """The page with new facts."""
    row = page.experience_providers.get()
    same = {"title": page.title, "slug": page.slug, "summary": page.summary}
    form = experience_form(catalogue, **same, price="999", dates=inline_formset([]))
    return form | {"experience_providers-INITIAL_FORMS": "1", "experience_providers-0-id": str(row.pk)}


def test_what_a_publication_changed_in_other_languages_is_said(admin, catalogue, translated):
    page = catalogue.experience
    for code in ("ar", "en"):
        translated(page, code)
    form = form_of(page, catalogue) | {"action-publish": "1"}
    told = said(admin.post(edit(page), form, follow=True))
    sentence = re.search(r"Ändrat även på engelska och arabiska: ([^.|]*)\.", told)
    assert sentence, told
    assert sentence[1].startswith("pris, längd, ")
    assert "Ändrat även" not in said(admin.post(edit(page), form, follow=True))


def test_a_text_that_is_published_is_changed_in_no_other_language(admin, live, translated):
    translated(live, "en")
    live.title = "Om oss igen"
    live.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    told = said(admin.post(f"{bulk}?id={live.pk}&next=/admin/", follow=True))
    assert "1 sida är publicerad" in told
    assert "Ändrat även" not in told


def test_a_sentence_that_is_published_is_told_for_each_language_that_has_an_earlier_one(admin, live, translated):
    for code in ("en", "ar"):
        translated(live, code)
    live.title = "Om huset"
    live.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    answer = admin.post(f"{bulk}?id={live.pk}&next=/admin/", follow=True)
    told = said(answer)
    assert "”Om huset” behöver översättas på nytt:" in told
    for code, language in (("en", "Engelska"), ("ar", "Arabiska")):
        assert re.search(rf"{language}: Inaktuell sedan [^:]*: 1 mening\.", told), told
        assert edit(live.get_translation(Locale.objects.get(language_code=code))) in "".join(messages_of(answer))


def test_the_same_is_told_in_the_page_editor_and_not_again_without_a_change(admin, catalogue, translated):
    translated(catalogue.experience, "en")
    form = form_of(catalogue.experience, catalogue) | {"action-publish": "1", "summary": "Vi bakar. Du äter."}
    assert "behöver översättas på nytt: Engelska" in said(admin.post(edit(catalogue.experience), form, follow=True))
    assert "översättas på nytt" not in said(admin.post(edit(catalogue.experience), form, follow=True))


def test_a_swedish_page_that_is_published_says_to_which_languages_it_was_not_sent(admin, live, translated):
    answer = admin.post(edit(live), in_the_form(live) | {"action-publish": "1"}, follow=True)
    assert "har inte skickats till engelska och arabiska än. Skicka till översättning" in said(answer)
    send = reverse("wagtail_localize:submit_page_translation", args=[live.pk])
    assert f'href="{send}"' in " ".join(messages_of(answer))
    translated(live, "en", publish=False)
    assert "skickats till arabiska än" in save(admin, live, **{"action-publish": "1"})
    translated(live, "ar", publish=False)
    assert "skickats" not in save(admin, live, **{"action-publish": "1"})


def test_a_saved_draft_says_nothing_of_languages(admin, draft):
    assert "skickats" not in save(admin, draft)


def test_a_line_that_is_removed_is_told_as_removed(admin, catalogue, translated):
    page = catalogue.experience
    page.state, page.state_note = page.State.PAUSED, "Stängt till mars."
    page.save_revision().publish()
    translated(page, "ar", {"state_note": "مغلق حتى آذار."})
    form = form_of(page, catalogue) | {"action-publish": "1", "state": "paused", "state_note": ""}
    told = said(admin.post(edit(page), form, follow=True))
    assert re.search(r"Borttaget på arabiska: [^.]*varför den är pausad", told), told
    assert not re.search(r"Ändrat även på arabiska: [^.]*varför", told)


def test_a_saved_draft_is_changed_in_no_other_language(admin, catalogue, translated):
    translated(catalogue.experience, "en")
    form = form_of(catalogue.experience, catalogue)
    assert "Ändrat även" not in said(admin.post(edit(catalogue.experience), form, follow=True))


def test_several_that_are_published_at_once_are_named(admin, catalogue, translated):
    pages = [catalogue.experience, ExperiencePageFactory(parent=catalogue.experiences, title="Väva", slug="vava")]
    for page in pages:
        translated(page, "en")
        page = ExperiencePage.objects.get(pk=page.pk)
        page.price, page.dates = 999, []
        page.save_revision()
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = "&".join(f"id={page.pk}" for page in pages)
    told = said(admin.post(f"{bulk}?{chosen}&next=/admin/", follow=True))
    assert f"{pages[0].title}, Väva: Ändrat även på engelska: pris, fasta datum." in told


# --- Translators ----------------------------------------------------------------------------------------------------
def test_a_translator_sees_what_is_missing(admin, home, translated):
    page = StandardPageFactory(parent=home, title="Om oss")
    english = translated(page, "en", publish=False)
    assert "Detta saknas" not in said(admin.get(edit(english)))
    StringTranslation.objects.filter(context__path="title", locale=english.locale).delete()
    page.unpublish()
    answer = admin.get(edit(english))
    told = said(answer)
    assert "Detta saknas innan översättningen kan publiceras:" in told
    assert "1 text är inte översatt än: Om oss" in told
    shown = " ".join(messages_of(answer))
    assert f'<a href="{edit(page)}">' in shown
    assert f'<a href="{edit(english)}' not in shown


def test_after_an_attempt_it_is_not_said_twice(admin, home, translated):
    english = translated(StandardPageFactory(parent=home, title="Om oss"), "en", publish=False)
    StringTranslation.objects.filter(context__path="title", locale=english.locale).delete()
    answer = admin.post(edit(english), {"action": "publish"}, follow=True)
    assert said(answer).count("1 text är inte översatt än: Om oss") == 1
    assert not Page.objects.get(pk=english.pk).live
