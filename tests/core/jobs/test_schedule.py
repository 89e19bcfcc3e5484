"""An editor chooses the hour at which a page goes live or ends, and need not be there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from core.jobs.schedule import run_scheduled
from core.people import roles
from home.models import StandardPage
from tests.conftest import messages_of
from tests.factories import StandardPageFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db


def schedule(page: Any) -> Any:
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    return page


def the_hour_comes(page: Any) -> None:
    """Both places in which Wagtail notes the hour are moved back: no test waits."""
    passed = timezone.now() - timedelta(minutes=1)
    revision = Revision.objects.get(approved_go_live_at__isnull=False, object_id=str(page.pk))
    revision.content["go_live_at"] = passed.isoformat()
    Revision.objects.filter(pk=revision.pk).update(content=revision.content, approved_go_live_at=passed)


def a_minute_passes() -> None:
    run_scheduled(timezone.now())


def is_live(page: Any) -> bool:
    return Page.objects.live().filter(pk=page.pk).exists()


def test_a_page_goes_live_at_its_hour_and_not_before(home):
    page = schedule(StandardPageFactory(parent=home, draft=True))
    a_minute_passes()
    assert not is_live(page)
    the_hour_comes(page)
    a_minute_passes()
    assert is_live(page)
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count() == 1
    a_minute_passes()
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish.scheduled").count() == 1


def test_a_page_ends_at_its_hour(home):
    page = StandardPageFactory(parent=home)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    a_minute_passes()
    assert is_live(page)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    a_minute_passes()
    assert not is_live(page)
    assert Page.objects.get(pk=page.pk).expired


def test_an_hour_that_is_set_for_after_the_end_stays_in_every_language(home, translated):
    """A page of the season: gone in the winter, back in spring."""
    page = StandardPageFactory(parent=home, title="Sommar", slug="sommar")
    english = translated(page, "en")
    for row in (page, english):
        row.go_live_at = timezone.now() + timedelta(days=90)
        row.save_revision().publish()
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    a_minute_passes()
    assert (is_live(page), is_live(english)) == (False, False)
    the_hour_comes(page)
    the_hour_comes(english)
    a_minute_passes()
    assert (is_live(page), is_live(english)) == (True, True)


@pytest.mark.parametrize("below", [False, True])
def test_an_editor_may_take_back_a_page_whose_next_version_waits_and_is_told_of_its_hour(home, below):
    """Wagtail says that she has no right to; with "pages below", it leaves the page live without a word."""
    above = StandardPageFactory(parent=home, slug="om-oss")
    page = schedule(StandardPageFactory(parent=above, title="Sommar", slug="sommar"))
    editor = browser(person(roles.EDITORS))
    address = reverse("wagtailadmin_pages:unpublish", args=[above.pk if below else page.pk])
    told = messages_of(editor.post(address, {"include_descendants": "on"} if below else {}, follow=True))
    assert not is_live(page)
    assert any("“Sommar” in Swedish" in text and "is cancelled" in text for text in told), told
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_who_publishes_an_older_version_finds_the_hour_of_the_later_one_in_the_history(home):
    page = StandardPageFactory(parent=home)
    older = page.latest_revision
    schedule(page)
    older.publish()
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.schedule.cancel").count() == 1


def test_a_translation_keeps_its_hour_until_the_swedish_page_is_out_and_holds_up_no_other(home, translated):
    """The wall refuses it; Wagtail's own command would stop there and forget its hour."""
    swedish = StandardPageFactory(parent=home, title="Om oss")
    arabic = translated(swedish, "ar")
    arabic.unpublish()
    swedish.unpublish()
    arabic, other = schedule(arabic), schedule(StandardPageFactory(parent=home, draft=True))
    the_hour_comes(arabic)
    the_hour_comes(other)
    a_minute_passes()
    assert (is_live(arabic), is_live(other)) == (False, True)
    swedish.save_revision().publish()
    a_minute_passes()
    assert is_live(arabic)


def test_one_that_breaks_is_logged_and_holds_up_no_other(home, caplog):
    broken, other = (schedule(StandardPageFactory(parent=home, draft=True)) for _ in range(2))
    the_hour_comes(broken)
    the_hour_comes(other)
    Revision.objects.filter(object_id=str(broken.pk)).update(content={"nothing": "that makes a page"})
    with pytest.raises(RuntimeError, match="1 scheduled page"):  # so the job is shown as failing
        a_minute_passes()
    assert (is_live(broken), is_live(other)) == (False, True)
    assert "was not done" in caplog.text


# --- An hour that was carried out no longer counts ------------------------------------------------------------------
def that_ends_in_an_hour(home: Any, **values: Any) -> Any:
    page = StandardPageFactory(parent=home, **values)
    page.expire_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    return page


def its_end_comes(page: Any) -> None:
    """In the page and in its versions, as if the hour had been chosen earlier."""
    passed = timezone.now() - timedelta(minutes=1)
    Page.objects.filter(pk=page.pk).update(expire_at=passed)
    for version in page.revisions.exclude(content__expire_at=None):
        Revision.objects.filter(pk=version.pk).update(content=version.content | {"expire_at": passed.isoformat()})


def in_the_form(page: Any) -> dict[str, Any]:
    values = {"title": "Om oss igen", "slug": page.slug, "lead": "", "body": streamfield([])}
    return nested_form_data(values | {"comments": inline_formset([])})


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.fixture
def ended(home: Any) -> Any:
    page = that_ends_in_an_hour(home)
    its_end_comes(page)
    a_minute_passes()
    page.refresh_from_db()
    assert (page.live, page.expired, page.expire_at) == (False, True, None)
    return page


def test_an_ended_page_is_saved_and_published_and_stays(admin, ended):
    shown = admin.get(edit(ended)).context["form"]
    assert (shown["expire_at"].value(), shown["go_live_at"].value()) == (None, None)
    assert admin.post(edit(ended), in_the_form(ended)).status_code == 302
    assert admin.post(edit(ended), in_the_form(ended) | {"action-publish": "1"}).status_code == 302
    a_minute_passes()
    assert is_live(ended)


def test_a_form_that_was_opened_before_the_end_is_saved_after_it(admin, ended):
    """Its own version of the hour is sent along; a new hour that has passed is still told at the field."""
    old = timezone.localtime(timezone.now() - timedelta(minutes=1))
    Revision.objects.filter(pk=ended.latest_revision_id).update(
        content=ended.latest_revision.content | {"expire_at": old.isoformat()}
    )
    sent = in_the_form(ended) | {"action-publish": "1"}
    assert admin.post(edit(ended), sent | {"expire_at": f"{old:%Y-%m-%d %H:%M}"}).status_code == 302
    assert is_live(ended)
    another = f"{old - timedelta(days=1):%Y-%m-%d %H:%M}"
    assert "expire_at" in admin.post(edit(ended), sent | {"expire_at": another}).context["form"].errors


def test_an_ended_page_gets_new_hours(admin, ended):
    tomorrow = f"{timezone.localtime() + timedelta(days=1):%Y-%m-%d %H:%M}"
    sent = in_the_form(ended) | {"action-publish": "1", "expire_at": tomorrow}
    assert admin.post(edit(ended), sent).status_code == 302
    ended.refresh_from_db()
    assert f"{timezone.localtime(ended.expire_at):%Y-%m-%d %H:%M}" == tomorrow
    a_minute_passes()
    assert is_live(ended)


def test_an_ended_page_is_published_again_by_the_bulk_action_and_by_code(admin, ended):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    assert admin.post(f"{url}?id={ended.pk}&next=/admin/").status_code == 302
    a_minute_passes()
    assert is_live(ended)
    ended.unpublish()
    ended.get_latest_revision().publish()
    a_minute_passes()
    assert is_live(ended)


def test_an_earlier_version_and_a_copy_bring_no_old_hour_back(admin, ended):
    earlier = ended.revisions.exclude(content__expire_at=None).first()
    ended.save_revision().publish()
    form = admin.get(reverse("wagtailadmin_pages:revisions_revert", args=[ended.pk, earlier.pk])).context["form"]
    assert form["expire_at"].value() is None
    earlier.publish()
    its_copy = ended.copy(update_attrs={"slug": "kopia"}, copy_revisions=True)
    its_copy.get_latest_revision().publish()
    a_minute_passes()
    assert is_live(ended)
    assert is_live(its_copy)


def test_a_translation_that_ended_with_its_page_is_published_again(home, translated):
    page = that_ends_in_an_hour(home)
    arabic = translated(page, "ar")
    its_end_comes(page)
    a_minute_passes()
    assert (is_live(page), is_live(arabic)) == (False, False)
    page.get_latest_revision().publish()
    arabic.refresh_from_db()
    arabic.get_latest_revision().publish()
    a_minute_passes()
    assert (is_live(page), is_live(arabic)) == (True, True)


@pytest.mark.parametrize("command", ["publish_scheduled", "publish_scheduled_pages"])
def test_wagtails_command_of_a_cron_job_does_the_same(admin, home, command):
    page = that_ends_in_an_hour(home)
    its_end_comes(page)
    call_command(command)
    assert not is_live(page)
    assert admin.post(edit(page), in_the_form(page) | {"action-publish": "1"}).status_code == 302
    a_minute_passes()
    assert is_live(page)


def test_an_end_that_is_still_to_come_holds(home):
    """A page that is live past its end waits for the worker, also when a version of it is read meanwhile."""
    page = that_ends_in_an_hour(home)
    its_end_comes(page)
    assert page.get_latest_revision_as_object().expire_at is not None
    a_minute_passes()
    assert not is_live(page)


def test_both_hours_passed_while_no_worker_was_there(home):
    """It is never live, and can be published."""
    page = StandardPageFactory(parent=home, draft=True)
    page.go_live_at, page.expire_at = (timezone.now() + timedelta(hours=hours) for hours in (1, 2))
    page.save_revision().publish()
    the_hour_comes(page)
    its_end_comes(page)
    a_minute_passes()
    assert not is_live(page)
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.unpublish.scheduled").exists()
    page.refresh_from_db()
    page.get_latest_revision().publish()
    a_minute_passes()
    assert is_live(page)


def test_an_hour_that_waits_is_still_shown_to_the_editor(home, translated):
    swedish = StandardPageFactory(parent=home, title="Om oss")
    arabic = translated(swedish, "ar")
    arabic.unpublish()
    swedish.unpublish()
    schedule(arabic)
    the_hour_comes(arabic)
    a_minute_passes()
    assert arabic.get_latest_revision_as_object().go_live_at is not None
    assert arabic.scheduled_revision is not None


def test_a_new_page_with_an_hour_to_come_is_not_live_for_a_moment(home):
    """The form for new pages makes them live first, by this call."""
    page = StandardPage(title="Snart", slug="snart", go_live_at=timezone.now() + timedelta(hours=1))
    home.add_child(instance=page)
    assert not is_live(page)


def test_a_page_is_not_found_before_its_hour(home, client):
    """Wagtail sends "published" when an hour is set."""
    page = schedule(StandardPageFactory(parent=home, draft=True, title="Hemligheten"))
    assert page.url not in client.get("/sv/search/?q=hemligheten").text
    the_hour_comes(page)
    a_minute_passes()
    assert page.url in client.get("/sv/search/?q=hemligheten").text
