"""What several processes on one machine share: locks, logs, files written once."""

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

LARGEST_LOG = 5_000_000  # bytes


def try_lock(file: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    """Take a lock (flock) on an open file without waiting: True if it is ours now, until the file is closed.

    The kernel frees it whenever and however the process ends: no stale lock is ever left.
    """
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_log(log: Path) -> IO[bytes]:
    """A log file opened for appending. One larger than LARGEST_LOG is renamed to `….1` first."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.open("ab")


def tail(log: Path, lines: int = 20) -> str:
    """The last lines of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def read_or_create(file: Path, make: Callable[[], str]) -> str:
    """The text of a file; where there is none, of one written with `make()`, readable by its owner only.

    Written to a draft and then linked: a kill in the middle leaves no half file, and of several processes that start
    at once the first one's text is read by all.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.{os.getpid()}")
        draft.touch(0o600)
        draft.write_text(make())
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return file.read_text()
