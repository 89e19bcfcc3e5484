"""What several processes of the site share: locks, logs, values made once, and the deaths of parents."""

import ctypes
import fcntl
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
LARGEST_LOG = 5_000_000  # bytes
# Loaded before any fork: a child between fork and exec may not take the loader's locks.
_libc = ctypes.CDLL(None)


def end_with_parent(parent: int, by: int) -> None:
    """Have the kernel send this process the signal `by` when `parent` ends, by kill -9 too.

    The signal follows the parent's *thread* that made this process: call `Popen` where the thread stays.
    A parent that died before the kernel was told is noticed too. Linux only; elsewhere nothing happens.
    """
    if sys.platform != "linux":
        return
    _libc.prctl(PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        os.kill(os.getpid(), by)


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
