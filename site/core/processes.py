"""What the database's keeper, the supervisor and the web workers share: locks and deaths that follow each other."""

import ctypes
import fcntl
import os
import sys
from typing import IO

PR_SET_PDEATHSIG = 1
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
