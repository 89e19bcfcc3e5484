"""Editors see on the admin's first page which scheduled pages were refused at their hour."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.jobs.refused_panel import REASONS_SAID, waiting_for
from core.models import RefusedHour
from core.pages import publishing
from core.pages.models import BasePage
from core.pages.publishing import Refusal
from core.people import roles
from home.models import StandardPage
from tests.factories import StandardPageFactory, UserFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_rule_that_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "_rules", [])

    @publishing.refusal(StandardPage)
    def without_consent(page: BasePage) -> Any:
        yield Refusal(f"Nova has not agreed to {page.title}.", link="/admin/consent/")


def refuse(page: Any, minutes: int = 5) -> None:
    """As the worker leaves it."""
    passed = timezone.now() - timedelta(minutes=minutes)
    revision = page.save_revision(approved_go_live_at=passed)
    RefusedHour.objects.create(revision=revision, page=page, next_try=timezone.now() + timedelta(hours=1))


def panel_of(client: Client) -> str:
    found = re.search(r'<section[^>]*id="refused-hours.*?</section>', client.get("/admin/").text, flags=re.DOTALL)
    return " ".join(found[0].split()) if found else ""


def test_an_editor_sees_title_hour_reasons_and_links(home):
    page = StandardPageFactory(parent=home, draft=True, title="About <us>")
    refuse(page)
    shown = panel_of(browser(person(roles.EDITORS)))
    assert "Not published at their scheduled time" in shown
    assert f'<a href="{reverse("wagtailadmin_pages:edit", args=[page.pk])}">About &lt;us&gt;</a>' in shown
    assert re.search(r", \w+ \d+ \w+ \d\d:\d\d ", shown)
    assert '<a href="/admin/consent/">Nova has not agreed to About &lt;us&gt;.</a>' in shown


def test_where_nothing_was_refused_there_is_nothing(home, queries):
    editor = person(roles.EDITORS)
    assert panel_of(browser(editor)) == ""
    assert queries(waiting_for, editor) == 1


def test_who_may_edit_no_page_sees_nothing(home):
    refuse(StandardPageFactory(parent=home, draft=True))
    assert panel_of(browser(person(roles.ENQUIRY_STAFF))) == ""


def test_a_page_whose_hour_was_taken_back_is_not_shown(home):
    page = StandardPageFactory(parent=home, draft=True)
    refuse(page)
    page.revisions.update(approved_go_live_at=None)
    assert panel_of(browser(person(roles.EDITORS))) == ""


def test_twenty_cost_no_more_queries_than_those_whose_reasons_are_said(home, queries):
    admin = UserFactory(admin=True)
    pages = [StandardPageFactory(parent=home, draft=True, title=f"Page {number}") for number in range(20)]
    for number, page in enumerate(pages[:REASONS_SAID]):
        refuse(page, minutes=60 - number)
    some = queries(waiting_for, admin)
    for page in pages[REASONS_SAID:]:
        refuse(page)
    assert queries(waiting_for, admin) == some
    found = waiting_for(admin)
    assert [bool(row.reasons) for row in found] == [True] * REASONS_SAID + [False] * (20 - REASONS_SAID)
    assert found[0].title == "Page 0"
