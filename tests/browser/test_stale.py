"""A thousand changes while three web processes are busy: none of the machine's shows an old page once one is made.

A drill of some minutes: `make drill stale`.
"""

from __future__ import annotations

import http.client
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from local.embedded_postgres import Places
from tests.browser.support.running_site import NOT_OURS, RunningSite, free_port
from tests.local.processes import PROJECT_DIR, wait_until

pytestmark = pytest.mark.drill

CHANGES = 1000
PAGE = "/sv/upplevelser/baka-brod-pa-het-plat/"
BUSY_WITH = ("/sv/", PAGE, "/sv/upplevelser/", "/en/", "/ar/")
# Seconds. What another machine may be late, on a machine as busy as this one; how long a lost one may take.
LATE, LONGEST = 0.3, 30
# Seconds between two requests of one visitor; without, the changes take twice as long.
PAUSE = 0.05


def fetch(port: int, path: str = PAGE) -> tuple[int, str, str]:
    """Status, what became of the request (X-Cache), and the page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("X-Cache", ""), answer.read().decode()
    finally:
        connection.close()


class Machine:
    """The running site, a second web process of its folder, and a third one with a folder of its own."""

    def __init__(self, site: RunningSite, elsewhere: Path) -> None:
        self.site, self.elsewhere = site, elsewhere
        self.second, self.third = free_port(), free_port()

    @property
    def database_url(self) -> str:
        return f"postgresql://postgres@/sociala?host={Places(self.site.var).socket}"

    def environment(self, var: Path) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        paths = os.pathsep.join([str(PROJECT_DIR / "site"), str(PROJECT_DIR)])
        ours = {"VAR_DIR": str(var), "PYTHONPATH": paths, "DJANGO_SETTINGS_MODULE": "config.settings.demo"}
        return kept | ours | {"DATABASE_URL": self.database_url, "SECRET_KEY": "for-this-drill-only"}

    @contextmanager
    def further_processes(self) -> Iterator[None]:
        shutil.copytree(self.site.var / "static", self.elsewhere / "static")
        ports = ((self.second, self.site.var), (self.third, self.elsewhere))
        servers = [
            subprocess.Popen(
                [
                    *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)),
                    *("--blocking-threads", "2", "--no-ws", "config.wsgi:application"),
                ],
                cwd=PROJECT_DIR,
                env=self.environment(var),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            for port, var in ports
        ]
        try:
            for port, _var in ports:
                wait_until(lambda port=port: is_kept(port), "it keeps pages", LONGEST * 4)
            yield
        finally:
            for server in servers:
                server.terminate()
                server.wait(LONGEST)


def is_kept(port: int) -> bool:
    with suppress(OSError, http.client.HTTPException):
        return fetch(port)[1] == "hit"
    return False


class Publisher:
    """A process that changes content: `tests.browser.support.publisher`."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.support.publisher"],
            cwd=PROJECT_DIR,
            env=environment,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def change(self, number: int) -> str:
        """Make one change. Returns the mark that pages show from now on."""
        assert self.process.stdin
        assert self.process.stdout
        print(number, file=self.process.stdin, flush=True)
        assert self.process.stdout.readline() == "done\n"
        return f"{number:06}"

    def end(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(LONGEST)


@contextmanager
def visitors(ports: list[int]) -> Iterator[dict[int, int]]:
    """Visitors at every port until the end. The statuses that they got, with their numbers."""
    statuses: dict[int, int] = {}
    ending = threading.Event()

    def visit(port: int) -> None:
        number = 0
        while not ending.wait(PAUSE):
            number += 1
            status = 0
            with suppress(OSError, http.client.HTTPException):
                status = fetch(port, BUSY_WITH[number % len(BUSY_WITH)])[0]
            statuses[status] = statuses.get(status, 0) + 1

    threads = [threading.Thread(target=visit, args=(port,)) for port in ports]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        ending.set()
        for thread in threads:
            thread.join()


@pytest.fixture
def machine(tmp_path_factory: Any) -> Iterator[Machine]:
    with RunningSite() as site:
        yield Machine(site, tmp_path_factory.mktemp("elsewhere"))


def test_no_process_of_the_machine_shows_an_old_page_and_another_machine_is_right_soon(machine, capsys):
    ours, late = [machine.site.port, machine.second], []
    with machine.further_processes(), visitors([*ours, machine.third]) as statuses:
        publisher = Publisher(machine.environment(machine.site.var))
        for number in range(CHANGES):
            mark = publisher.change(number)
            if number % 2:  # in turns: whoever is asked second has had some milliseconds more
                late.append(old_for(machine.third, mark))
            stale = [port for port in ours if mark not in fetch(port)[2]]
            assert stale == [], f"an old page after change {number}"
            if number == CHANGES // 2:
                restart_database(machine)
        publisher.end()
    late.sort()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{CHANGES} changes: no old page on this machine. Elsewhere seen after"
            f" {median(late) * 1000:.0f} ms (median), {late[-len(late) // 100] * 1000:.0f} ms (99 of 100),"
            f" {late[-1] * 1000:.0f} ms (longest). Answers by status: {statuses}\n"
        )
    assert late[-len(late) // 100] <= LATE


def old_for(port: int, mark: str) -> float:
    """For how long, from now on, requests are answered with a page without the mark. Seconds; 0 if none is."""
    changed, old = time.monotonic(), 0.0
    while (asked := time.monotonic()) < changed + LONGEST:
        if mark in fetch(port)[2]:
            return old
        old = asked - changed
    raise AssertionError(f"{mark} is not seen after {LONGEST} s")


def restart_database(machine: Machine) -> None:
    """As if it had crashed. Returns when all keep pages again."""
    pid = int((Places(machine.site.var).data / "postmaster.pid").read_text().split()[0])
    os.kill(pid, 3)  # SIGQUIT: PostgreSQL's immediate shutdown
    for port in (machine.site.port, machine.second, machine.third):
        wait_until(lambda port=port: is_kept(port), "it keeps pages again", LONGEST * 2)
