"""The supervisor's two commands: `run` serves the site, `reset` makes the demo's data anew."""

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from core.web.processes import end_with_parent
from local import embedded_postgres
from local.freshness import digest_of
from local.progress import say, step
from local.supervisor.plan import CannotRun, Plan, site_plan
from local.supervisor.ports import port_number, wait_for_port
from local.supervisor.signals import STOP_SIGNALS, Stopped, block_signals
from local.supervisor.single_run import single_run
from local.supervisor.team import Team


def main(words: Sequence[str], plan_for: Callable[[int], Plan] | None = None) -> int:
    """Exit code: 0 after a stop signal or a finished reset, 1 with a message where the site could not run."""
    if "MAKELEVEL" in os.environ:
        end_with_parent(os.getppid(), signal.SIGTERM)  # kill -9 of `make` ends the site it started.
    block_signals()
    try:
        plan = (plan_for or site_plan)(port_number(os.environ.get("PORT") or "8000"))
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
    """Serve until a stop signal, which raises Stopped when all has ended."""
    started = time.monotonic()
    with single_run(plan) as children_lock:
        wait_for_port(plan.port)
        team = Team(plan, children_lock)
        try:
            prepare(plan, team)
            with step("web server, mail"):
                team.start()
            greet(plan, time.monotonic() - started)
            team.watch()
        finally:
            team.stop()
            if plan.embedded and not embedded_postgres.release_server():
                say("The database goes on: another command uses it.")


def prepare(plan: Plan, team: Team) -> None:
    """Bring tables, static files and demo content up to date, unless they are known to be. Raises CannotRun."""
    if not plan.embedded:
        prepare_all(plan, team)
        return
    with step("database"):
        embedded_postgres.ensure_running()
        state = state_of_sources(plan)
        known = embedded_postgres.prepared_state() == state and (plan.var / "static").is_dir()
    if not known:
        embedded_postgres.set_prepared_state("")
        prepare_all(plan, team)
        embedded_postgres.set_prepared_state(state)


def prepare_all(plan: Plan, team: Team) -> None:
    if team.run_to_end(plan.prepare):
        raise CannotRun("The site could not be prepared; the reason is above.")


def state_of_sources(plan: Plan) -> str:
    """A digest of what is prepared from: sources, settings and the day, as the demo's dates follow it.

    `migrate` and `flush` by hand delete the stored digest (local/apps.py).
    """
    files = (file for source in plan.sources for file in (source.rglob("*") if source.is_dir() else [source]))
    made = {".pyc", ".mo"}
    sources = [file for file in files if file.is_file() and file.suffix not in made]
    return digest_of(sources, str(date.today()), plan.environment.get("DJANGO_SETTINGS_MODULE", ""))


def reset(plan: Plan) -> None:
    """Ask, delete all that the demo has written, and prepare it anew. Raises CannotRun where nothing was deleted."""
    if not plan.embedded:
        raise CannotRun("DATABASE_URL is set. Reset deletes the embedded database only, never another one.")
    with single_run(plan) as children_lock:
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
            embedded_postgres.release_server()
        say("As on the first day. `make run` serves it.")


def ask(question: str) -> str:
    """One line from the keyboard, or from a pipe. Raises Stopped on Ctrl-C meanwhile."""
    say(question, end="")
    signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
    try:
        return sys.stdin.readline().strip()
    except KeyboardInterrupt as interrupt:
        raise Stopped(signal.SIGINT) from interrupt
    finally:
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)


def greet(plan: Plan, seconds: float) -> None:
    """Print where the site is and, in the demo, its logins and its mailbox."""
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
    """Role, user name and password of each demo login, as `manage.py load_demo` saved them; [] without the demo."""
    file = var / "logins.json"
    return json.loads(file.read_text()) if file.exists() else []
