"""An editor who changes something again and again, and a visitor who asks at once."""

from __future__ import annotations

import itertools
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from statistics import median, quantiles

from bench.client import Measured
from local.supervisor.plan import PROJECT_DIR

_numbers = itertools.count(1)
Editor = subprocess.Popen[str]


@contextmanager
def editor(env: Mapping[str, str]) -> Iterator[Editor]:
    """bench.editor, until the end of the block."""
    command = [sys.executable, "-m", "bench.editor"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=PROJECT_DIR, env=env, stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        process.terminate()


def measure_after_changes(editor: Editor | None, url: str, seconds: float) -> Measured:
    """The first request after each change of what every page shows. `errors`: answers that did not show the change.

    Without an editor: requests one at a time, with nothing changed between them.
    """
    answers: list[tuple[float, bool]] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until or len(answers) < 2:
        number = f"0470-{next(_numbers):06}" if editor else ""
        if editor:
            change(editor, number)
        begun = time.monotonic()
        with urllib.request.urlopen(url) as answer:  # noqa: S310 (a server of ours)
            is_new = number.encode() in answer.read()
        answers.append(((time.monotonic() - begun) * 1000, is_new))
    times = [took for took, _is_new in answers]
    return Measured(
        1000 / median(times), median(times), quantiles(times, n=100)[98], sum(not new for _, new in answers)
    )


def change(editor: Editor, number: str) -> None:
    """Returns when the change is committed."""
    assert editor.stdin
    assert editor.stdout
    editor.stdin.write(f"{number}\n")
    editor.stdin.flush()
    assert editor.stdout.readline(), "The editor's process has ended."
