"""Whether this code has every migration that the database has been through."""

from django.apps import apps
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from local import embedded_postgres

OTHER_VERSION = """\
{database} was made by another version of the site, most likely an older one: migrations have been
applied to it that this code does not have ({number}, beginning with {first}). Nothing was changed.
{what_to_do}"""
RESET = """\
`make reset` deletes it with its uploads, after a question, and makes it anew with the demo content.
(Without make: PYTHONPATH=site python -m local.supervisor reset)"""
OTHER_DATABASE = """\
Upgrades are supported from version 0.2.0 on. Name an empty database in DATABASE_URL, or run the version that made
this one."""


def refuse_other_version(database: str = DEFAULT_DB_ALIAS) -> None:
    """Raise CommandError, with what to do, where migrations of ours have been applied that this code does not have.

    Django ignores such rows; it would fail later, at the first table that exists already.
    """
    if unknown := unknown_migrations(database):
        is_demo = connections[database].settings_dict["ENGINE"] == embedded_postgres.ENGINE
        raise CommandError(
            OTHER_VERSION.format(
                database="This demo database" if is_demo else "The database that DATABASE_URL names",
                number=len(unknown),
                first=unknown[0],
                what_to_do=RESET if is_demo else OTHER_DATABASE,
            )
        )


def unknown_migrations(database: str) -> list[str]:
    """Applied migrations of the project's own apps that are neither in the code nor replaced by one that is."""
    loader = MigrationLoader(connections[database])
    ours = {config.label for config in apps.get_app_configs() if "site-packages" not in config.path}
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    unknown = set(loader.applied_migrations) - set(loader.disk_migrations) - replaced
    return sorted(f"{app}.{name}" for app, name in unknown if app in ours)
