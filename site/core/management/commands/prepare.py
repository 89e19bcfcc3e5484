"""Everything that stands between a clone and a site that can be served, in one process: `make run` calls it."""

import io
import json
import logging
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from core.processes import end_with_parent
from core.progress import say, step
from core.static_files import gather_static_files


class Command(BaseCommand):
    help = "Bring the tables, the static files and the demo content up to date. Safe to repeat."
    requires_system_checks: list[str] = []  # `make test` runs them; a start should not take longer for it.

    def handle(self, *args: Any, **options: Any) -> None:
        with static_files_beside():
            with step("tables"):
                call_command("migrate", interactive=False, verbosity=0)
            load_demo()
        save_logins()


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
    """Present only where the demo's app is installed."""
    if "load_demo" in get_commands():
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


def save_logins() -> None:
    """For the supervisor's greeting: it has no Django. Where the demo is not installed there are none."""
    logins = import_module("demo.logins").LOGINS if apps.is_installed("demo") else []
    Path(settings.VAR_DIR, "logins.json").write_text(json.dumps(logins))


class Dots(io.TextIOBase):
    """A dot for each line: the demo tells of its steps, the page of steps needs only to see that they go on."""

    def write(self, words: str) -> int:
        say("." * words.count("\n"), end="")
        return len(words)
