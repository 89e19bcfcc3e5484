"""`make run`'s supervisor with real processes that are really killed, on a tiny site (tiny_site.py)."""

import contextlib
import http.client
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from local import embedded_postgres
from local.embedded_postgres import Places
from local.supervisor import CannotRun, port_number
from tests.local.processes import PROJECT_DIR, is_alive, kill_9, processes_with, wait_until


@pytest.fixture
def var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="run-") as folder:
        Path(folder).chmod(0o755)
        monkeypatch.setenv("VAR_DIR", folder)
        yield Path(folder)
        for pid in pids_in(Path(folder)):
            with contextlib.suppress(ProcessLookupError):
                kill_9(pid)
        embedded_postgres.leave()
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
                [sys.executable, "-m", "tests.local.tiny_site", doing],
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


def hear_the_terminal_go() -> None:
    """Also where these tests run under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "DATABASE_URL")}
    return {**kept, "PYTHONPATH": "site:."}


def output(var: Path) -> str:
    return (var / "output").read_text()


def ready(var: Path, run: subprocess.Popen[Any], times: int = 1) -> None:
    wait_until(lambda: output(var).count("Ready after") == times or run.poll() is not None, "Ready")
    assert run.poll() is None, output(var)
    wait_until(lambda: pid_of(var, "worker"))


def pid_of(var: Path, name: str) -> int:
    try:
        return int((var / f"{name}.pid").read_text())
    except FileNotFoundError:
        return 0


def pids_in(var: Path) -> list[int]:
    return [pid for file in var.glob("*.pid") if is_alive(pid := int(file.read_text()))]


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def all_ended(var: Path, port: int) -> bool:
    return not pids_in(var) and port_is_free(port)


def test_it_prepares_serves_and_says_where_and_who(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    assert answers(port)
    said = output(var)
    assert said.index("preparing") < said.index("Ready after")
    assert f"http://127.0.0.1:{port}/" in said
    assert "Editor" in said
    assert "maja" in said
    assert "a-password" in said


def test_it_prepares_again_only_what_has_changed(var: Path, start: Any) -> None:
    sources = var / "sources"
    sources.mkdir()

    def prepares() -> bool:
        before = output(var).count("preparing") if (var / "output").exists() else 0
        run = start(EMBEDDED="1")
        ready(var, run, times=output(var).count("Ready after") + 1)
        run.terminate()
        assert run.wait(60) == 0
        return output(var).count("preparing") > before

    assert prepares()
    assert not prepares()
    (sources / "0002_new.py").write_text("a migration")
    assert prepares()
    embedded_postgres.ensure_running()
    with psycopg.connect(embedded_postgres.database_url(), autocommit=True) as connection:
        connection.execute(embedded_postgres.FORGET_NOTE)
    embedded_postgres.leave()
    assert prepares()


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_ends_cleanly_when_asked(var: Path, port: int, start: Any, way: signal.Signals) -> None:
    run = start()
    ready(var, run)
    run.send_signal(way)
    assert run.wait(60) == 0
    assert all_ended(var, port)
    assert output(var).endswith("Ended.\n")


def test_ctrl_c_ends_it_in_the_background_too(var: Path, port: int, start: Any) -> None:
    """A shell without job control leaves SIGINT ignored for what it starts with &."""
    run = start(options={"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)})
    ready(var, run)
    run.send_signal(signal.SIGINT)
    assert run.wait(60) == 0
    assert all_ended(var, port)


def test_nohup_keeps_it_when_the_terminal_goes(var: Path, port: int, start: Any) -> None:
    run = start(options={"preexec_fn": lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)})
    ready(var, run)
    run.send_signal(signal.SIGHUP)
    kill_9(pid_of(var, "worker"))
    wait_until(lambda: "worker ended" in output(var))
    assert run.poll() is None
    assert answers(port)


def test_it_ends_with_its_terminal(var: Path, port: int, start: Any) -> None:
    ours, theirs = pty.openpty()
    run = start(options={"stdin": theirs, "stdout": theirs, "stderr": theirs, "preexec_fn": take_terminal})
    os.close(theirs)
    said = b""
    while b"Ready after" not in said:
        said += os.read(ours, 4096)
    os.close(ours)
    assert run.wait(60) == 0
    assert all_ended(var, port)


def take_terminal() -> None:
    """As a login shell does: a session of its own, whose terminal is stdin."""
    import fcntl
    import termios

    hear_the_terminal_go()
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def test_a_reader_that_has_gone_does_not_end_it(var: Path, port: int, start: Any) -> None:
    run = start(options={"stdout": subprocess.PIPE})
    while b"Ready after" not in run.stdout.readline():
        pass
    run.stdout.close()
    wait_until(lambda: pid_of(var, "worker"))
    first = pid_of(var, "worker")
    kill_9(first)
    wait_until(lambda: pid_of(var, "worker") not in (0, first))
    assert answers(port)
    run.terminate()
    assert run.wait(60) == 0


def test_it_ends_with_the_make_that_started_it(var: Path, port: int) -> None:
    with (var / "output").open("ab") as output_file:
        make = subprocess.Popen(
            ["/bin/sh", "-c", f"{sys.executable} -m tests.local.tiny_site run; true"],
            cwd=PROJECT_DIR,
            env={**clean_environment(), "VAR_DIR": str(var), "PORT": str(port), "MAKELEVEL": "1"},
            stdout=output_file,
        )
    ready(var, make)
    make.kill()
    make.wait()
    wait_until(lambda: all_ended(var, port))


def test_a_second_run_says_where_the_first_is_and_harms_nothing(var: Path, port: int, start: Any) -> None:
    first = start(EMBEDDED="1")
    ready(var, first)
    second = start(EMBEDDED="1")
    assert second.wait(60) == 1
    assert f"already running at http://127.0.0.1:{port}/ (process {first.pid})" in output(var)
    assert answers(port)
    assert embedded_postgres.is_kept()
    first.terminate()
    assert first.wait(60) == 0


def test_a_taken_port_is_said_and_nothing_is_left(var: Path, port: int, start: Any) -> None:
    with socket.socket() as other:
        # As granian listens: a second one would share the port without a word.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        run = start(EMBEDDED="1")
        assert run.wait(60) == 1
    assert f"Port {port} cannot be used: address already in use" in output(var)
    assert f"PORT={port + 1}" in output(var)
    assert not processes_with(var)


def test_a_killed_supervisor_takes_all_along_and_the_next_run_works(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1")
    ready(var, run)
    run.kill()
    run.wait()
    again = start(EMBEDDED="1")
    ready(var, again, times=2)
    assert answers(port)
    again.terminate()
    assert again.wait(60) == 0
    wait_until(lambda: not processes_with(var))


def test_what_a_killed_run_left_hanging_is_ended_by_the_next(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    old_worker = pid_of(var, "web-worker")
    os.kill(pid_of(var, "web"), signal.SIGSTOP)
    kill_9(run.pid)
    again = start(PATIENCE="1")
    ready(var, again, times=2)
    assert not is_alive(old_worker)
    assert answers(port)


def test_a_killed_web_server_is_started_again_without_its_old_worker(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    main, old_worker = pid_of(var, "web"), pid_of(var, "web-worker")
    kill_9(main)
    wait_until(lambda: pid_of(var, "web-worker") != old_worker and pid_of(var, "web") != main)
    assert not is_alive(old_worker)
    wait_until(lambda: answers(port))
    assert "web ended (SIGKILL)" in output(var)
    run.terminate()
    assert run.wait(60) == 0
    assert all_ended(var, port)


def test_a_worker_that_dies_again_and_again_is_started_ever_later(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    for _ in range(3):
        killed = pid_of(var, "worker")
        kill_9(killed)
        wait_until(lambda killed=killed: pid_of(var, "worker") != killed)
    assert [f"started again in {pause} s" in output(var) for pause in ("0.5", "1", "2")] == [True, True, True]
    assert answers(port)


def test_a_killed_database_is_back_while_the_site_goes_on(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1")
    ready(var, run)
    killed = postgres_of(var)
    kill_9(killed)
    wait_until(lambda: postgres_of(var) not in (0, killed))
    assert answers(port)
    assert run.poll() is None
    run.terminate()
    assert run.wait(60) == 0
    assert not processes_with(var)


def postgres_of(var: Path) -> int:
    try:
        return int((Places(var.resolve()).data / "postmaster.pid").read_text().split()[0])
    except (FileNotFoundError, IndexError):
        return 0


def test_all_killed_at_once_leaves_nothing_in_the_way(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1")
    ready(var, run)
    kill_9(run.pid, *pids_in(var), *processes_with(var))
    run.wait()
    again = start(EMBEDDED="1")
    ready(var, again, times=2)
    assert answers(port)


def test_what_fails_while_preparing_is_said_and_all_ends(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1", PREPARE_FAILS="1")
    assert run.wait(60) == 1
    assert "a table is missing" in output(var)
    assert "could not be prepared" in output(var)
    assert not processes_with(var)
    again = start(EMBEDDED="1")
    ready(var, again)
    assert output(var).count("preparing") == 2


def test_a_web_server_that_does_not_start_is_said_with_its_reason(var: Path, port: int, start: Any) -> None:
    run = start(WEB_FAILS="1")
    assert run.wait(60) == 1
    assert "The web server does not start" in output(var)
    assert "a module is missing" in output(var)
    assert all_ended(var, port)


def test_a_second_ctrl_c_ends_what_does_not_listen(var: Path, port: int, start: Any) -> None:
    run = start(DEAF="1")
    ready(var, run)

    def ended_by_ctrl_c() -> bool:
        run.send_signal(signal.SIGINT)
        return run.poll() is not None

    wait_until(ended_by_ctrl_c)
    assert run.returncode == 0
    assert all_ended(var, port)


def test_a_signal_that_comes_twice_at_once_still_ends_it_cleanly(var: Path, port: int, start: Any) -> None:
    run = start()
    ready(var, run)
    run.terminate()
    wait_until(lambda: not is_alive(pid_of(var, "worker")))
    run.terminate()
    assert run.wait(60) == 0
    assert (var / "ended-well.pid").exists()


def test_reset_asks_deletes_and_makes_anew(var: Path, start: Any) -> None:
    upload = var / "media" / "picture.jpg"
    upload.parent.mkdir()
    upload.touch()
    assert answer_reset(start, "no") == 1
    assert upload.exists()
    assert answer_reset(start, "yes") == 0
    assert not upload.exists()
    assert (var / "media" / "prepared").exists()
    wait_until(lambda: not processes_with(var))


def answer_reset(start: Any, words: str) -> int:
    reset = start("reset", options={"stdin": subprocess.PIPE, "text": True}, EMBEDDED="1")
    reset.communicate(f"{words}\n", timeout=60)
    return int(reset.returncode)


def test_reset_refuses_while_the_site_runs(var: Path, start: Any) -> None:
    run = start(EMBEDDED="1")
    ready(var, run)
    assert answer_reset(start, "yes") == 1
    assert "already running" in output(var)
    assert (var / "media" / "prepared").exists()


def test_reset_refuses_while_a_command_uses_the_database(var: Path, start: Any) -> None:
    embedded_postgres.ensure_running()
    assert answer_reset(start, "yes") == 1
    assert "Another command uses the database" in output(var)


def test_reset_never_touches_a_server_that_is_not_ours(var: Path, start: Any) -> None:
    reset = start("reset")
    assert reset.wait(60) == 1
    assert "DATABASE_URL is set" in output(var)


@pytest.mark.parametrize("words", ["", "0", "65536", "http", "-1", "٨٠٨٠"])
def test_a_port_that_is_none_is_said(words: str) -> None:
    with pytest.raises(CannotRun, match="is not a port"):
        port_number(words)
