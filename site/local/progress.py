"""Progress of a long start, a line for each step with its seconds."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def say(words: str = "", end: str = "\n") -> None:
    """Print at once. A terminal that has gone is no reason to end what it watched."""
    with suppress(OSError):
        os.write(1, f"{words}{end}".encode())


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is being done, and when it is done how long it took."""
    say(f"  {name + ' ':.<24} ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - started:6.1f} s")
