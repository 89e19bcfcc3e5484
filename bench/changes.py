"""An editor who changes something again and again, and a visitor who asks at once."""

from __future__ import annotations

import itertools
import time
import urllib.request
from pathlib import Path
from statistics import median, quantiles

import psycopg

from bench.client import Measured
from local.embedded_postgres import DATABASE, Places

_numbers = itertools.count(1)


def measure_after_changes(port: int, path: str, var: Path, seconds: float) -> Measured:
    """The first request after each change of what every page shows. `errors`: answers that did not show the change."""
    answers: list[tuple[float, bool]] = []
    with psycopg.connect(host=str(Places(var).socket), user="postgres", dbname=DATABASE, autocommit=True) as editor:
        until = time.monotonic() + seconds
        while time.monotonic() < until or len(answers) < 2:
            number = f"0470-{next(_numbers):06}"
            editor.execute("UPDATE core_sitesettings SET phone = %s", [number])
            begun = time.monotonic()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}") as answer:
                is_new = number.encode() in answer.read()
            answers.append(((time.monotonic() - begun) * 1000, is_new))
    times = [took for took, _is_new in answers]
    rate = 1000 / median(times)
    return Measured(rate, median(times), quantiles(times, n=100)[98], sum(not is_new for _took, is_new in answers))
