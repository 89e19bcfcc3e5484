"""The programs that the supervisor runs: started, started again when they die, ended."""

import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO

from core.web.processes import end_with_parent
from local.processes import open_log, tail
from local.progress import say
from local.supervisor.plan import PROJECT_DIR, CannotRun, Plan
from local.supervisor.ports import answers
from local.supervisor.signals import STOP_SIGNALS, Stopped, wait_for_event

# Seconds.
LONGEST_WEB_START = 90
LONGEST_PAUSE = 30
# A child that ran so long had no quick death.
STEADY_AFTER = 30
# A second Ctrl-C so long after the first is a person's, who wants no more waiting.
SECOND_CTRL_C_AFTER = 1


@dataclass
class Child:
    """A program that is started again when it dies; after each quick death, the pause before that doubles."""

    name: str
    command: Sequence[str]
    plan: Plan
    children_lock: IO[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0
    quick_deaths: int = 0

    @property
    def log(self) -> Path:
        return self.plan.var / "log" / f"{self.name}.log"

    def start(self) -> None:
        """Start the program, its output appended to `log`."""
        with open_log(self.log) as log:
            self.process = launch(self.command, self.plan, self.children_lock, log)
        self.started = time.monotonic()

    def restart_if_dead(self) -> None:
        """Notice a death; start the program again when its pause is over."""
        if self.process and (code := reap(self.process)) is not None:
            self.process = None
            steady = time.monotonic() - self.started > STEADY_AFTER
            self.quick_deaths = 0 if steady else self.quick_deaths + 1
            say(f"{self.name} ended ({how_it_ended(code)}); it is started again in {self.pause:g} s. See {self.log}.")
            self.started = time.monotonic()
        if self.process is None and time.monotonic() - self.started >= self.pause:
            self.start()

    @property
    def pause(self) -> float:
        """Seconds between the last death and the next start."""
        return min(LONGEST_PAUSE, 2.0**self.quick_deaths / 4)


@dataclass
class Team:
    """The web server and the worker."""

    plan: Plan
    children_lock: IO[str]
    children: list[Child] = field(default_factory=list)

    def run_to_end(self, command: Sequence[str]) -> int:
        """The exit code of a program whose output goes to our own terminal."""
        process = launch(command, self.plan, self.children_lock, None)
        try:
            while (code := reap(process)) is None:
                wait_for_event(1)
        except Stopped:
            end_all([process], self.plan.stop_timeout)
            raise
        return code

    def start(self) -> None:
        """Start both; return when the web server answers. Raises CannotRun where it does not."""
        web = Child("web", self.plan.web, self.plan, self.children_lock)
        self.children = [web, Child("worker", self.plan.worker, self.plan, self.children_lock)]
        for child in self.children:
            child.start()
        deadline = time.monotonic() + LONGEST_WEB_START
        while not answers(self.plan.port):
            assert web.process is not None
            if reap(web.process) is not None or time.monotonic() > deadline:
                raise CannotRun(f"The web server does not start:\n{tail(web.log)}")
            wait_for_event(0.1)

    def watch(self) -> None:
        """Start again what dies, until a stop signal raises Stopped."""
        while True:
            for child in self.children:
                child.restart_if_dead()
            wait_for_event(1)

    def stop(self) -> None:
        end_all([child.process for child in self.children if child.process], self.plan.stop_timeout)


def launch(
    command: Sequence[str], plan: Plan, children_lock: IO[str], log: IO[bytes] | None
) -> subprocess.Popen[bytes]:
    """Start a program that ends with the supervisor and, while it lives, keeps the next `make run` waiting.

    In a session of its own: Ctrl-C reaches the supervisor alone, which ends its children in order.
    """
    return subprocess.Popen(
        command,
        cwd=PROJECT_DIR,
        env=dict(plan.environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        pass_fds=[children_lock.fileno()],
        preexec_fn=partial(set_up_child, os.getpid()),
    )


def set_up_child(parent: int) -> None:
    """Between fork and exec: reset the signals that the supervisor blocks, and end when the supervisor ends."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    end_with_parent(parent, signal.SIGTERM)


def reap(process: subprocess.Popen[bytes]) -> int | None:
    """The exit code of a program that has ended, after killing what is left of its process group; else None.

    Granian's workers outlive their main process. The group is killed before its leader is reaped: until then no other
    process can get its number.
    """
    if process.returncode is None:
        if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            return None
        kill_group(process)
    return process.wait()


def how_it_ended(code: int) -> str:
    """An exit code in words: "SIGKILL", "exit code 1"."""
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def kill_group(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)


def end_all(processes: Sequence[subprocess.Popen[bytes]], stop_timeout: float) -> None:
    """Send SIGTERM to all at once, wait, then kill what is left; a second Ctrl-C kills at once.

    It counts only some time after the first: one signal to our whole group reaches us twice, by `make` as well.
    """
    for process in processes:
        if reap(process) is None:
            process.terminate()
    begun = time.monotonic()
    while [process for process in processes if reap(process) is None] and time.monotonic() < begun + stop_timeout:
        try:
            wait_for_event(0.2)
        except Stopped as again:
            if again.by == signal.SIGINT and time.monotonic() > begun + SECOND_CTRL_C_AFTER:
                break
    for process in processes:
        if reap(process) is None:
            kill_group(process)
            process.wait()
