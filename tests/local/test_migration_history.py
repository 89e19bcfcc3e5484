"""A database of another version of the site is refused in words, by every command that would change its tables."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from local import embedded_postgres
from local.management.commands import prepare
from local.migration_history import refuse_other_version

pytestmark = pytest.mark.django_db

OLD = ("core", "0009_private_uploads")


def been_through(app: str, name: str) -> None:
    MigrationRecorder(connection).record_applied(app, name)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Says which server the database is on, whatever the tests run on."""
    return lambda name: monkeypatch.setitem(connection.settings_dict, "ENGINE", name)


def test_a_database_of_this_version_is_taken() -> None:
    refuse_other_version()


@pytest.mark.parametrize("command", ["migrate", "prepare", "runserver"])
def test_every_command_refuses_before_it_does_anything(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    def too_late(*_: Any, **__: Any) -> None:
        raise AssertionError

    monkeypatch.setattr("django.core.management.commands.migrate.Command.handle", too_late)
    monkeypatch.setattr("django.core.management.commands.runserver.Command.run", too_late)
    monkeypatch.setattr(prepare, "gather_static_files", too_late)
    been_through(*OLD)
    with pytest.raises(CommandError, match=r"(?s)another version.*\(1, beginning with core\.0009_private_uploads\)"):
        call_command(command)


def test_the_demo_is_offered_a_reset(engine: Any) -> None:
    engine(embedded_postgres.ENGINE)
    been_through(*OLD)
    with pytest.raises(CommandError, match=r"(?s)^This demo database .*Nothing was changed\.\n`make reset` deletes it"):
        refuse_other_version()


def test_on_a_server_nothing_offers_to_delete(engine: Any) -> None:
    engine("django.db.backends.postgresql")
    been_through(*OLD)
    with pytest.raises(
        CommandError, match=r"(?s)^The database that DATABASE_URL names .*from version 0\.2\.0"
    ) as error:
        refuse_other_version()
    assert "from version 0.2.0 on" in str(error.value)
    assert "reset" not in str(error.value)


def test_a_migration_that_a_squashed_one_replaces_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    squashed = import_module("search.migrations.0001_index").Migration
    monkeypatch.setattr(squashed, "replaces", [("search", "0001_initial")])
    been_through("search", "0001_initial")
    refuse_other_version()


def test_what_a_package_no_longer_has_is_its_own_matter() -> None:
    been_through("wagtailcore", "0001_from_long_ago")
    been_through("an_app_that_is_gone", "0001_initial")
    refuse_other_version()
