"""One run at a time, and what a killed one leaves for the next."""

import os
import signal
from pathlib import Path
from typing import Any

from local import embedded_postgres
from tests.local.processes import is_alive, kill_9, processes_with, wait_until
from tests.local.supervisor.runs import answers, output, pid_of, pids_in, ready


def test_a_second_run_says_where_the_first_is_and_harms_nothing(var: Path, port: int, start: Any) -> None:
    first = start(EMBEDDED="1")
    ready(var, first)
    second = start(EMBEDDED="1")
    assert second.wait(60) == 1
    assert f"already running at http://127.0.0.1:{port}/ (process {first.pid})" in output(var)
    assert answers(port)
    assert embedded_postgres.has_monitor()
    first.terminate()
    assert first.wait(60) == 0


def test_a_killed_supervisor_takes_all_along_and_the_next_run_works(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1")
    ready(var, run)
    run.kill()
    run.wait()
    again = start(EMBEDDED="1")
    ready(var, again, times=2)
    assert answers(port)
    again.terminate()
    assert again.wait(60) == 0
    wait_until(lambda: not processes_with(var))


def test_what_a_killed_run_left_hanging_is_ended_by_the_next(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    old_worker = pid_of(var, "web-worker")
    os.kill(pid_of(var, "web"), signal.SIGSTOP)
    kill_9(run.pid)
    again = start(PATIENCE="1")
    ready(var, again, times=2)
    assert not is_alive(old_worker)
    assert answers(port)


def test_all_killed_at_once_leaves_nothing_in_the_way(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1")
    ready(var, run)
    kill_9(run.pid, *pids_in(var), *processes_with(var))
    run.wait()
    again = start(EMBEDDED="1")
    ready(var, again, times=2)
    assert answers(port)
