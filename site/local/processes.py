"""What several processes on one machine share: locks, logs, values made once."""

import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

LARGEST_LOG = 5_000_000  # bytes


def try_lock(file: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    """Whether the lock on an open file was free; if so it is ours until the file is closed.

    The kernel frees it at any end of the process: nothing stale is ever left.
    """
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def open_log(log: Path) -> IO[bytes]:
    """A log to append to, begun anew when it has grown large; the one before is kept beside it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_name(f"{log.name}.1"))
    return log.open("ab")


def tail(log: Path, lines: int = 20) -> str:
    """The end of a log, for an error message."""
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])


def kept(file: Path, make: Callable[[], str]) -> str:
    """What the file holds: made at the first call, readable by its owner only.

    Whole or not at all, as a kill in the middle must not leave half of it for ever; and of several processes that
    start at once the first decides for all.
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
