"""How a process learns that content has changed.

Its own changes: each of Django's connections listens to the channel, and PostgreSQL tells a session of its own notice
before COMMIT returns. So the shared version is advanced before the publisher's answer leaves, and all processes of the
machine are right at once. Those of other machines, or of psql: a thread with a connection of its own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
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
    session.add_notify_handler(lambda notice: _advance() if notice.pid == own else None)
    with session.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")


def _advance() -> None:
    """Never raises: what is committed is committed, and an error in a handler would break the connection."""
    try:
        content_version().advance()
    except OSError:
        logger.exception("Web processes are not told at once: VAR_DIR cannot be written")


class Listener(Thread):
    """Calls `changed` at each change of content, by whomever, and when it could not hear for a while.

    `hears`: whether it would notice a change now. It asks the database every ASK_EVERY seconds; one that is away, or
    has not answered for twice that time, lets nothing be known.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        super().__init__(name="content-listener", daemon=True)
        self.changed = changed
        self.ending = Event()
        self._heard_at = 0.0  # time.monotonic() of the last sign of life; 0 while it is not connected

    @property
    def hears(self) -> bool:
        return bool(self._heard_at) and monotonic() - self._heard_at < 2 * ASK_EVERY

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
            self._heard_at = 0.0
            self.changed()
            self.ending.wait(RETRY_AFTER)

    def _listen(self) -> None:
        """Returns when it is stopped; raises psycopg.Error when the connection is lost."""
        with psycopg.connect(**_parameters(), autocommit=True) as session:
            session.execute(f"LISTEN {CHANNEL}")
            self.changed()
            while not self.ending.is_set():
                self._is_alive()
                for _notice in session.notifies(timeout=ASK_EVERY):
                    self.changed()
                    self._is_alive()
                session.execute("SELECT 1")

    def _is_alive(self) -> None:
        """The connection has just answered. After a silence, what was kept before it is dropped."""
        if self._heard_at and not self.hears:
            self.changed()
        self._heard_at = monotonic()


def _parameters() -> dict[str, Any]:
    """Where Django's default connection leads to."""
    parameters = connections[DEFAULT_DB_ALIAS].get_connection_params()
    return {name: value for name, value in parameters.items() if name not in {"cursor_factory", "context"}} | {
        "application_name": "content-listener",
        "connect_timeout": 5,
        # Milliseconds: a network that has gone is noticed as late as a server that has.
        "tcp_user_timeout": int(2000 * ASK_EVERY),
    }
