"""Ends a process when its parent ends."""

import ctypes
import os
import sys

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
