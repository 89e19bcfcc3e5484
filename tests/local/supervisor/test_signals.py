"""How the supervisor ends: by signals, with its terminal, with the make that started it."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.local.processes import PROJECT_DIR, is_alive, kill_9, wait_until
from tests.local.supervisor.runs import (
    all_ended,
    answers,
    clean_environment,
    hear_the_terminal_go,
    output,
    pid_of,
    ready,
)


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_when_asked(var: Path, port: int, start: Any, way: signal.Signals) -> None:
    run = start()
    ready(var, run)
    run.send_signal(way)
    assert run.wait(60) == 0
    assert all_ended(var, port)
    assert output(var).endswith("Ended.\n")


def test_ctrl_c_ends_it_in_the_background_too(var: Path, port: int, start: Any) -> None:
    """A shell without job control leaves SIGINT ignored for what it starts with &."""
    run = start(options={"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)})
    ready(var, run)
    run.send_signal(signal.SIGINT)
    assert run.wait(60) == 0
    assert all_ended(var, port)


def test_nohup_keeps_it_when_the_terminal_goes(var: Path, port: int, start: Any) -> None:
    run = start(options={"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)})
    ready(var, run)
    run.send_signal(signal.SIGHUP)
    kill_9(pid_of(var, "worker"))
    wait_until(lambda: "worker ended" in output(var))
    assert run.poll() is None
    assert answers(port)


def test_it_ends_with_its_terminal(var: Path, port: int, start: Any) -> None:
    ours, theirs = pty.openpty()
    run = start(options={"stdin": theirs, "stdout": theirs, "stderr": theirs, "preexec_fn": take_terminal})
    os.close(theirs)
    said = b""
    while b"Ready after" not in said:
        said += os.read(ours, 4096)
    os.close(ours)
    assert run.wait(60) == 0
    assert all_ended(var, port)


def take_terminal() -> None:
    """As a login shell does: a session of its own, whose terminal is stdin."""
    import fcntl
    import termios

    hear_the_terminal_go()
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_reader_that_has_gone_does_not_end_it(var: Path, port: int, start: Any) -> None:
    run = start(options={"stdout": subprocess.PIPE})
    while b"Ready after" not in run.stdout.readline():
        pass
    run.stdout.close()
    wait_until(lambda: pid_of(var, "worker"))
    first = pid_of(var, "worker")
    kill_9(first)
    wait_until(lambda: pid_of(var, "worker") not in (0, first))
    assert answers(port)
    run.terminate()
    assert run.wait(60) == 0


def test_it_ends_with_the_make_that_started_it(var: Path, port: int) -> None:
    with (var / "output").open("ab") as output_file:
        make = subprocess.Popen(
            ["/bin/sh", "-c", f"{sys.executable} -m tests.local.supervisor.tiny_site run; true"],
            cwd=PROJECT_DIR,
            env={**clean_environment(), "VAR_DIR": str(var), "PORT": str(port), "MAKELEVEL": "1"},
            stdout=output_file,
        )
    ready(var, make)
    make.kill()
    make.wait()
    wait_until(lambda: all_ended(var, port))


def test_a_second_ctrl_c_ends_what_does_not_listen(var: Path, port: int, start: Any) -> None:
    run = start(DEAF="1")
    ready(var, run)

    def ended_by_ctrl_c() -> bool:
        run.send_signal(signal.SIGINT)
        return run.poll() is not None

    wait_until(ended_by_ctrl_c)
    assert run.returncode == 0
    assert all_ended(var, port)


def test_a_signal_that_comes_twice_at_once_still_ends_it_cleanly(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    run.terminate()
    wait_until(lambda: not is_alive(pid_of(var, "worker")))
    run.terminate()
    assert run.wait(60) == 0
    assert (var / "ended-well.pid").exists()
