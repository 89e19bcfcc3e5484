"""Everything that a clone needs before the site can be served, in one process: `make run` calls it."""

import io
import logging
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from core.web.processes import end_with_parent
from local.migration_history import refuse_other_version
from local.progress import say, step
from local.static_files import gather_static_files


class Command(BaseCommand):
    help = "Bring the tables, the static files and the demo content up to date. Safe to repeat."
    requires_system_checks: list[str] = []  # `make test` runs them; a start should not take longer for it.

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_other_version()
        with static_files_beside():
            with step("tables"):
                call_command("migrate", interactive=False, verbosity=0)
            load_demo()


@contextmanager
def static_files_beside() -> Iterator[None]:
    """Gather the static files in a process of their own meanwhile: a first start has two long things to do."""
    parent = (os.getpid(), signal.SIGTERM)
    with ProcessPoolExecutor(1, get_context("fork"), end_with_parent, parent) as beside:
        gathering = beside.submit(gather_static_files)
        yield
        with step("static files"):
            gathering.result()


def load_demo() -> None:
    """Present only where the demo's app is installed. It writes VAR_DIR/logins.json, for the supervisor's greeting."""
    if "load_demo" not in get_commands():
        Path(settings.VAR_DIR, "logins.json").unlink(missing_ok=True)
        return
    with step("demo content"), quiet():
        call_command("load_demo", stdout=Dots())


@contextmanager
def quiet() -> Iterator[None]:
    """Without a line for each page that Wagtail publishes."""
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


class Dots(io.TextIOBase):
    """A dot for each line: the demo tells of its steps, the page of steps needs only to see that they go on."""

    def write(self, words: str) -> int:
        say("." * words.count("\n"), end="")
        return len(words)
