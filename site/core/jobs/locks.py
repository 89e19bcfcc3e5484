"""One worker at a time runs a job: a session advisory lock of PostgreSQL.

It belongs to the connection: the server releases it when the process is killed, and there is no lease that others would
have to wait for. It needs a connection of its own to the server: a proxy that pools by transaction (PgBouncer's
`transaction`) would hand it to another client (docs/decisions/0022).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

NAMESPACE = int.from_bytes(b"work")  # Beside locks of others in the same database.
# The server notices within a minute that a machine has vanished without a word (by default after two hours), and within
# a second that a process was killed while a long statement runs.
NOTICE_DEATH = {
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
    "client_connection_check_interval": "1s",
}


@contextmanager
def job_lock(name: str) -> Iterator[bool]:
    """Whether the lock of this job is ours, until the end of the block. Never waits."""
    is_ours = _ask("SELECT pg_try_advisory_lock(%s, hashtext(%s))", name)
    session = connection.connection
    try:
        yield is_ours
    finally:
        if is_ours and connection.connection is session and not session.closed:
            _ask("SELECT pg_advisory_unlock(%s, hashtext(%s))", name)


def _ask(question: str, name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [NAMESPACE, name])
        return bool(cursor.fetchone()[0])


def notice_death() -> None:
    """Have the server notice soon that this process is gone, so that its locks fall. For this connection."""
    pairs = [word for pair in NOTICE_DEATH.items() for word in pair]
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(["set_config(%s, %s, false)"] * len(NOTICE_DEATH)), pairs)
