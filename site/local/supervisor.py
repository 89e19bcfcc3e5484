"""What `make run` runs: database, web server and mail worker together, from the first step to the last.

    PYTHONPATH=site python -m local.supervisor [reset]

It stays small (no Django) and has one thread, so that the kernel can tie its children to it: none outlives it,
by kill -9 neither. The embedded database looks after itself (embedded_postgres/): the supervisor only joins.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

from core.web.processes import end_with_parent
from local import embedded_postgres
from local.freshness import digest_of
from local.processes import open_log, tail, try_lock
from local.progress import say, step

PROJECT_DIR = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"  # The demo's passwords are known to everybody: it listens to this machine only.
# What the tables, static files and demo content are made from.
SOURCES = ("site", "home", "experiences", "search", "demo", "locale", "static", "requirements.txt")
STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
# Seconds.
LONGEST_WEB_START = 90
LONGEST_WAIT_FOR_PORT = 3
LONGEST_PAUSE = 30
STEADY_AFTER = 30
SECOND_THOUGHT = 1


class Stopped(Exception):
    """Somebody asked us to end: Ctrl-C, SIGTERM, or the terminal is gone."""

    def __init__(self, by: int) -> None:
        super().__init__(by)
        self.by = by


class CannotRun(Exception):
    """The site cannot start; the message says why, and what to do."""


@dataclass(frozen=True)
class Plan:
    """What to run, where. Tests run small programs by it."""

    var: Path
    port: int
    prepare: Sequence[str]
    web: Sequence[str]
    worker: Sequence[str]
    environment: Mapping[str, str]
    sources: Sequence[Path]
    embedded: bool = True
    patience: float = 15  # Seconds that children may take to end before they are killed.

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"


def the_site(port: int) -> Plan:
    """The real plan, from the environment."""
    var = Path(os.environ.get("VAR_DIR") or PROJECT_DIR / "var").resolve()
    url = f"http://{HOST}:{port}"
    manage = [sys.executable, str(PROJECT_DIR / "manage.py")]
    return Plan(
        var=var,
        port=port,
        prepare=[*manage, "prepare"],
        web=[
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", "4", "--no-ws"),
            *("--respawn-failed-workers", "--workers-kill-timeout", "10", "config.wsgi:application"),
        ],
        worker=[*manage, "deliver_mail", "--forever"],
        environment={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(PROJECT_DIR / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "VAR_DIR": str(var),
            "BASE_URL": os.environ.get("BASE_URL", url),
        },
        sources=[PROJECT_DIR / name for name in SOURCES],
        embedded=not os.environ.get("DATABASE_URL"),
    )


def main(words: Sequence[str], plan_for: Callable[[int], Plan] | None = None) -> int:
    """Exit code: 0 after a wanted end, 1 with a message where it could not run."""
    if "MAKELEVEL" in os.environ:
        end_with_parent(os.getppid(), signal.SIGTERM)  # kill -9 of `make` ends the site it started.
    block_signals()
    try:
        plan = (plan_for or the_site)(port_number(os.environ.get("PORT") or "8000"))
        if list(words) == ["reset"]:
            reset(plan)
        else:
            run(plan)
    except Stopped:
        say("Ended.")
    except (CannotRun, embedded_postgres.ServerError) as error:
        say(str(error))
        return 1
    return 0


def run(plan: Plan) -> None:
    """Serve until asked to stop, which raises Stopped when all has ended."""
    started = time.monotonic()
    with only_one(plan) as children_lock:
        wait_for_port(plan.port)
        team = Team(plan, children_lock)
        try:
            prepare(plan, team)
            with step("web server, mail"):
                team.start()
            greet(plan, time.monotonic() - started)
            team.tend()
        finally:
            team.stop()
            if plan.embedded and not embedded_postgres.leave():
                say("The database goes on: another command uses it.")


def prepare(plan: Plan, team: "Team") -> None:
    """Bring everything up to date, where it is not known to be. Raises CannotRun."""
    if not plan.embedded:
        prepare_all(plan, team)
        return
    with step("database"):
        embedded_postgres.ensure_running()
        state = state_of(plan)
        known = embedded_postgres.note() == state and (plan.var / "static").is_dir()
    if not known:
        embedded_postgres.set_note("")
        prepare_all(plan, team)
        embedded_postgres.set_note(state)


def prepare_all(plan: Plan, team: "Team") -> None:
    if team.run_to_end(plan.prepare):
        raise CannotRun("The site could not be prepared; the reason stands above.")


def state_of(plan: Plan) -> str:
    """What was prepared, if this was noted: sources, settings and the day, as the demo's dates follow it.

    Whatever changes tables by hand takes the note away (local/apps.py).
    """
    files = (file for source in plan.sources for file in (source.rglob("*") if source.is_dir() else [source]))
    made = {".pyc", ".mo"}
    sources = [file for file in files if file.is_file() and file.suffix not in made]
    return digest_of(sources, str(date.today()), plan.environment.get("DJANGO_SETTINGS_MODULE", ""))


def reset(plan: Plan) -> None:
    """Ask, delete all that the demo has written, and make it anew."""
    if not plan.embedded:
        raise CannotRun("DATABASE_URL is set. Reset deletes the embedded database only, never another one.")
    with only_one(plan) as children_lock:
        say(f"This deletes the demo's database, uploads and mails in {plan.var}.")
        if ask("Write yes to go on: ").lower() != "yes":
            raise CannotRun("Nothing was deleted.")
        with step("deleting"):
            try:
                embedded_postgres.wipe()
            except embedded_postgres.ServerError as error:
                raise CannotRun("Another command uses the database: end it first. Nothing was deleted.") from error
            for folder in ("media", "private", "static", "log"):
                shutil.rmtree(plan.var / folder, ignore_errors=True)
        try:
            prepare(plan, Team(plan, children_lock))
        finally:
            embedded_postgres.leave()
        say("As on the first day. `make run` serves it.")


def ask(question: str) -> str:
    """One line from the keyboard, or from a pipe; Ctrl-C raises Stopped meanwhile."""
    say(question, end="")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    try:
        return sys.stdin.readline().strip()
    except KeyboardInterrupt as interrupt:
        raise Stopped(signal.SIGINT) from interrupt
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)


@dataclass
class Child:
    """A program that is started again when it dies, ever later when it dies at once."""

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
        """A session of its own: Ctrl-C reaches the supervisor alone, who ends all in order."""
        with open_log(self.log) as log:
            self.process = launch(self.command, self.plan, self.children_lock, log)
        self.started = time.monotonic()

    def tend(self) -> None:
        """Start it again if it died and its pause is over."""
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
        return min(LONGEST_PAUSE, 2.0**self.quick_deaths / 4)


@dataclass
class Team:
    """The web server and the mail worker."""

    plan: Plan
    children_lock: IO[str]
    children: list[Child] = field(default_factory=list)

    def run_to_end(self, command: Sequence[str]) -> int:
        """The exit code of a program that speaks to our own terminal."""
        process = launch(command, self.plan, self.children_lock, None)
        try:
            while (code := reap(process)) is None:
                wait_for_event(1)
        except Stopped:
            end_all([process], self.plan.patience)
            raise
        return code

    def start(self) -> None:
        """Return when the web server answers. Raises CannotRun where it does not."""
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

    def tend(self) -> None:
        """Until somebody asks us to stop."""
        while True:
            for child in self.children:
                child.tend()
            wait_for_event(1)

    def stop(self) -> None:
        end_all([child.process for child in self.children if child.process], self.plan.patience)


def launch(
    command: Sequence[str], plan: Plan, children_lock: IO[str], log: IO[bytes] | None
) -> subprocess.Popen[bytes]:
    """Start a program that ends with us and, while it lives, keeps the next `make run` waiting."""
    return subprocess.Popen(
        command,
        cwd=PROJECT_DIR,
        env=dict(plan.environment),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,
        pass_fds=[children_lock.fileno()],
        preexec_fn=partial(begin_as_child, os.getpid()),
    )


def begin_as_child(parent: int) -> None:
    """Between fork and exec: tied to the supervisor, and free of what it does with its signals."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    end_with_parent(parent, signal.SIGTERM)


def reap(process: subprocess.Popen[bytes]) -> int | None:
    """Its exit code if it has ended, and then the end of what it left: granian's workers outlive their main.

    The group is killed before the leader is reaped: until then no other process can get its number.
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


def end_all(processes: Sequence[subprocess.Popen[bytes]], patience: float) -> None:
    """Ask all at once, wait, then kill what is left; Ctrl-C once more kills at once.

    Only a person's second thought counts: a signal to our whole group reaches us twice, by `make` as well.
    """
    for process in processes:
        if reap(process) is None:
            process.terminate()
    begun = time.monotonic()
    while [process for process in processes if reap(process) is None] and time.monotonic() < begun + patience:
        try:
            wait_for_event(0.2)
        except Stopped as again:
            if again.by == signal.SIGINT and time.monotonic() > begun + SECOND_THOUGHT:
                break
    for process in processes:
        if reap(process) is None:
            kill_group(process)
            process.wait()


def block_signals() -> None:
    """Signals wait until `wait_for_event` fetches them: no handler ever runs in the middle of something.

    Blocked signals arrive even where they were ignored, as SIGINT is in a background job. A SIGHUP that somebody
    chose to ignore (nohup) stays ignored.
    """
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        STOP_SIGNALS.discard(signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_BLOCK, {*STOP_SIGNALS, signal.SIGCHLD})


def wait_for_event(seconds: float) -> None:
    """Sleep until a child has ended, at most so long. Raises Stopped when we are asked to end."""
    event = signal.sigtimedwait({*STOP_SIGNALS, signal.SIGCHLD}, seconds)
    if event and event.si_signo in STOP_SIGNALS:
        raise Stopped(event.si_signo)


@contextmanager
def only_one(plan: Plan) -> Iterator[IO[str]]:
    """Hold the run's two locks; gives the one that its children inherit. Raises CannotRun beside another run."""
    plan.var.mkdir(parents=True, exist_ok=True)
    with (plan.var / "run.lock").open("a+") as run_lock, (plan.var / "children.lock").open("a+") as children_lock:
        if not try_lock(run_lock):
            raise CannotRun(f"The site is already running{where_it_runs(run_lock)}.")
        run_lock.truncate(0)
        json.dump({"url": plan.url, "pid": os.getpid()}, run_lock)
        run_lock.flush()
        outlive_last_run(children_lock, plan.patience)
        yield children_lock


def outlive_last_run(children_lock: IO[str], patience: float) -> None:
    """After kill -9 of a supervisor its children are still saying goodbye: wait for them, then kill what is left.

    Who has the lock's file open is a child of the last run and nobody else.
    """
    deadline = time.monotonic() + patience
    while not try_lock(children_lock):
        if time.monotonic() > deadline:
            for pid in who_has_open(Path(children_lock.name)):
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
        wait_for_event(0.1)


def who_has_open(file: Path) -> Iterator[int]:
    """Other processes of ours that have this file open."""
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        pid = int(link.parts[2])
        with suppress(OSError):
            if pid != os.getpid() and link.readlink() == file.resolve():
                yield pid


def where_it_runs(run_lock: IO[str]) -> str:
    """Address and process of the run that holds the lock, as far as it has written them."""
    run_lock.seek(0)
    try:
        other = json.load(run_lock)
    except ValueError:
        return ""
    return f" at {other['url']} (process {other['pid']}). Ctrl-C there, or kill {other['pid']}, ends it"


def port_number(words: str) -> int:
    """The port to listen on. Raises CannotRun."""
    if words.isascii() and words.isdigit() and len(words) < 6 and 0 < int(words) < 65536:
        return int(words)
    raise CannotRun(f"PORT={words} is not a port: a number from 1 to 65535 is needed, as in `make run PORT=8080`.")


def wait_for_port(port: int) -> None:
    """Make sure that nobody listens: granian would share a taken port with its owner. Raises CannotRun."""
    deadline = time.monotonic() + LONGEST_WAIT_FOR_PORT
    while reason := why_taken(port):
        if time.monotonic() > deadline:
            raise CannotRun(f"Port {port} cannot be used: {reason}. Choose another: `make run PORT={port + 1}`.")
        wait_for_event(0.1)


def why_taken(port: int) -> str:
    """Empty where the port is free. SO_REUSEADDR, for connections of an earlier run that the kernel remembers."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            return (error.strerror or str(error)).lower()
    return ""


def answers(port: int) -> bool:
    """Whether the web server answers, whatever it says."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def greet(plan: Plan, seconds: float) -> None:
    """Where the site is, and in the demo who may log in, and where its mail can be read."""
    say(f"\nReady after {seconds:.1f} s at {plan.url}\n")
    logins = saved_logins(plan.var)
    say(f"  {'Admin':<10} {plan.url}admin/")
    if logins:
        say(f"  {'Mailbox':<10} {plan.url}admin/demo-mailbox/ (every mail that the demo has sent)")
    say(f"  {'Logs':<10} {plan.var / 'log'}\n")
    for role, username, password in [["Role", "User name", "Password"], *logins] if logins else []:
        say(f"  {role:<16} {username:<14} {password}")
    say("\nCtrl-C ends it.\n")


def saved_logins(var: Path) -> list[list[str]]:
    """Role, user name and password of each demo login, as `manage.py load_demo` left them."""
    file = var / "logins.json"
    return json.loads(file.read_text()) if file.exists() else []


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
