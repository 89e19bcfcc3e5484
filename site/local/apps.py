"""The site on one machine, for the demo and the tests: supervisor, embedded PostgreSQL, preparation of a start."""

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
        # Sender is `core`: Django sends the signal for apps with models only, which this one is not.
        post_migrate.connect(clear_prepared_state, sender=apps.get_app_config("core"))


def clear_prepared_state(using: str, **kwargs: Any) -> None:
    """After `migrate` or `flush` by hand, have the next `make run` prepare everything again."""
    connection = connections[using]
    names = connection.settings_dict["ENGINE"], connection.settings_dict["NAME"]
    if names == (embedded_postgres.ENGINE, embedded_postgres.DATABASE):
        with connection.cursor() as cursor:
            cursor.execute(embedded_postgres.CLEAR_PREPARED_STATE)
