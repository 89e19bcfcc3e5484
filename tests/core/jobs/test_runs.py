"""A run of a job: when it is due, and what is written down of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.jobs import registry, runs
from core.jobs.errors import plain
from core.jobs.locks import NAMESPACE
from core.jobs.registry import Job
from core.models import JobState, OutgoingMail
from tests.core.mail.test_outbox import promise

# Far ahead: a new row of the table is due at the real time, which no test can set.
NOON = datetime(2040, 11, 30, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def state(name: str = "job") -> JobState:
    return JobState.objects.get(pk=name)


class Tried:
    """A job of the tests: counts its runs, and does what a test wants it to."""

    def __init__(self, *answers: Any, **values: Any) -> None:
        self.answers, self.at = list(answers), []
        self.job = Job(**{"name": "job", "label": "Job", "every": HOUR, "run": self.run} | values)
        self.runner = runs.Runner(self.job)

    def run(self, now: datetime) -> Any:
        self.at.append(now)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    def comes(self, *moments: datetime) -> list[datetime]:
        for moment in moments:
            self.runner.run_if_due(moment)
        return self.at


@pytest.fixture
def at_noon(db: None, monkeypatch: Any) -> None:
    monkeypatch.setattr(timezone, "now", lambda: NOON)


pytestmark = pytest.mark.usefixtures("at_noon")


# --- When -----------------------------------------------------------------------------------------------------------
def test_a_job_is_due_at_once_and_then_after_each_interval():
    moments = [NOON + minutes * timedelta(minutes=6) for minutes in range(21)]
    assert Tried().comes(*moments) == [NOON, NOON + HOUR, NOON + 2 * HOUR]


def test_a_job_that_has_more_to_do_is_due_again_at_once():
    tried = Tried(True, True, False)
    assert tried.comes(NOON, NOON, NOON, NOON) == [NOON] * 3


def test_a_time_that_is_too_far_away_is_that_of_a_wrong_clock():
    JobState.objects.create(name="job", next_run=NOON + timedelta(days=3000))
    assert Tried().comes(NOON) == [NOON]


def test_a_worker_looks_again_when_the_job_is_due_and_after_half_a_minute_at_the_latest():
    tried = Tried(every=timedelta(seconds=7))
    tried.comes(NOON)
    assert tried.runner.pause() == 7
    later = Tried(name="later")
    later.comes(NOON)
    assert later.runner.pause() == runs.LONGEST_PAUSE


def test_a_job_that_another_worker_is_at_is_left_to_it():
    tried = Tried()
    with another_worker() as other:
        other.execute("SELECT pg_advisory_lock(%s, hashtext('job'))", [NAMESPACE])
        assert tried.comes(NOON) == []
        assert tried.runner.pause() == runs.BUSY_PAUSE
    assert tried.comes(NOON) == [NOON]


def test_the_lock_is_given_back():
    Tried(ValueError("no room")).comes(NOON)
    with another_worker() as other:
        other.execute("SELECT pg_try_advisory_lock(%s, hashtext('job'))", [NAMESPACE])
        assert other.fetchone() == (True,)


@contextmanager
def another_worker() -> Iterator[Any]:
    """A cursor in a connection of its own, closed at the end, as that of a process that is killed."""
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        [session] = cursor.fetchone()
        yield cursor
    other.close()
    wait_for_locks_of(session)


def wait_for_locks_of(session: int) -> None:
    """Closing returns at once; PostgreSQL gives a session's locks back a moment later, when it has noticed."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE pid = %s", [session])
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.05)
    raise AssertionError("The closed session still holds locks after ten seconds.")


# --- What is written down -------------------------------------------------------------------------------------------
def test_a_run_is_written_down():
    Tried().comes(NOON)
    row = state()
    assert (row.last_started, row.last_finished, row.heartbeat, row.next_run) == (NOON, NOON, NOON, NOON + HOUR)
    assert (row.last_error, row.failures, row.failing_since) == ("", 0, None)
    assert 0 <= row.duration < 1000


def test_an_error_is_stored_and_logged_tried_again_at_its_time_and_then_cleared(caplog):
    tried = Tried(ValueError("no room"), ValueError("still none"))
    tried.comes(NOON, NOON)
    assert (state().last_error, state().failures, state().failing_since) == ("ValueError: no room", 1, NOON)
    assert "The job job failed: ValueError: no room" in caplog.text
    assert "in run" in caplog.text, "where it happened"
    tried.comes(NOON + HOUR)
    assert (state().last_error, state().failures, state().failing_since) == ("ValueError: still none", 2, NOON)
    tried.comes(NOON + 2 * HOUR)
    assert (state().last_error, state().failures, state().failing_since) == ("", 0, None)
    assert len(tried.at) == 3


def test_a_job_of_each_second_that_fails_is_not_tried_each_second():
    tried = Tried(ValueError("no room"), every=timedelta(seconds=1))
    assert tried.comes(NOON, NOON + timedelta(seconds=5)) == [NOON]
    assert tried.comes(NOON + runs.PAUSE_AFTER_ERROR) == [NOON, NOON + runs.PAUSE_AFTER_ERROR]


def test_a_shared_job_that_has_nothing_to_do_writes_nothing_each_time(django_assert_num_queries):
    tried = Tried(None, None, ValueError("no room"), None, every=timedelta(seconds=0.5), shared=True)
    tried.comes(NOON)
    with django_assert_num_queries(0):
        tried.comes(NOON)
    tried.comes(NOON)
    assert state().failures == 1
    tried.comes(NOON)
    assert state().failures == 0


def test_a_job_that_is_not_due_costs_one_query(django_assert_num_queries):
    tried = Tried()
    tried.comes(NOON)
    with django_assert_num_queries(1):
        tried.comes(NOON)


# --- An error in words ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("no room for lena.berg@example.org"), "ValueError: no room for (address)"),
        (ValueError(""), "ValueError"),
        (ValueError("first\nDETAIL: Failing row contains (12, Lena Berg)."), "ValueError: first"),
        (ValueError("postgresql://site:geheim@db.example/site"), "ValueError: postgresql://(secret) db.example/site"),
        (ValueError("login site / s3cret-pass refused"), "ValueError: login site / (secret) refused"),
        (ValueError("bad signature with only-for-tests"), "ValueError: bad signature with (secret)"),
        (ValueError("a\x00b"), "ValueError: ab"),
    ],
)
def test_an_error_is_said_without_addresses_and_secrets(settings, error, words):
    settings.EMAIL_HOST_PASSWORD = "s3cret-pass"
    assert plain(error) == words


class Speechless(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.mark.parametrize(
    ("error", "words"),
    [(ValueError("fil \udce5.jpg"), "ValueError: fil \\udce5.jpg"), (Speechless(), "Speechless")],
)
def test_an_error_that_cannot_be_stored_as_it_is_ends_no_worker(error, words):
    """A file's name in another encoding, an exception that fails as it is shown."""
    assert plain(error) == words


def test_neither_the_log_nor_the_table_has_an_address(caplog):
    Tried(ValueError("no room for lena.berg@example.org")).comes(NOON)
    assert "lena.berg" not in caplog.text + state().last_error


# --- Once, from cron ------------------------------------------------------------------------------------------------
def test_once_runs_what_is_due_and_goes_on_after_an_error():
    broken, other = Tried(ValueError("no room")), Tried(True, True, name="other")
    done = runs.run_once([broken.job, other.job])
    assert [(run.job.name, run.error) for run in done] == [("job", "ValueError: no room"), *[("other", "")] * 3]
    assert runs.run_once([other.job]) == []


def test_cron_is_early_by_a_second(monkeypatch):
    tried = Tried(every=timedelta(minutes=1))
    runs.run_once([tried.job])
    monkeypatch.setattr(timezone, "now", lambda: NOON + timedelta(seconds=59))
    assert len(runs.run_once([tried.job])) == 1


def test_the_command_names_what_it_ran_and_gives_a_heartbeat(capsys):
    call_command("work", once=True)
    names = [job.name for job in registry.jobs()]
    assert capsys.readouterr().out == f"Sent: 0. Failed: 0. Waiting: 0 (13:00).\nJobs: {', '.join(names)}.\n"
    assert set(JobState.objects.values_list("name", "heartbeat")) == {(name, NOON) for name in names}
    call_command("work", once=True)
    assert capsys.readouterr().out.endswith("Jobs: deliver_mail.\n")


def test_the_command_ends_with_an_error_where_a_job_failed_and_still_sends_mail(monkeypatch, capsys):
    def broken(now: datetime) -> None:
        raise ValueError("no room")

    monkeypatch.setitem(registry._jobs, "broken", Job("broken", "Broken", HOUR, broken))
    promise()
    with pytest.raises(CommandError, match="broken: ValueError: no room"):
        call_command("work", once=True)
    assert capsys.readouterr().out.startswith("Sent: 1.")
    assert not OutgoingMail.objects.waiting().exists()
