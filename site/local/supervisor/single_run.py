"""One run at a time for each VAR_DIR, by two file locks: the supervisor's, and one that its children inherit."""

import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from local.processes import try_lock
from local.supervisor.plan import CannotRun, Plan
from local.supervisor.signals import wait_for_event


@contextmanager
def single_run(plan: Plan) -> Iterator[IO[str]]:
    """Hold both locks; gives the one for the children. Raises CannotRun while another run holds the first."""
    plan.var.mkdir(parents=True, exist_ok=True)
    with (plan.var / "run.lock").open("a+") as run_lock, (plan.var / "children.lock").open("a+") as children_lock:
        if not try_lock(run_lock):
            raise CannotRun(f"The site is already running{other_run(run_lock)}.")
        run_lock.truncate(0)
        json.dump({"url": plan.url, "pid": os.getpid()}, run_lock)
        run_lock.flush()
        wait_for_last_run(children_lock, plan.stop_timeout)
        yield children_lock


def wait_for_last_run(children_lock: IO[str], stop_timeout: float) -> None:
    """Take the children's lock. After kill -9 of a supervisor its children are still ending: wait, then kill them.

    Only children of the last run have the lock's file open.
    """
    deadline = time.monotonic() + stop_timeout
    while not try_lock(children_lock):
        if time.monotonic() > deadline:
            for pid in processes_with_open(Path(children_lock.name)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        wait_for_event(0.1)


def processes_with_open(file: Path) -> Iterator[int]:
    """The numbers of other processes of this user that have this file open."""
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        pid = int(link.parts[2])
        with suppress(OSError):
            if pid != os.getpid() and link.readlink() == file.resolve():
                yield pid


def other_run(run_lock: IO[str]) -> str:
    """Address and process of the run that holds the lock, for the message; empty where it has not written them yet."""
    run_lock.seek(0)
    try:
        other = json.load(run_lock)
    except ValueError:
        return ""
    return f" at {other['url']} (process {other['pid']}). Ctrl-C there, or kill {other['pid']}, ends it"
