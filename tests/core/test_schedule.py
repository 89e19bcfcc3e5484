"""An editor chooses the hour at which a page goes live or ends, and need not be there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from core import housekeeping
from tests.factories import StandardPageFactory

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
    housekeeping.each_minute.send(sender=None, now=timezone.now())


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
    a_minute_passes()
    assert (is_live(broken), is_live(other)) == (False, True)
    assert "was not done" in caplog.text
