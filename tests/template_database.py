"""One migrated database for the whole run, copied for each worker: PostgreSQL copies faster than Django migrates."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from psycopg import sql


def server() -> psycopg.Connection[Any]:
    """The server's own database, outside of any transaction: there databases are made and dropped."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    for ours in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(ours, None)
    return psycopg.connect(**parameters, autocommit=True)


def copy(template: str, name: str) -> None:
    """Makes `name` a fresh copy of `template`."""
    with closing(server()) as on:
        on.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        on.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))


def drop(name: str) -> None:
    with closing(server()) as on:
        on.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def use(name: str) -> None:
    """Points Django's connection at another database of the same server."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One worker at a time."""
    with (folder / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Stands in for pytest-django's: the first worker migrates the template, each copies it.

    A test that commits gets a fresh copy after it, instead of emptied tables: what migrations made is there again.
    """
    original = str(connection.settings_dict["NAME"])
    of_run = getattr(request.config, "workerinput", {})
    worker, run = of_run.get("workerid", "alone"), of_run.get("testrunuid", str(os.getpid()))
    # The run's own name: two runs beside each other do not drop each other's databases.
    template = f"test_{original}_{hashlib.sha256(run.encode()).hexdigest()[:8]}"
    name = f"{template}_{worker}"
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker == "alone" else folder.parent
    users = shared / "users.of.the.template"
    with django_db_blocker.unblock():
        with alone(shared):
            if not users.exists():
                migrate(template)
            users.write_text(f"{users.read_text() if users.exists() else ''}{worker}\n")
            # One at a time: a template that is being copied can't be copied again.
            copy(template, name)
        use(name)

    def start_afresh(case: TransactionTestCase) -> None:
        connections.close_all()
        copy(template, name)

    TransactionTestCase._fixture_teardown = start_afresh
    yield
    with django_db_blocker.unblock():
        use(original)
        drop(name)
        with alone(shared):
            left = users.read_text().replace(f"{worker}\n", "", 1)
            users.write_text(left) if left else users.unlink()
            if not left:
                drop(template)


def migrate(name: str) -> None:
    """Makes the database `name` with all its tables; an aborted run's is replaced."""
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
