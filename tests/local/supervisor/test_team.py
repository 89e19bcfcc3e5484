"""Programs of the supervisor that are really killed, or do not start."""

from pathlib import Path
from typing import Any

from local.embedded_postgres import Places
from tests.local.processes import is_alive, kill_9, processes_with, wait_until
from tests.local.supervisor.runs import all_ended, answers, output, pid_of, ready


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


def test_a_web_server_that_does_not_start_is_said_with_its_reason(var: Path, port: int, start: Any) -> None:
    run = start(WEB_FAILS="1")
    assert run.wait(60) == 1
    assert "The web server does not start" in output(var)
    assert "a module is missing" in output(var)
    assert all_ended(var, port)
