"""Django's development server, after what `make run` would have prepared."""

import os
from threading import Event, Thread
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.management import get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.autoreload import DJANGO_AUTORELOAD_ENV
from whitenoise.runserver_nostatic.management.commands import runserver

from core.jobs import registry, worker
from local.management.commands.prepare import load_demo, static_files_beside
from local.migration_history import refuse_other_version


class Command(runserver.Command):
    """Django's runserver that first gathers static files and loads the demo, and runs the worker in a thread.

    With DEBUG=1 files are served from their sources, and nothing is gathered. Tables are left to `migrate`: with some
    missing, Django says so.
    """

    def run(self, **options: Any) -> None:
        is_first = os.environ.get(DJANGO_AUTORELOAD_ENV) != "true"
        if is_first:
            refuse_other_version()
        if is_first and not settings.DEBUG and tables_are_complete():
            with static_files_beside():
                load_demo()
            read_manifest_again()
        super().run(**options)

    def inner_run(self, *args: Any, **options: Any) -> None:
        """Where there is a demo, its mails arrive and its pages keep their hours, as with `make run`."""
        if "load_demo" in get_commands() and tables_are_complete():
            Worker().start()
        super().inner_run(*args, **options)


class Worker(Thread):
    """`manage.py work`, as long as the server. One more beside that of a `make run` does no harm."""

    def __init__(self) -> None:
        super().__init__(name="worker", daemon=True)
        self.ending = Event()

    def run(self) -> None:
        worker.Worker(registry.jobs()).run(self.ending.is_set)


def read_manifest_again() -> None:
    """The names of the gathered files: the storage read them when the process began, perhaps before there were any."""
    if isinstance(staticfiles_storage, ManifestFilesMixin):
        staticfiles_storage.hashed_files, staticfiles_storage.manifest_hash = staticfiles_storage.load_manifest()


def tables_are_complete() -> bool:
    """Whether no migration is waiting."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())
