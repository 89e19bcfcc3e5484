"""The PostgreSQL server itself: initdb, start, stop, whether it answers."""

import os
import shutil
import signal
import subprocess
import time
from functools import partial
from pathlib import Path
from typing import IO, Any

from core.web.processes import end_with_parent
from local.processes import open_log, tail

from .places import SOCKET_NAME, Places, ServerError

DATABASE = "sociala"
# Seconds. Crash recovery after kill -9 replays what was written since the last checkpoint.
LONGEST_START = 60
LONGEST_RETRY = 5
LONGEST_STOP = 20
INIT = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--locale=C.UTF-8",
    "--no-instructions",
)
OPTIONS = {
    "listen_addresses": "",
    # A failed statement quotes what a visitor wrote; the log keeps the error without it.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}
# PGHOST, PGPORT … of the caller's environment would lead the programs to another server.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


class Server:
    """One PostgreSQL in the folders of `places`. Only the holder of `places.lock` may start it."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.process: subprocess.Popen[bytes] | None = None

    def answers(self) -> bool:
        """Whether the server takes connections to its database, whichever process started it."""
        return self._listens() and self.sql("", DATABASE).returncode == 0

    def sql(self, statement: str, database: str = DATABASE) -> subprocess.CompletedProcess[bytes]:
        """Run a statement by psql: bare values on stdout, without headers."""
        return self._run(
            "psql", "-XqAtU", "postgres", "-h", str(self.places.socket), database, stdin=statement, out=subprocess.PIPE
        )

    def start(self) -> None:
        """Return when the server takes connections and its database exists; create both at the first start.

        It ends with the calling thread, kill -9 of the process included. Raises ServerError.
        """
        self.places.make()
        with open_log(self.places.log) as log:
            self._end_stale_server()
            if not (self.places.data / "PG_VERSION").exists():
                self._init(log)
            self._start_until_ready(log)
        self._make_database()

    def stop(self) -> None:
        """End the server: clients are disconnected, all committed data is on disk."""
        if self.process is None:
            return
        for way in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            self.process.send_signal(way)
            try:
                self.process.wait(LONGEST_STOP)
                return
            except subprocess.TimeoutExpired:
                continue

    def _init(self, log: IO[bytes]) -> None:
        """Run initdb into `data.new`, then rename: an incomplete folder, after kill -9, is never used as data."""
        new = self.places.data.with_name("data.new")
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.places.chown_to_server(new)
        done = self._run("initdb", *INIT, "--pgdata", str(new), out=log)
        if done.returncode:
            raise ServerError(f"The database could not be made:\n{tail(self.places.log)}")
        new.rename(self.places.data)

    def _start_until_ready(self, log: IO[bytes]) -> None:
        """Start the server. Retries: after kill -9 of one, its last processes may still hold its shared memory."""
        begun = time.monotonic()
        while time.monotonic() < begun + LONGEST_RETRY:
            self.process = self._popen("postgres", *self._arguments(), log=log)
            while self.process.poll() is None and time.monotonic() < begun + LONGEST_START:
                if self._listens():
                    return
                time.sleep(0.02)
            self.stop()
            self._end_stale_server()
            time.sleep(0.2)
        raise ServerError(f"The database does not start:\n{tail(self.places.log)}")

    def _arguments(self) -> list[str]:
        settings = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
        return ["-D", str(self.places.data), "-k", str(self.places.socket), "-p", "5432", *settings]

    def _make_database(self) -> None:
        """Create the database if it is missing. At every start, as a kill -9 may have come before this at the first."""
        missing = f"WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}')"
        done = self.sql(f"SELECT 'CREATE DATABASE {DATABASE}' {missing} \\gexec", "postgres")
        if done.returncode:
            raise ServerError(f"The database {DATABASE} could not be made:\n{tail(self.places.log)}")

    def _listens(self) -> bool:
        folder = self.places.socket
        if not (folder / SOCKET_NAME).exists():
            return False
        return self._run("pg_isready", "-qU", "postgres", "-h", str(folder)).returncode == 0

    def _end_stale_server(self) -> None:
        """After a kill -9: end a server of ours that still runs, and delete its pid and socket files.

        The number in postmaster.pid may be another process's by now. PostgreSQL trusts it and refuses to start; we must
        not trust it and kill another program. So both the process's name and its data folder have to match.
        """
        for data in {self.places.data, self.places.home / "data"}:
            pid_file = data / "postmaster.pid"
            if not pid_file.exists():
                continue
            pid = first_number(pid_file)
            if pid and serves(pid, data):
                end(pid, data)
            pid_file.unlink(missing_ok=True)
        for name in (SOCKET_NAME, f"{SOCKET_NAME}.lock"):
            (self.places.socket / name).unlink(missing_ok=True)

    def _run(
        self, program: str, *arguments: str, stdin: str = "", out: IO[bytes] | int = subprocess.DEVNULL
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [self.places.programs / program, *arguments],
            input=stdin.encode(),
            stdout=out,
            stderr=subprocess.DEVNULL if out == subprocess.PIPE else out,
            **self._process_options(),
        )

    def _popen(self, program: str, *arguments: str, log: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start in a new session, which Ctrl-C does not reach: the server ends after the processes that use it."""
        return subprocess.Popen(
            [self.places.programs / program, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=partial(end_with_parent, os.getpid(), signal.SIGINT),
            **self._process_options(),
        )

    def _process_options(self) -> dict[str, Any]:
        """Folder, environment and user. Not our own folder: the server's user may be unable to enter it."""
        common: dict[str, Any] = {"cwd": "/", "env": ENVIRONMENT}
        if self.places.user is None:
            return common
        user, group = self.places.user
        return common | {"user": user, "group": group, "extra_groups": []}


def first_number(file: Path) -> int:
    """The process number in postmaster.pid; 0 where the file is incomplete."""
    try:
        return int(file.read_text().split()[0])
    except (IndexError, ValueError):
        return 0


def serves(pid: int, data: Path) -> bool:
    """Whether this process is a running PostgreSQL with this data folder."""
    process = Path("/proc", str(pid))
    try:
        name = (process / "comm").read_text().strip()
        words = (process / "cmdline").read_bytes().split(b"\0")
        state = (process / "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return name == "postgres" and os.fsencode(data) in words and state != "Z"


def end(pid: int, data: Path) -> None:
    """End a server that is not our child: by a fast shutdown, else an immediate one, else SIGKILL."""
    for way in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        deadline = time.monotonic() + LONGEST_STOP
        try:
            os.kill(pid, way)
            while serves(pid, data) and time.monotonic() < deadline:
                time.sleep(0.02)
        except ProcessLookupError:
            return
        if not serves(pid, data):
            return
