"""What the kernel and the C library are asked for: the end of a process with its parent, one heap for all threads."""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
M_ARENA_MAX = -8
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


def share_one_heap() -> None:
    """Have glibc keep one heap for all threads, before there are any; elsewhere nothing happens.

    It would give each thread its own, in which blocks that are freed stay: Python runs one thread at a time, so that
    they would save no time.
    """
    if set_option := getattr(_libc, "mallopt", None):
        set_option(M_ARENA_MAX, 1)
