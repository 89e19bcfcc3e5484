"""Fixtures of the supervisor's tests: a folder, a port, and supervisors to start in them."""

import contextlib
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from local import embedded_postgres
from local.embedded_postgres import Places
from tests.local.processes import PROJECT_DIR, kill_9, processes_with, wait_until
from tests.local.supervisor.runs import clean_environment, hear_the_terminal_go, pids_in


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("VAR_DIR", folder)
        yield Path(folder)
        for pid in pids_in(Path(folder)):
            with contextlib.suppress(ProcessLookupError):
                kill_9(pid)
        embedded_postgres.release_server()
        wait_until(lambda: not processes_with(folder))
        shutil.rmtree(Places(Path(folder).resolve()).aside, ignore_errors=True)


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start(var: Path, port: int) -> Iterator[Any]:
    """`start(EMBEDDED="1", ...)`: a supervisor with that in its environment, its output in `var/output`."""
    started: list[subprocess.Popen[Any]] = []

    def begin(doing: str = "run", options: dict[str, Any] | None = None, **environment: str) -> subprocess.Popen[Any]:
        with (var / "output").open("ab") as output:
            run = subprocess.Popen(
                [sys.executable, "-m", "tests.local.supervisor.tiny_site", doing],
                cwd=PROJECT_DIR,
                env={**clean_environment(), "VAR_DIR": str(var), "PORT": str(port), **environment},
                **{
                    "stdin": subprocess.DEVNULL,
                    "stdout": output,
                    "stderr": output,
                    "preexec_fn": hear_the_terminal_go,
                    **(options or {}),
                },
            )
        started.append(run)
        return run

    yield begin
    for run in started:
        run.kill()
        run.wait()
