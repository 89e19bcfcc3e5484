"""Real workers on a real database: no job waits for another, none is done twice, none is half done."""

from __future__ import annotations

import asyncio
import itertools
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, Revision

from core.jobs import registry, runs, worker
from core.jobs.registry import Job
from core.jobs.worker import ThreadDied, Worker
from core.models import JobState, OutgoingMail
from tests.core.jobs import probe
from tests.core.jobs.test_schedule import is_live, schedule, the_hour_comes
from tests.core.mail.test_outbox import all_sent, promise
from tests.core.workers import Mailbox, wait_until
from tests.factories import StandardPageFactory
from tests.local.processes import kill_9
from tests.template_database import server as server_of_databases

# As the issue has it: longer than a visitor waits, shorter than EMAIL_TIMEOUT.
SLOW = 9.0


@contextmanager
def working(*jobs: Job) -> Iterator[threading.Thread]:
    """A worker in this process, that ends with the block."""
    ending = threading.Event()
    thread = threading.Thread(target=Worker(jobs).run, args=[ending.is_set])
    thread.start()
    yield thread
    ending.set()
    thread.join(worker.END_WITHIN + 5)
    assert not thread.is_alive()


def every_half_second(name: str) -> Job:
    """A job of the site's: tests do not wait for a minute to pass."""
    return replace(registry.get(name), every=timedelta(seconds=0.5))


def job(run: Any, name: str = "job", **values: Any) -> Job:
    return Job(**{"name": name, "label": name, "every": timedelta(seconds=0.5), "run": run} | values)


def sql(question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


def slow_down(table: str, seconds: float) -> None:
    """Each change of a row takes so long, inside its transaction."""
    sql(f"""
        CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep({seconds}); RETURN NEW; END';
        CREATE TRIGGER wait BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION wait();
    """)


def seconds_until(true: Any, longest: float) -> float:
    begun = time.monotonic()
    wait_until(true, longest)
    return time.monotonic() - begun


# --- No job waits for another ---------------------------------------------------------------------------------------
@pytest.fixture
def slow_server(server: Mailbox, settings: Any) -> Mailbox:
    """A mail server that takes nine seconds to say that it has got the mail."""
    settings.EMAIL_TIMEOUT = 20

    async def handle_data(mail_server: Any, session: Any, envelope: Any) -> str:
        server.on_data()
        await asyncio.sleep(SLOW)
        server.arrived.append(envelope)
        return "250 OK"

    server.handle_DATA = handle_data  # type: ignore[method-assign]
    return server


@pytest.mark.slow
def test_a_page_goes_live_on_time_while_the_mail_server_takes_nine_seconds(transactional_db, home, slow_server):
    on_the_wire = threading.Event()
    slow_server.on_data = on_the_wire.set
    page = schedule(StandardPageFactory(parent=home, draft=True))
    promise()
    with working(every_half_second("deliver_mail"), every_half_second("page_schedule")):
        assert on_the_wire.wait(20)
        the_hour_comes(page)
        assert seconds_until(lambda: is_live(page), SLOW) < 4
        assert slow_server.arrived == [], "the mail is still on its way"
        wait_until(all_sent, 20)
    assert len(slow_server.arrived) == 1


@pytest.mark.slow
def test_a_mail_is_sent_while_a_page_takes_nine_seconds_to_go_live(transactional_db, home, server):
    page = schedule(StandardPageFactory(parent=home, draft=True))
    slow_down("wagtailcore_pagelogentry", SLOW)
    the_hour_comes(page)
    with working(every_half_second("deliver_mail"), every_half_second("page_schedule")):
        wait_until(lambda: sql("SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"), 20)
        promise()
        assert seconds_until(all_sent, SLOW) < 4
        assert not is_live(page)
        wait_until(lambda: is_live(page), 30)


@pytest.mark.slow
def test_a_job_that_fails_holds_up_no_other(transactional_db):
    def broken(now: datetime) -> None:
        raise ValueError("no room")

    done: list[datetime] = []
    with working(job(broken, "broken"), job(done.append, "other")):
        wait_until(lambda: len(done) >= 3)
    assert JobState.objects.get(pk="broken").last_error == "ValueError: no room"
    assert JobState.objects.get(pk="other").failures == 0


# --- None is done twice ---------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_five_workers_that_race_do_each_run_once(transactional_db, monkeypatch):
    """In one process, where all have the same clock: two runs are never nearer than the interval."""
    monkeypatch.setattr(runs, "BUSY_PAUSE", 0.001)
    begun, overlaps = [], []
    every, at_it = timedelta(seconds=0.03), threading.Semaphore(1)

    def alone(now: datetime) -> None:
        begun.append(now)
        if at_it.acquire(blocking=False):
            time.sleep(0.005)
            at_it.release()
        else:
            overlaps.append(now)

    with ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(working(job(alone, every=every)))
        wait_until(lambda: len(begun) >= 100)
    assert overlaps == []
    assert min(later - earlier for earlier, later in itertools.pairwise(begun)) >= every


@pytest.fixture
def probed(workers: Any) -> Any:
    sql(probe.TABLE)
    workers.environment["DJANGO_SETTINGS_MODULE"] = "tests.core.jobs.worker_settings"
    return workers


@pytest.mark.drill
def test_two_processes_share_a_job_and_the_second_goes_on_when_the_first_is_killed(probed):
    first, second = probed.start(), probed.start()
    wait_until(lambda: sql("SELECT count(*) FROM probe WHERE ended IS NOT NULL")[0][0] >= 6, 60)
    begun = [row[0].timestamp() for row in sql("SELECT began FROM probe ORDER BY began")]
    assert all(later - earlier > 0.9 for earlier, later in itertools.pairwise(begun))
    wait_until(lambda: sql(f"SELECT 1 FROM probe WHERE ended IS NULL AND pid IN ({first.pid}, {second.pid})"), 20)
    ((victim,),) = sql("SELECT pid FROM probe WHERE ended IS NULL")
    kill_9(victim)
    sql(f"UPDATE probe SET ended = began WHERE pid = {victim}")
    assert seconds_until(lambda: sql(f"SELECT 1 FROM probe WHERE ended > began AND pid <> {victim}"), 10) < 4


# --- None is half done ----------------------------------------------------------------------------------------------
HOW_MANY = 50


def halves() -> tuple[set[str], set[str]]:
    """Pages that are live, and those whose time is still to be acted on: together all, each in one of them."""
    live = {str(pk) for pk in Page.objects.live().filter(slug__startswith="hour-").values_list("pk", flat=True)}
    return live, set(Revision.objects.filter(approved_go_live_at__isnull=False).values_list("object_id", flat=True))


def check_halves() -> int:
    live, waiting = halves()
    assert len(live) + len(waiting) == HOW_MANY
    assert not live & waiting
    logged = PageLogEntry.objects.filter(action="wagtail.publish.scheduled").values_list("page_id", flat=True)
    assert Counter(map(str, logged)) == Counter(live)
    return len(live)


@pytest.mark.drill
def test_workers_that_are_killed_among_fifty_pages_leave_each_whole_and_the_next_one_goes_on(home, workers):
    for number in range(HOW_MANY):
        the_hour_comes(schedule(StandardPageFactory(parent=home, draft=True, slug=f"hour-{number}")))
    slow_down("wagtailcore_pagelogentry", 0.1)  # A worker is mostly killed within a page, not between two.
    running = [workers.start(), workers.start()]
    for done in (10, 25):
        wait_until(lambda done=done: len(halves()[0]) >= done, 60)
        owner = [row[0] for row in sql("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'")]
        kill_9(*(one.pid for one in running))
        wait_until(
            lambda owner=owner: not sql(f"SELECT 1 FROM pg_stat_activity WHERE pid = ANY(ARRAY{owner}::int[])"), 5
        )
        before = check_halves()
        assert done <= before < HOW_MANY
        running = [workers.start(), workers.start()]
        assert seconds_until(lambda before=before: len(halves()[0]) > before, 30) < 20, "most of it is Django's start"
    wait_until(lambda: len(halves()[0]) == HOW_MANY, 60)
    check_halves()


# --- A worker's life ------------------------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_worker_gives_a_heartbeat_while_its_jobs_wait_or_take_long(transactional_db, monkeypatch):
    monkeypatch.setattr(worker, "BEAT_EVERY", 0.2)
    ended = threading.Event()
    with working(job(lambda now: ended.wait(20), "long"), job(len, "later", every=timedelta(hours=1))):
        for _ in range(2):
            moment = timezone.now()
            wait_until(lambda moment=moment: JobState.objects.filter(heartbeat__gt=moment).count() == 2)
        ended.set()


@pytest.mark.slow
def test_a_worker_ends_in_time_also_when_a_job_does_not(transactional_db, monkeypatch, caplog):
    monkeypatch.setattr(worker, "END_WITHIN", 0.5)
    hung, ended = threading.Event(), threading.Event()

    def hang(now: datetime) -> None:
        hung.set()
        ended.wait(20)

    with working(job(hang)) as thread:
        assert hung.wait(20)
    assert not thread.is_alive()
    assert "Ended in the middle of: job" in caplog.text
    ended.set()


@pytest.mark.slow
def test_a_process_that_is_told_to_end_does_so_while_a_job_sleeps(workers):
    process = workers.start()
    wait_until(lambda: JobState.objects.filter(last_finished__isnull=False).count() == len(registry.jobs()), 60)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0
    assert time.monotonic() - begun < 5


@pytest.mark.drill
def test_a_process_that_is_told_to_end_leaves_a_mail_that_takes_too_long(workers, server):
    """It ends before the supervisor kills it; PostgreSQL undoes the attempt, and the mail is due."""
    on_the_wire = threading.Event()

    async def handle_data(*args: Any) -> str:
        on_the_wire.set()
        await asyncio.sleep(60)
        return "250 OK"

    server.handle_DATA = handle_data
    promise()
    process = workers.start(EMAIL_TIMEOUT="60")
    assert on_the_wire.wait(60)
    begun = time.monotonic()
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert worker.END_WITHIN - 1 < time.monotonic() - begun < worker.END_WITHIN + 2.5
    with transaction.atomic():
        assert OutgoingMail.objects.due(timezone.now()).free().filter(attempts=0).count() == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.slow
def test_a_worker_one_of_whose_threads_has_died_ends(transactional_db):
    def leave(now: datetime) -> None:
        raise SystemExit

    with pytest.raises(ThreadDied, match="job"):
        Worker([job(leave)]).run(lambda: False)


@pytest.mark.drill
def test_while_the_database_is_away_a_worker_waits_says_so_once_and_goes_on(workers, tmp_path: Path):
    log = tmp_path / "log"
    with log.open("wb") as stderr:
        process = workers.start(stderr=stderr)
    promise(1, to="one@example.org")
    wait_until(lambda: JobState.objects.filter(last_finished__isnull=False).count() == len(registry.jobs()), 60)
    name, ours = connection.connection.info.dbname, connection.connection.info.backend_pid
    with closing(server_of_databases()) as on:
        on.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        on.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s", [name, ours]
        )
        time.sleep(3)
        on.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
    OutgoingMail.objects.all().delete()
    promise(2)
    wait_until(lambda: OutgoingMail.objects.filter(attempts__gt=0).exists(), 30)
    assert process.poll() is None
    assert log.read_text().count("The database is away") == 1
    assert not JobState.objects.exclude(failures=0).exists()
