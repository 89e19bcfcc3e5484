"""Django's PostgreSQL backend, which starts the embedded server before it connects."""

from typing import Any

import psycopg
from django.db.backends.postgresql import base

from . import ensure_running, hold_server
from .places import ServerError

# PostgreSQL's words where all connections are taken: the server runs, so that nothing is to be started. psycopg gives
# no SQLSTATE for a connection that failed.
TOO_MANY = "too many clients"


class DatabaseWrapper(base.DatabaseWrapper):
    """The backend that `ENGINE` names in settings. The first connection starts the server; loading settings does not.

    A connection after the server's end starts it again, so that a long-lived process recovers by itself.
    """

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            hold_server()
            try:
                return super().get_new_connection(conn_params)
            except psycopg.OperationalError as error:
                if TOO_MANY in str(error):
                    raise
                ensure_running()
        except ServerError as error:
            raise psycopg.OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
