"""Django's PostgreSQL backend, which sees to it that the embedded server runs before it connects."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from . import ensure_running, join
from .places import ServerError


class DatabaseWrapper(base.DatabaseWrapper):
    """Named `ENGINE` in settings: loading settings starts nothing, the first query does.

    So does the first query after the server's end: a long-lived process heals by itself.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            join()
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError:
                ensure_running()
        except ServerError as error:
            raise psycopg.OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
