"""One run of a job: when it is due, under its lock, and what is written down of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from core.jobs.errors import place, plain
from core.jobs.locks import job_lock, notice_death
from core.jobs.models import JobState
from core.jobs.registry import Job
from core.mail.delivery import DATABASE_IS_AWAY

logger = logging.getLogger(__name__)

# Between a failed run and the next one, also of a job that runs more often.
PAUSE_AFTER_ERROR = timedelta(seconds=10)
# Seconds between two notes about a shared job, which may run several times a second.
NOTE_EVERY = 5
BUSY_PAUSE = 1.0  # Until we ask again whether another worker has finished the job, or was killed.
LONGEST_PAUSE = 30.0
# `manage.py work --once` runs what would be due in a moment: cron is never on time to the second.
EARLY = timedelta(seconds=10)


@dataclass(frozen=True)
class Run:
    """What came of a run. `result`: what the job returned, true while more is left. `error`: empty if it succeeded."""

    job: Job
    started: datetime
    milliseconds: int
    result: object = None
    error: str = ""

    @property
    def next_run(self) -> datetime:
        if self.error:
            return self.started + max(self.job.every, PAUSE_AFTER_ERROR)
        return self.started if self.result else self.started + self.job.every


class Runner:
    """Runs one job in one thread."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.row = JobState.objects.filter(pk=job.name)
        self.next_run = timezone.now()
        self.is_busy = False
        self.noted: tuple[float, str] = (float("-inf"), "")
        self.session: Any = None

    def run_if_due(self, now: datetime, early: timedelta = timedelta(0)) -> Run | None:
        """Run the job if it is due, or will be so soon (`early`), and no other worker is at it.

        Raises an exception of the database where that is away; the job is then due as before.
        """
        self.is_busy = False
        if self.job.shared:
            return self._run(now)
        if not self._is_due(now + early):
            return None
        with job_lock(self.job.name) as is_ours:
            self.is_busy = not is_ours
            # Asked again: another worker may have finished it meanwhile.
            return self._run(now) if is_ours and self._is_due(now + early) else None

    def pause(self) -> float:
        """Seconds until it is worth looking again."""
        if self.is_busy:
            return BUSY_PAUSE
        return min(LONGEST_PAUSE, max(0.0, (self.next_run - timezone.now()).total_seconds()))

    def _is_due(self, now: datetime) -> bool:
        state = JobState.objects.get_or_create(name=self.job.name)[0]
        self.next_run = state.next_run
        return state.is_due(now, self.job.every)

    def _run(self, now: datetime) -> Run:
        self._prepare_session()
        if not self.job.shared:
            self.row.update(last_started=now)
        run = call(self.job, now)
        if self._is_worth_a_note(run):
            note(run)
        self.next_run = run.next_run
        return run

    def _prepare_session(self) -> None:
        connection.ensure_connection()
        if self.session is not connection.connection:
            notice_death()
            self.session = connection.connection

    def _is_worth_a_note(self, run: Run) -> bool:
        """Every run; of a shared job a change, and one each few seconds."""
        at, error = self.noted
        is_worth = not self.job.shared or bool(error or run.error) or time.monotonic() - at >= NOTE_EVERY
        if is_worth:
            self.noted = time.monotonic(), run.error
        return is_worth


def call(job: Job, now: datetime) -> Run:
    """Call the job. Its exception is logged and part of the answer; that of a lost connection is raised."""
    session, begun = connection.connection, time.monotonic()
    result, error = None, ""
    try:
        with translation.override(settings.LANGUAGE_CODE):
            result = job.run(now)
    except Exception as raised:
        if isinstance(raised, DATABASE_IS_AWAY) and session.closed:
            raise
        error = plain(raised)
        logger.error("The job %s failed: %s\n%s", job.name, error, place(raised))
    return Run(job, now, int((time.monotonic() - begun) * 1000), result, error)


def note(run: Run) -> None:
    """Write down what came of a run."""
    now, row = timezone.now(), JobState.objects.filter(pk=run.job.name)
    values: dict[str, Any] = {
        "last_started": run.started,
        "last_finished": now,
        "heartbeat": now,
        "duration": run.milliseconds,
        "next_run": run.next_run,
        "last_error": run.error,
        "failures": F("failures") + 1 if run.error else 0,
        "failing_since": Coalesce("failing_since", run.started) if run.error else None,
    }
    if not row.update(**values):
        beat([run.job])
        row.update(**values)


def beat(jobs: Iterable[Job]) -> None:
    """Say that a living worker looks after these jobs. Makes the rows that are missing."""
    names, now = [job.name for job in jobs], timezone.now()
    if JobState.objects.filter(pk__in=names).update(heartbeat=now) < len(names):
        missing = [JobState(name=name, heartbeat=now) for name in names]
        JobState.objects.bulk_create(missing, ignore_conflicts=True)


def run_once(jobs: Iterable[Job]) -> list[Run]:
    """Run all that is due now, once, one after the other: for cron. What other workers are at is left to them."""
    jobs, now, runs = list(jobs), timezone.now(), []
    beat(jobs)
    for runner in map(Runner, jobs):
        while run := runner.run_if_due(now, EARLY):
            runs.append(run)
            if not run.result:
                break
    return runs
