"""How a process learns that content has changed.

Its own changes: each of Django's connections listens to the channel, and PostgreSQL tells a session of its own notice
before COMMIT returns. So the shared version is advanced before the publisher's answer leaves, and all processes of the
machine are right at once. Those of other machines, or of psql: a thread with a connection of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.signals import connection_created

from core.web.page_cache.tables import CHANNEL
from core.web.page_cache.version import content_version

logger = logging.getLogger(__name__)

# Seconds. A connection that has died in silence is found so late at most; how long until the next try.
ASK_EVERY = 5.0
RETRY_AFTER = 0.2


def follow_own_changes() -> None:
    """Called once a process. Advance the shared version with each commit of this process that changes content."""
    connection_created.connect(_listen)


def _listen(connection: Any, **kwargs: Any) -> None:
    """Receiver of connection_created. Notices of others, read along with an answer, are the listener's business."""
    if connection.vendor != "postgresql" or connection.alias != DEFAULT_DB_ALIAS:
        return
    session = connection.connection
    own = session.info.backend_pid
    session.add_notify_handler(lambda notice: content_version().advance() if notice.pid == own else None)
    with session.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


class Listener(Thread):
    """Calls `changed` at each change of content, by whomever. `hears`: whether it would notice one now.

    While the database is away, nothing can be known: `hears` is False until it listens again and has called `changed`.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(name="content-listener", daemon=True)
        self.changed = changed
        self.hears = False
        self.ending = Event()

    def stop(self) -> None:
        """Let the thread end, within a few seconds. A process that ends need not call it."""
        self.ending.set()

    def run(self) -> None:
        while not self.ending.is_set():
            try:
                self._listen()
            except psycopg.Error as error:
                logger.warning("Pages are not kept until the database answers: %s", type(error).__name__)
            except Exception:
                logger.exception("The listener failed; it begins anew.")
            self.hears = False
            self.changed()
            self.ending.wait(RETRY_AFTER)

    def _listen(self) -> None:
        """Returns when it is stopped; raises psycopg.Error when the connection is lost."""
        with psycopg.connect(**_parameters(), autocommit=True) as session:
            session.execute(f"LISTEN {CHANNEL}")
            self.changed()
            self.hears = True
            while not self.ending.is_set():
                for _notice in session.notifies(timeout=ASK_EVERY):
                    self.changed()
                session.execute("SELECT 1")


def _parameters() -> dict[str, Any]:
    """Where Django's default connection leads to."""
    parameters = connections[DEFAULT_DB_ALIAS].get_connection_params()
    return {name: value for name, value in parameters.items() if name not in {"cursor_factory", "context"}} | {
        "application_name": "content-listener",
        "connect_timeout": 5,
    }
