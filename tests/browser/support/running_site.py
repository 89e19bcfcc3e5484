"""The real thing, as `make run` starts it: supervisor, its own PostgreSQL, demo content, web server, worker."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from local.embedded_postgres import Places
from local.embedded_postgres.places import NUMBER
from local.embedded_postgres.server import DATABASE
from tests.local.processes import PROJECT_DIR, wait_until

# Seconds. A first start makes tables, static files and the demo; other tests keep the machine busy meanwhile.
LONGEST_START = 480
LONGEST_END = 60
# In the folder of a whole run: a site after its first start.
FIRST_DAY = "first.day"
# What would make it another site than the one that `make run` serves. Measured for coverage it is half as fast, and
# there is little that the other tests do not run as well.
NOT_OURS = {
    "COVERAGE_PROCESS_CONFIG",
    "COVERAGE_PROCESS_START",
    "DATABASE_URL",
    "DJANGO_SETTINGS_MODULE",
    "MAKEFLAGS",
    "PYTHONPATH",
    "VAR_DIR",
    "PORT",
    "BASE_URL",
    "DEBUG",
}


class RunningSite:
    """A site in a folder of its own: `with RunningSite(EMAIL_PORT="2525") as site`."""

    def __init__(self, **environment: str) -> None:
        # Not pytest's own folder: only its owner may enter that, and the database of root's is nobody's.
        self.var = Path(tempfile.mkdtemp(prefix="site-")).resolve()
        self.var.chmod(0o755)
        self.port = free_port()
        self.environment = environment
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the supervisor and, behind it, the web server and the worker have said."""
        files = [self.var / "output", *sorted((self.var / "log").glob("*.log"))]
        return "\n".join(f"── {file.name}\n{file.read_text(errors='replace')}" for file in files if file.exists())

    @property
    def database(self) -> str:
        """For psycopg: the site's own database, from outside."""
        return f"postgresql://postgres@/{DATABASE}?host={Places(self.var).socket}"

    def begin_as(self, first_day: Path) -> None:
        """Begin with a copy of the folder `first_day`, before the first start. The first process of a run makes it.

        Its tables and demo take a minute of a core to be made, and a copy a second.
        """
        with Path(f"{first_day}.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not first_day.exists():
                with self:
                    self.stop()
                    copy(self.var, first_day)
                self.var.mkdir(mode=0o755)
        copy(first_day, self.var)
        # The number of a folder outside of this one, which two databases cannot have both.
        (self.var / "postgres" / NUMBER).unlink(missing_ok=True)

    def start(self) -> None:
        """Return when it answers. Fails with the end of its log."""
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        environment = inherited | self.environment | {"VAR_DIR": str(self.var), "PORT": str(self.port)}
        with (self.var / "output").open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "local.supervisor"],
                cwd=PROJECT_DIR,
                # MAKELEVEL: as under make, it ends with whoever started it, a killed pytest too.
                env={**environment, "PYTHONPATH": "site", "MAKELEVEL": "1"},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        deadline = time.monotonic() + LONGEST_START
        said = self.said("Ready after")
        while self.said("Ready after") == said:
            assert self.process.poll() is None, f"The site did not start:\n{self.log[-6000:]}"
            assert time.monotonic() < deadline, f"The site was not ready in {LONGEST_START} s:\n{self.log[-6000:]}"
            time.sleep(0.1)

    def said(self, words: str) -> int:
        return (self.var / "output").read_text(errors="replace").count(words)

    def stop(self) -> None:
        """As Ctrl-C does. Fails where something is left."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            code = self.process.wait(LONGEST_END)
            assert code == 0, f"The site ended with {code}:\n{self.log[-6000:]}"
            wait_until(lambda: port_is_free(self.port), "the port is free again")

    @contextmanager
    def restarted(self, **environment: str) -> Iterator[None]:
        """The same site, started again with that in its environment; afterwards as it was."""
        before = self.environment
        self.stop()
        self.environment = before | environment
        try:
            self.start()
            yield
        finally:
            self.stop()
            self.environment = before
            self.start()

    def __enter__(self) -> RunningSite:
        try:
            self.start()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self.stop()
        finally:
            if self.process and self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            shutil.rmtree(Places(self.var).aside, ignore_errors=True)
            shutil.rmtree(self.var, ignore_errors=True)


def copy(folder: Path, to: Path) -> None:
    """Keeps owners: where root runs the tests, another user owns the database."""
    subprocess.run(["cp", "-a", f"{folder}/.", to], check=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
