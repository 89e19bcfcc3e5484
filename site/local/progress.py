"""Progress of a long start, a line for each step with its seconds."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def say(words: str = "", end: str = "\n") -> None:
    """Print without buffering. A closed terminal is no error: the site goes on without it."""
    with suppress(OSError):
        os.write(1, f"{words}{end}".encode())


@contextmanager
def step(name: str) -> Iterator[None]:
    """Print the name of a step, and at its end how long it took, or that it failed."""
    say(f"  {name + ' ':.<24} ", end="")
    started = time.monotonic()
    try:
        yield
    except BaseException:
        say("failed")
        raise
    say(f"{time.monotonic() - started:6.1f} s")
