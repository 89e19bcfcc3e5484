"""The worker process: each job in a thread of its own, so that none waits for another.

Several workers may run at once, on one machine or several. All threads are daemons: what does not end in time falls
with the process, and PostgreSQL undoes its transaction.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from threading import Event, Lock, Thread

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from core.jobs.errors import plain
from core.jobs.registry import Job
from core.jobs.runs import Runner, beat

logger = logging.getLogger(__name__)

# Seconds. The supervisor waits 15 for its children, systemd 90.
END_WITHIN = 12.0
BEAT_EVERY = 15.0
LOOK_EVERY = 0.2
RETRY_DATABASE = 0.5
# A thread that sleeps longer gives its database connection back.
LONGEST_IDLE_CONNECTION = 10.0


class ThreadDied(Exception):
    """A thread of the worker has ended by itself: an error in our own code. The supervisor starts the worker anew."""


class Worker:
    """Runs jobs until it is asked to end."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self.jobs = list(jobs)
        self.ending = Event()
        self.away = Away()

    def run(self, is_asked_to_end: Callable[[], bool]) -> None:
        """Returns once the runs in hand are finished, after `END_WITHIN` seconds at the latest. Raises ThreadDied."""
        threads = [Turns(job.name, _turn_of(job), self) for job in self.jobs]
        threads.append(Turns("heartbeat", self.beat, self))
        for thread in threads:
            thread.start()
        try:
            while not is_asked_to_end():
                _check_alive(threads)
                time.sleep(LOOK_EVERY)
        finally:
            self.ending.set()
            _wait_for(threads)

    def beat(self) -> float:
        beat(self.jobs)
        return BEAT_EVERY


class Turns(Thread):
    """Calls `turn` again and again; it returns the seconds until its next call.

    While the database is away, tries again every `RETRY_DATABASE` seconds.
    """

    def __init__(self, name: str, turn: Callable[[], float], worker: Worker) -> None:
        super().__init__(name=name, daemon=True)
        self.turn, self.ending, self.away = turn, worker.ending, worker.away

    def run(self) -> None:
        try:
            while not self.ending.is_set():
                self.ending.wait(self._try_turn())
        finally:
            connection.close()

    def _try_turn(self) -> float:
        close_old_connections()
        try:
            pause = self.turn()
        except Error as error:
            self.away.add(self.name, error)
            connection.close()
            return RETRY_DATABASE
        self.away.remove(self.name)
        if pause > LONGEST_IDLE_CONNECTION:
            connection.close()
        return pause


class Away:
    """The threads that cannot use the database at present. The first of them is logged."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.lock = Lock()

    def add(self, name: str, error: Error) -> None:
        with self.lock:
            if not self.names:
                logger.warning("The database is away or not migrated, jobs wait: %s", plain(error))
            self.names.add(name)

    def remove(self, name: str) -> None:
        with self.lock:
            self.names.discard(name)


def _turn_of(job: Job) -> Callable[[], float]:
    runner = Runner(job)

    def turn() -> float:
        runner.run_if_due(timezone.now())
        return runner.pause()

    return turn


def _check_alive(threads: list[Turns]) -> None:
    if dead := [thread.name for thread in threads if not thread.is_alive()]:
        raise ThreadDied(f"Threads have ended by themselves: {', '.join(dead)}")


def _wait_for(threads: list[Turns]) -> None:
    deadline = time.monotonic() + END_WITHIN
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
    if left := [thread.name for thread in threads if thread.is_alive()]:
        logger.warning("Ended in the middle of: %s. PostgreSQL undoes what they had in hand.", ", ".join(left))
