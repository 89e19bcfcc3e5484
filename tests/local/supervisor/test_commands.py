"""`make run` and `make reset` from start to end, with real processes on a tiny site (tiny_site.py)."""

import subprocess
from pathlib import Path
from typing import Any

import psycopg

from local import embedded_postgres
from tests.local.processes import processes_with, wait_until
from tests.local.supervisor.runs import answers, output, ready


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
        connection.execute(embedded_postgres.CLEAR_PREPARED_STATE)
    embedded_postgres.release_server()
    assert prepares()


def test_what_fails_while_preparing_is_said_and_all_ends(var: Path, port: int, start: Any) -> None:
    run = start(EMBEDDED="1", PREPARE_FAILS="1")
    assert run.wait(60) == 1
    assert "a table is missing" in output(var)
    assert "could not be prepared" in output(var)
    assert not processes_with(var)
    again = start(EMBEDDED="1")
    ready(var, again)
    assert output(var).count("preparing") == 2


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
