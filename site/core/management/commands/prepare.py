"""Everything that stands between a clone and a site that can be served, in one process: `make run` calls it."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand

from core.progress import say, step
from core.static_files import gather_static_files


class Command(BaseCommand):
    help = "Bring the tables, the static files and the demo content up to date. Safe to repeat."
    requires_system_checks: list[str] = []  # `make test` runs them; a start should not take longer for it.

    def handle(self, *args: Any, **options: Any) -> None:
        with step("tables"):
            call_command("migrate", interactive=False, verbosity=0)
        prepare_files_and_demo()
        save_logins()


def prepare_files_and_demo() -> None:
    """What pages need besides tables."""
    with step("static files"):
        gather_static_files()
    # Present only where the demo's app is installed.
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
