"""The site on one machine, for the demo and the tests: supervisor, PostgreSQL, what is done before a start."""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate

from local import embedded_postgres


class LocalConfig(AppConfig):
    """Installed by the demo and test settings only, before all others: its `runserver` comes first."""

    name = "local"
    verbose_name = "Local"

    def ready(self) -> None:
        # Not by this app itself: Django sends the signal for apps with models.
        post_migrate.connect(forget_what_was_prepared, sender=apps.get_app_config("core"))


def forget_what_was_prepared(using: str, **kwargs: Any) -> None:
    """After `migrate` or `flush` by hand, the next `make run` looks at everything again."""
    connection = connections[using]
    names = connection.settings_dict["ENGINE"], connection.settings_dict["NAME"]
    if names == (embedded_postgres.ENGINE, embedded_postgres.DATABASE):
        with connection.cursor() as cursor:
            cursor.execute(embedded_postgres.FORGET_NOTE)
