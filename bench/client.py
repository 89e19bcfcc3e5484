"""Asks a server as fast as it answers, over a few connections: with wrk where it is installed, else from Python."""

from __future__ import annotations

import asyncio
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median, quantiles
from urllib.parse import urlsplit

CONNECTIONS = 8
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
NOT_OK = re.compile(r"Non-2xx or 3xx responses: (\d+)")


@dataclass(frozen=True)
class Measured:
    """Requests a second; milliseconds of the median and of 99 of 100 requests; answers that were errors."""

    rate: float
    median: float
    p99: float
    errors: int


def measure(url: str, seconds: float, headers: Mapping[str, str] | None = None) -> Measured:
    """GET requests for `url`, over CONNECTIONS connections."""
    if wrk := shutil.which("wrk"):
        return _by_wrk(wrk, url, seconds, headers or {})
    return asyncio.run(_by_python(url, seconds, headers or {}))


def _by_wrk(wrk: str, url: str, seconds: float, headers: Mapping[str, str]) -> Measured:
    lines = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "--latency", *lines, url]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rate = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert rate, said
    errors = NOT_OK.search(said)
    return Measured(float(rate[1]), _percentile(said, 50), _percentile(said, 99), int(errors[1]) if errors else 0)


def _percentile(said: str, which: int) -> float:
    found = re.search(rf"{which}%\s+([\d.]+)(us|ms|s)\b", said)
    assert found, said
    return float(found[1]) * UNITS[found[2]]


async def _by_python(url: str, seconds: float, headers: Mapping[str, str]) -> Measured:
    address = urlsplit(url)
    target = f"{address.path or '/'}{'?' + address.query if address.query else ''}"
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {address.netloc}",
        *(f"{name}: {text}" for name, text in headers.items()),
    ]
    asked = "\r\n".join([*lines, "", ""]).encode()
    until = time.monotonic() + seconds
    asking = [_ask(address.hostname or "", address.port or 80, asked, until) for _number in range(CONNECTIONS)]
    answers = [answer for part in await asyncio.gather(*asking) for answer in part]
    times = [took for took, _status in answers]
    errors = sum(status >= 400 for _took, status in answers)
    return Measured(len(answers) / seconds, median(times), quantiles(times, n=100)[98], errors)


async def _ask(host: str, port: int, asked: bytes, until: float) -> list[tuple[float, int]]:
    """Milliseconds and status of each answer on one connection."""
    reader, writer = await asyncio.open_connection(host, port)
    answers = []
    while (begun := time.monotonic()) < until:
        writer.write(asked)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        if length := re.search(r"(?i)^content-length: *(\d+)", head, re.MULTILINE):
            await reader.readexactly(int(length[1]))
        answers.append(((time.monotonic() - begun) * 1000, int(head.split(" ", 2)[1])))
    writer.close()
    return answers


def in_turns(rounds: int, names: list[str]) -> Iterator[tuple[int, str]]:
    """Round and name, every name once a round: what disturbs the machine for a while disturbs all of them."""
    for number in range(rounds):
        yield from ((number, name) for name in names)
