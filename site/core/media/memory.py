"""Bounds the memory that pictures take: one at a time in each process, and back to the system after each."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock

# 50 megapixels need 150 MB while they are decoded, and as much again while an encoder works on them. Reentrant: a
# rendition is cleaned while it is stored.
_one_at_a_time = RLock()
# glibc's; other C libraries have none, and need none.
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


@contextmanager
def working_on_picture() -> Iterator[None]:
    """Wait until no other thread works on a picture. Afterwards, free memory goes back to the system.

    Decoders and encoders take large blocks in many threads' heaps, which glibc would keep: a process that has made
    twenty sizes held 130 MB for ever.
    """
    with _one_at_a_time:
        try:
            yield
        finally:
            if _trim:
                _trim(0)
