"""Compares the connections that the site may need with those that PostgreSQL gives."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DEFAULT_DB_ALIAS, connection
from django.db import Error as DatabaseError

from core.web.bounds import numbers

logger = logging.getLogger(__name__)

# For `BaseCommand.check(tags=[CONNECTIONS], …)`: this check alone.
CONNECTIONS = "connections"
# How many this role may have: the lowest of the server's limit, the role's and the database's (PostgreSQL 16 brought
# reserved_connections).
GIVEN = """
    SELECT least(
        current_setting('max_connections')::int
        - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0),
        (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
        (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database())
    )
"""


@register(Tags.database, CONNECTIONS)
def check_connections(databases: Sequence[str] | None = None, **kwargs: Any) -> Iterator[CheckMessage]:
    """An error if PostgreSQL gives fewer connections than web server, workers and an administrator need.

    No error while the database is away: web server and worker start without it.
    """
    if DEFAULT_DB_ALIAS not in (databases or ()):
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(GIVEN)
            given = cursor.fetchone()[0]
    except DatabaseError as error:
        logger.warning("The database is away, so its limit of connections was not checked: %s", type(error).__name__)
        return
    needed = numbers.connections_needed()
    if given < needed:
        yield Error(
            f"PostgreSQL gives this site {given} connections, and it may need {needed}: {sum_of_connections()}.",
            hint=f"Set max_connections in postgresql.conf to {needed + 3} or more and start PostgreSQL again (or raise"
            " the limit of the role or the database), or lower WEB_PROCESSES, WEB_THREADS or JOB_WORKERS.",
            id="core.E013",
        )


def sum_of_connections() -> str:
    """ "2 web processes of 6 threads and a listener, 1 worker of 10, 10 for administrators"."""
    return (
        f"{numbers.WEB_PROCESSES} web processes of {numbers.WEB_THREADS} threads and a listener,"
        f" {numbers.JOB_WORKERS} workers of {numbers.WORKER_THREADS}, {numbers.ADMIN_CONNECTIONS} for administrators"
    )
