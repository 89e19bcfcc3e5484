"""Reads the body of a request in a limited time."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore, Event, Thread
from typing import IO, Protocol

from core.web.bounds.numbers import BODY_RATE, BODY_SECONDS, FORM_BYTES, LATE_BODIES

CHUNK = 16_384


class Input(Protocol):
    def read(self, size: int, /) -> bytes: ...


class TooLate(Exception):
    """The body did not come in time."""


class Cut(Exception):
    """The client ended the connection before the body was complete."""


class TooMany(Exception):
    """LATE_BODIES connections are open whose body has not come."""


_readers = BoundedSemaphore(LATE_BODIES)


def read_body(source: Input, length: int) -> IO[bytes]:
    """The whole body, as a file at its beginning. Raises TooLate, Cut or TooMany.

    granian's `read` returns when all of the bytes are there, and has no time-out: it is called in a thread of its own,
    which ends with the connection. That thread uses no database.
    """
    if not _readers.acquire(blocking=False):
        raise TooMany
    reader = Reader(source, length, ended=_readers.release)
    reader.start()
    started = time.monotonic()
    while not reader.done.is_set():
        left = started + BODY_SECONDS + reader.received / BODY_RATE - time.monotonic()
        if left <= 0:
            raise TooLate
        reader.done.wait(left)
    if reader.received < length:
        reader.body.close()
        raise Cut
    reader.body.seek(0)
    return reader.body


class Reader(Thread):
    """Copies the body to `body`; `received` says how many bytes have come, `done` that no more will."""

    def __init__(self, source: Input, length: int, ended: Callable[[], None]) -> None:
        super().__init__(name="body-reader", daemon=True)
        self.source, self.length, self.ended = source, length, ended
        self.body = SpooledTemporaryFile(max_size=FORM_BYTES)  # noqa: SIM115 (closed by who reads it)
        self.received = 0
        self.done = Event()

    def run(self) -> None:
        try:
            with suppress(OSError):  # The connection is lost: the body is too short.
                self._copy()
        finally:
            self.ended()
            self.done.set()

    def _copy(self) -> None:
        while chunk := self.source.read(min(CHUNK, self.length - self.received)):
            self.body.write(chunk)
            self.received += len(chunk)
