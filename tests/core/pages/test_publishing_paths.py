"""Every path on which a page goes live is refused for the same reasons, with nothing written, and then allowed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import GroupApprovalTask, Page, PageLogEntry, Workflow, WorkflowTask
from wagtail_localize.models import Translation

from core.jobs import schedule
from core.models import OutgoingMail, RefusedHour
from core.pages import publishing
from core.pages.publishing import Kind, Refusal, Refused
from experiences.models import ExperiencePage
from tests.core.jobs.test_schedule import schedule as schedule_page
from tests.core.jobs.test_schedule import the_hour_comes
from tests.experiences.test_editing import experience_form
from tests.factories import ExperienceIndexPageFactory, StandardPageFactory, UserFactory

WORDS = "Nova har inte sagt 100 % ja."


@pytest.fixture
def consent(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A rule of another room: `consent.given = True` lets experiences go live."""
    state = SimpleNamespace(given=False)
    monkeypatch.setattr(publishing, "_rules", list(publishing._rules))

    @publishing.refusal(ExperiencePage, kind=Kind.LAW)
    def without_consent(page: ExperiencePage) -> Any:
        if not state.given:
            yield Refusal(WORDS, field="experience_providers")

    return state


@pytest.fixture
def draft(catalogue: Any) -> ExperiencePage:
    """A whole experience that is not live, with an edit that waits."""
    page = catalogue.experience
    page.unpublish()
    page = ExperiencePage.objects.get(pk=page.pk)
    page.price = 555
    page.save_revision()
    return ExperiencePage.objects.get(pk=page.pk)


def state_of(page: Page) -> Any:
    """What a publication writes: rows of the page in all languages, log entries, pages at all."""
    family = Page.objects.filter(translation_key=page.translation_key).order_by("pk")
    rows = list(family.values_list("pk", "live", "title", "last_published_at", "live_revision", "path"))
    return rows, PageLogEntry.objects.filter(action="wagtail.publish").count(), Page.objects.count()


# --- By code --------------------------------------------------------------------------------------------------------
def by_revision(page: ExperiencePage, **_: Any) -> None:
    page.get_latest_revision().publish()


def by_save(page: ExperiencePage, **_: Any) -> None:
    page.live = True
    page.save()


def by_one_column(page: ExperiencePage, **_: Any) -> None:
    page.live = True
    page.save(update_fields=["live"])


def by_its_title_alone(page: ExperiencePage, **_: Any) -> None:
    page.live, page.title = True, "Nytt namn"
    page.save(update_fields=["live", "title"])


def by_the_base_class(page: ExperiencePage, **_: Any) -> None:
    base = Page.objects.get(pk=page.pk)
    base.live = True
    base.save()


def by_a_new_child(page: ExperiencePage, catalogue: Any, **_: Any) -> None:
    new = ExperiencePage(**{name: getattr(page, name) for name in ("price", "duration", "group_min", "group_max")})
    new.title, new.slug, new.summary, new.languages = "Ny", "ny", "Du gör något.", ["sv"]
    new.category, new.place = page.category, page.place
    new.experience_providers = [row.__class__(provider=row.provider) for row in page.experience_providers.all()]
    Page.objects.get(pk=catalogue.experiences.pk).add_child(instance=new)


def by_workflow(page: ExperiencePage, user: Any, **_: Any) -> None:
    workflow = Workflow.objects.create(name="Läs")
    task = GroupApprovalTask.objects.create(name="Läs")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    state = workflow.start(page, user)
    state.current_task_state.approve(user=user)


BY_CODE = [by_revision, by_save, by_one_column, by_its_title_alone, by_the_base_class, by_a_new_child, by_workflow]


@pytest.mark.parametrize("path", BY_CODE)
def test_code_is_refused_before_the_first_write_and_then_allowed(draft, consent, catalogue, path):
    user = UserFactory(admin=True)
    before = state_of(draft)
    with pytest.raises(Refused) as refused:
        path(draft, catalogue=catalogue, user=user)
    assert [refusal.code for refusal in refused.value.refusals] == ["without_consent"]
    assert state_of(draft) == before
    consent.given = True
    Workflow.objects.all().delete()
    path(ExperiencePage.objects.get(pk=draft.pk), catalogue=catalogue, user=user)
    assert ExperiencePage.objects.live().count() >= 1


def copy(page: ExperiencePage, to: Page) -> None:
    CopyPageAction(page, to=to, update_attrs={"slug": "en-till"}, keep_live=True).execute(skip_permission_checks=True)


def move(page: ExperiencePage, to: Page) -> None:
    MovePageAction(page, to, pos="last-child").execute(skip_permission_checks=True)


def move_the_list(page: ExperiencePage, to: Page) -> None:
    MovePageAction(page.get_parent().specific, to, pos="first-child").execute(skip_permission_checks=True)


def change_a_live_page(page: ExperiencePage, to: Page) -> None:
    page.price = 1
    page.save()


def change_one_column_of_a_live_page(page: ExperiencePage, to: Page) -> None:
    page.title = "Nytt namn"
    page.save(update_fields=["title"])


@pytest.mark.parametrize("act", [copy, move, move_the_list, change_a_live_page, change_one_column_of_a_live_page])
def test_a_live_page_is_refused_before_it_is_copied_moved_or_changed(catalogue, consent, act):
    page = catalogue.experience
    to = StandardPageFactory(parent=catalogue.home, slug="andra")
    before = state_of(page)
    with pytest.raises(Refused, match=WORDS):
        act(ExperiencePage.objects.get(pk=page.pk), to)
    assert state_of(page) == before
    consent.given = True
    act(ExperiencePage.objects.get(pk=page.pk), Page.objects.get(pk=to.pk))


def test_nothing_is_written_before_it_is_refused(draft, consent):
    revision = draft.get_latest_revision()
    with CaptureQueriesContext(connection) as captured, pytest.raises(Refused):
        revision.publish()
    assert not [query["sql"] for query in captured if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_a_translation_is_refused_too(catalogue, consent, translated):
    consent.given = True
    english = translated(catalogue.experience, "en")
    consent.given = False
    before = state_of(english)
    translation = Translation.objects.get(target_locale=english.locale, source__object_id=english.translation_key)
    with pytest.raises(Refused, match=WORDS):
        translation.save_target()
    assert state_of(english) == before
    consent.given = True
    translation.save_target()
    english = ExperiencePage.objects.get(pk=english.pk)
    assert english.live_revision_id == english.latest_revision_id


def test_the_schedule_is_refused_tells_the_editor_once_and_goes_on_with_other_pages(draft, consent, catalogue):
    editor = UserFactory(username="elin")
    draft.go_live_at = timezone.now() + timedelta(hours=1)
    draft.save_revision(user=editor).publish()
    other = schedule_page(StandardPageFactory(parent=catalogue.home, draft=True))
    the_hour_comes(draft)
    the_hour_comes(other)
    now = timezone.now()
    schedule.run_scheduled(now)
    assert not ExperiencePage.objects.get(pk=draft.pk).live
    assert type(other).objects.get(pk=other.pk).live
    mail = OutgoingMail.objects.get(to="elin@example.org")
    assert draft.title in mail.subject
    assert WORDS in mail.text
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in mail.text
    assert PageLogEntry.objects.filter(page=draft.pk, action="core.refused_at_its_hour").count() == 1


@pytest.mark.parametrize(("minutes", "is_live"), [(1, False), (59, False), (61, True)])
def test_a_refused_hour_is_tried_again_each_hour_not_each_minute(draft, consent, minutes, is_live):
    page = schedule_page(draft)
    the_hour_comes(page)
    now = timezone.now()
    schedule.run_scheduled(now)
    consent.given = True
    schedule.run_scheduled(now + timedelta(minutes=minutes))
    assert ExperiencePage.objects.get(pk=draft.pk).live == is_live
    assert RefusedHour.objects.count() == (0 if is_live else 1)


def test_a_page_that_waits_for_another_of_the_same_hour_is_not_reported(draft, catalogue):
    host = type(catalogue.provider).objects.get(pk=catalogue.provider.pk)
    host.unpublish()
    experience, host = schedule_page(draft), schedule_page(type(host).objects.get(pk=host.pk))
    the_hour_comes(experience)
    the_hour_comes(host)
    schedule.run_scheduled(timezone.now())
    assert ExperiencePage.objects.get(pk=draft.pk).live
    assert not OutgoingMail.objects.exists()


def test_a_chain_of_three_pages_of_one_hour_goes_live_in_one_minute(catalogue, translated):
    english = translated(catalogue.experience, "en")
    catalogue.provider.unpublish()
    chain = [english, catalogue.experience, catalogue.provider]
    for page in chain:
        schedule_page(type(page).objects.get(pk=page.pk))
    for page in chain:
        the_hour_comes(page)
    schedule.run_scheduled(timezone.now())
    assert [type(page).objects.get(pk=page.pk).live for page in chain] == [True] * 3
    assert not OutgoingMail.objects.exists()


def test_a_refused_hour_is_tried_again_at_once_when_a_page_was_published(draft, consent, catalogue):
    page = schedule_page(draft)
    the_hour_comes(page)
    schedule.run_scheduled(timezone.now())
    consent.given = True
    catalogue.provider.save_revision().publish()
    schedule.run_scheduled(timezone.now())
    assert ExperiencePage.objects.get(pk=draft.pk).live


# --- In the admin ---------------------------------------------------------------------------------------------------
def by_button(admin: Client, page: ExperiencePage, form: dict[str, Any], catalogue: Any) -> Any:
    row = page.experience_providers.get()
    form |= {"experience_providers-INITIAL_FORMS": "1", "experience_providers-0-id": str(row.pk)}
    return admin.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form | {"action-publish": "1"})


def by_create(admin: Client, page: ExperiencePage, form: dict[str, Any], catalogue: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["experiences", "experiencepage", catalogue.experiences.pk])
    return admin.post(address, form | {"action-publish": "1"})


def by_bulk(admin: Client, page: ExperiencePage, form: dict[str, Any], catalogue: Any) -> Any:
    bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    return admin.post(f"{bulk}?id={page.pk}&next=/admin/", follow=True)


@pytest.mark.parametrize("press", [by_button, by_create, by_bulk])
def test_the_admin_says_why_keeps_what_was_typed_and_then_allows(admin, draft, consent, catalogue, press):
    form = experience_form(catalogue, slug="en-annan", summary="Just skrivet.")
    before = state_of(draft)
    answer = press(admin, draft, form, catalogue)
    assert WORDS in answer.text
    assert press is by_bulk or "Just skrivet." in answer.text
    assert state_of(draft) == before
    consent.given = True
    live = ExperiencePage.objects.live().count()
    press(admin, draft, form, catalogue)
    assert ExperiencePage.objects.live().count() == live + 1


def test_the_form_for_copying_says_why(admin, catalogue, consent):
    page = catalogue.experience
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = {"new_title": "En till", "new_slug": "en-till", "new_parent_page": catalogue.experiences.pk}
    before = state_of(page)
    answer = admin.post(address, form | {"publish_copies": "on"})
    assert f"{page.title}: {WORDS}" in answer.text
    assert "En till" in answer.text
    assert state_of(page) == before
    assert admin.post(address, form).status_code == 302, "a draft may be copied"
    assert not ExperiencePage.objects.get(slug="en-till").live


def test_moving_in_the_admin_says_why(admin, catalogue, consent):
    page = catalogue.experience
    to = ExperienceIndexPageFactory(parent=catalogue.home, slug="andra")
    before = state_of(page)
    address = reverse("wagtailadmin_pages:move_confirm", args=[page.pk, to.pk])
    assert WORDS in admin.post(address, follow=True, headers={"referer": "/admin/"}).text
    assert state_of(page) == before


def test_the_admins_api_says_why(admin, draft, consent):
    before = state_of(draft)
    answer = admin.post(f"/admin/api/main/pages/{draft.pk}/action/publish/")
    assert (answer.status_code, answer.json()) == (403, {"detail": WORDS})
    assert state_of(draft) == before
    consent.given = True
    assert admin.post(f"/admin/api/main/pages/{draft.pk}/action/publish/").status_code == 200


# --- Asked without publishing ---------------------------------------------------------------------------------------
def test_any_page_can_be_asked_without_publishing(draft, catalogue, consent, django_assert_num_queries):
    found = publishing.refusals(draft)
    assert [(refusal.code, refusal.kind, refusal.words) for refusal in found] == [("without_consent", Kind.LAW, WORDS)]
    edit = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert found[0].link == f"{edit}#id_experience_providers-FORMS"
    consent.given = True
    assert publishing.refusals(draft) == []


def test_an_old_version_of_a_translation_is_asked_with_the_facts_of_now(catalogue, consent, translated):
    consent.given = True
    english = translated(catalogue.experience, "en")
    old = ExperiencePage.objects.get(pk=english.pk).save_revision()
    ExperiencePage.objects.get(pk=english.pk).save_revision().publish()
    page = ExperiencePage.objects.get(pk=catalogue.experience.pk)
    page.price = 5000
    page.save_revision().publish()

    @publishing.refusal(ExperiencePage)
    def too_dear(page: ExperiencePage) -> Any:
        if page.price > 1000:
            yield Refusal("För dyrt.")

    with pytest.raises(Refused, match="För dyrt"):
        old.publish()


def test_a_host_who_ends_before_the_moment_is_not_live_then(draft, catalogue, consent):
    consent.given = True
    catalogue.provider.unpublish()
    host = type(catalogue.provider).objects.get(pk=catalogue.provider.pk)
    host.go_live_at, host.expire_at = (timezone.now() + timedelta(hours=hours) for hours in (1, 2))
    host.save_revision().publish()
    asked = {hours: publishing.refusals(draft, at=timezone.now() + timedelta(hours=hours)) for hours in (1.5, 3)}
    assert [refusal.code for refusal in asked[1.5]] == []
    assert [refusal.code for refusal in asked[3]] == ["without_live_host"]


def test_a_moment_to_come_can_be_asked(draft, catalogue):
    """The host's page goes live in an hour: the experience may in two."""
    catalogue.provider.unpublish()
    host = type(catalogue.provider).objects.get(pk=catalogue.provider.pk)
    now = timezone.now()
    host.go_live_at = now + timedelta(hours=1)
    host.save_revision().publish()
    for minutes, codes in ((0, ["without_live_host"]), (30, ["without_live_host"]), (120, [])):
        found = publishing.refusals(draft, at=now + timedelta(minutes=minutes))
        assert [refusal.code for refusal in found] == codes


def test_an_unfinished_draft_says_each_thing_that_is_missing(catalogue):
    page = ExperiencePage(title="Bara en titel", slug="bara", live=False)
    catalogue.experiences.add_child(instance=page)
    found = publishing.refusals(page)
    fields = [refusal.field for refusal in found if refusal.code == "unfinished"]
    assert {"summary", "price", "duration", "group_min", "group_max"} <= set(fields)
    assert all(refusal.kind == Kind.EDITORIAL for refusal in found if refusal.code == "unfinished")
    assert "without_live_host" in [refusal.code for refusal in found]
