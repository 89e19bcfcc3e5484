"""The lead and administrators see on the admin's first page what does not run. No other role does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from core.jobs import panel, registry
from core.jobs.runs import beat
from core.models import JobState
from core.people import roles
from tests.factories import UserFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db


def home_of(client: Client, heading: str = "The site needs help") -> str:
    """The panel's text, empty where there is none."""
    html = client.get("/admin/").content.decode()
    found = re.search(r'<section[^>]*id="repeated-jobs.*?</section>', html, flags=re.DOTALL)
    assert bool(found) is (heading in html)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


@pytest.fixture
def _worker() -> None:
    beat(registry.jobs())


@pytest.fixture
def lead() -> Client:
    return browser(person(roles.LEAD))


def change(name: str, **values: Any) -> None:
    JobState.objects.filter(pk=name).update(**values)


def fail(name: str = "page_schedule", failures: int = 3) -> None:
    since = timezone.now() - timedelta(minutes=3)
    change(name, failures=failures, failing_since=since, last_error="ValueError: no room <b>")


@pytest.mark.usefixtures("_worker")
def test_while_all_is_well_there_is_nothing(lead):
    assert home_of(lead) == ""


@pytest.mark.usefixtures("_worker")
def test_a_sign_of_life_that_lies_ahead_is_none(lead):
    """A clock was wrong for a while, and the worker has not been started since."""
    JobState.objects.update(heartbeat=timezone.now() + timedelta(hours=2))
    assert "The worker is not running" in home_of(lead)


@pytest.mark.usefixtures("_worker")
def test_a_job_that_fails_is_shown_and_goes_away(lead):
    fail()
    text = home_of(lead)
    assert (
        "“Publishing and ending pages on schedule” is failing. It has failed 3 times in a row. The first time:" in text
    )
    assert "ValueError: no room &lt;b&gt;" in text
    assert "send these lines to whoever looks after the site" in text
    change("page_schedule", failures=0, failing_since=None, last_error="")
    assert home_of(lead) == ""


def test_without_a_worker_it_is_said(lead):
    assert "The worker is not running: e-mails and scheduled pages are waiting. Nothing is lost." in home_of(lead)
    beat(registry.jobs())
    assert home_of(lead) == ""
    JobState.objects.update(heartbeat=timezone.now() - timedelta(minutes=4))
    assert "are waiting. Its last sign of life:" in home_of(lead)


@pytest.mark.usefixtures("_worker")
def test_a_job_that_does_not_end_is_shown(lead):
    change("page_schedule", next_run=timezone.now() - timedelta(minutes=11))
    assert "“Publishing and ending pages on schedule” has not finished." in home_of(lead)


@pytest.mark.usefixtures("_worker")
def test_a_job_that_is_no_longer_there_is_not_shown(lead):
    JobState.objects.create(name="gone", failures=1, failing_since=timezone.now(), last_error="ValueError")
    assert home_of(lead) == ""


def test_administrators_see_it_and_no_other_role(lead):
    assert home_of(lead)
    admin = UserFactory(admin=True)
    assert home_of(browser(admin), heading="Webbplatsen behöver hjälp")
    for role in set(roles.ROLES) - {roles.LEAD}:
        assert home_of(browser(person(role))) == "", role


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", "Arbetsprocessen är inte igång: mejl och schemalagda sidor väntar."),
        ("en", "The worker is not running: e-mails and scheduled pages are waiting."),
    ],
)
def test_it_is_said_in_the_readers_language(language, words):
    with translation.override(language):
        assert [problem.title for problem in panel.problems(timezone.now())] == [words]


@pytest.mark.usefixtures("_worker")
def test_it_costs_one_query_however_much_fails(lead, queries, django_assert_num_queries):
    with django_assert_num_queries(1):
        panel.problems(timezone.now())
    well = queries(lead, "/admin/")
    for job in registry.jobs():
        fail(job.name)
    assert queries(lead, "/admin/") == well
