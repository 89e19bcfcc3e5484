"""One migrated database for the whole run, copied for each worker: PostgreSQL copies faster than Django migrates.

Each worker has further ones, in which the rows of a fixture are already (`prepared`): five hundred tests ask for the
catalogue, and PostgreSQL takes back what a test did in it faster than Wagtail publishes it anew. A test notices no
difference but the time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils import translation
from psycopg import sql

from tests.factories import HomePageFactory

Rows = TypeVar("Rows")


def server() -> psycopg.Connection[Any]:
    """The server's own database, outside of any transaction: there databases are made and dropped."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    for ours in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(ours, None)
    return psycopg.connect(**parameters, autocommit=True)


def copy(template: str, name: str) -> None:
    """Makes `name` a fresh copy of `template`. One at a time: what is being copied can't be copied again."""
    with closing(server()) as on:
        on.execute("SELECT pg_advisory_lock(hashtext(%s))", [template])
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


class Databases:
    """Of one worker. The template holds the tables and the site's home page, as published."""

    def __init__(self, template: str, worker: str, blocker: Any) -> None:
        self.template = template
        self.name = f"{template}_{worker}"
        self.prepared: dict[Callable[[], Any], str] = {}
        self.blocker = blocker

    def use_for(self, item: pytest.Item) -> None:
        make = maker_for(item)
        wanted = self.prepared.get(make, "") if make else self.name
        if connection.settings_dict["NAME"] == wanted:
            return
        with self.blocker.unblock():
            use(wanted or self.prepare(make))

    def prepare(self, make: Callable[[], Any]) -> str:
        """Makes a database with those rows, committed; gives its name."""
        name = f"{self.name}_{len(self.prepared)}"
        copy(self.template, name)
        use(name)
        with translation.override(settings.LANGUAGE_CODE):
            make()
        self.prepared[make] = name
        return name

    def drop(self) -> None:
        for name in (self.name, *self.prepared.values()):
            drop(name)


# In the order in which their modules were read: what builds on another comes after it.
_makers: list[Callable[[], Any]] = []


def prepared(make: Callable[[], Rows]) -> Callable[[], Rows]:
    """A fixture whose rows are made once for each worker, in a database of their own.

    `make()` gives them, made or found: it is called again in each test, and where a test commits it makes them there.
    It makes no pictures: their files would be gone with the folder of uploads, which each test has anew.
    """

    def fixture(db: None) -> Rows:
        return make()

    fixture.__doc__ = make.__doc__
    fixture.make = make  # type: ignore[attr-defined]
    _makers.append(make)
    return pytest.fixture(name=make.__name__)(fixture)


def maker_for(item: pytest.Item) -> Callable[[], Any] | None:
    """What prepares the database of a test. A test that commits starts without: all that it leaves is thrown away."""
    mark = item.get_closest_marker("django_db")
    fixtures = item._fixtureinfo.name2fixturedefs if hasattr(item, "_fixtureinfo") else {}
    if "transactional_db" in fixtures or "live_server" in fixtures or (mark and mark.kwargs.get("transaction")):
        return None
    makers = [found.make for *_, last in fixtures.values() if (found := last.func) and hasattr(found, "make")]
    return max(makers, key=_makers.index, default=None)


# Of this process, from the first test on that asks for a database: that one makes what it needs itself.
_databases: list[Databases] = []


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before pytest-django begins the test's transaction."""
    for databases in _databases:
        databases.use_for(item)


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
    databases = Databases(template, worker, django_db_blocker)
    folder = tmp_path_factory.getbasetemp()
    shared = folder if worker == "alone" else folder.parent
    users = shared / "users.of.the.template"
    with django_db_blocker.unblock():
        with alone(shared):
            enter(users, worker, template)
            copy(template, databases.name)
        use(databases.name)

    def start_afresh(case: TransactionTestCase) -> None:
        connections.close_all()
        copy(template, databases.name)

    TransactionTestCase._fixture_teardown = start_afresh
    _databases.append(databases)
    yield
    _databases.remove(databases)
    with django_db_blocker.unblock():
        use(original)
        databases.drop()
        with alone(shared):
            leave(users, worker, template)


def enter(users: Path, worker: str, template: str) -> None:
    """Write a worker down as a user of the template. The first makes it."""
    if not users.exists():
        migrate(template)
    users.write_text(f"{users.read_text() if users.exists() else ''}{worker}\n")


def leave(users: Path, worker: str, template: str) -> None:
    """Strike it out. The last drops the template."""
    left = users.read_text().replace(f"{worker}\n", "", 1)
    if left:
        users.write_text(left)
    else:
        users.unlink()
        drop(template)


def migrate(name: str) -> None:
    """Makes the database `name` with all its tables and a published home page; an aborted run's is replaced."""
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    with translation.override(settings.LANGUAGE_CODE):
        HomePageFactory()
    connection.close()
