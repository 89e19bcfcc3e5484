"""The embedded database, with real servers that are really killed. Each test has a server of its own."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import psycopg
import pytest

from local import embedded_postgres
from local.embedded_postgres import Places, ServerError, base, places
from tests.local.processes import PROJECT_DIR, is_alive, kill_9, processes_with, wait_until

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as somebody else")


@pytest.fixture
def empty_var(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A VAR_DIR of this test. Anybody may enter it, unlike pytest's own folders."""
    with open_folder() as var:
        monkeypatch.setenv("VAR_DIR", str(var))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        yield var
        end_of(var)


@pytest.fixture(scope="session")
def made_data() -> Iterator[Path]:
    """The data of a server that was started once: a copy costs less than to make it anew for each test."""
    with open_folder() as var, pytest.MonkeyPatch.context() as environment:
        environment.setenv("VAR_DIR", str(var))
        embedded_postgres.ensure_running()
        embedded_postgres.release_server()
        yield Places(var.resolve()).data


@pytest.fixture
def var(empty_var: Path, made_data: Path) -> Path:
    """A VAR_DIR whose server has been started before."""
    (empty_var / "postgres").mkdir()
    subprocess.run(["cp", "-a", made_data, empty_var / "postgres"], check=True)
    return empty_var


@contextlib.contextmanager
def open_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="var-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def end_of(var: Path) -> None:
    """Whatever a failed test has left must not stay."""
    embedded_postgres.release_server()
    wait_until(lambda: not processes_with(f"{var}"), f"end of {processes_with(var)}")
    shutil.rmtree(Places(var.resolve()).aside, ignore_errors=True)


class User:
    """Another process that uses the server until it is told to end."""

    def __init__(self, code: str = "embedded_postgres.ensure_running()", **options: Any) -> None:
        lines = "from local import embedded_postgres\n{}\nprint('ready', flush=True)\ninput()"
        self.process = subprocess.Popen(
            [sys.executable, "-c", lines.format(textwrap.dedent(code))],
            cwd=PROJECT_DIR / "site",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def ready(self) -> Self:
        assert self.process.stdout
        assert self.process.stderr
        assert self.process.stdout.readline() == "ready\n", self.process.stderr.read()
        return self

    def end(self) -> None:
        """As a command ends that has done its work; also waits until nobody holds its pipes."""
        self.process.communicate("\n", timeout=60)
        assert self.process.returncode == 0

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate(timeout=60)


def connect() -> psycopg.Connection[Any]:
    return psycopg.connect(embedded_postgres.database_url(), autocommit=True)


def postgres_of(var: Path) -> int:
    """The server's main process."""
    return int((Places(var.resolve()).data / "postmaster.pid").read_text().split()[0])


def monitor_of(var: Path) -> int:
    (monitor,) = processes_with(f"local.embedded_postgres.monitor {var}")
    return monitor


def nothing_runs(var: Path) -> bool:
    return not processes_with(var)


def rows() -> list[int]:
    with connect() as connection:
        return [row[0] for row in connection.execute("select n from kept order by n")]


def test_the_first_user_starts_a_server_with_its_database(empty_var: Path) -> None:
    embedded_postgres.ensure_running()
    with connect() as connection:
        found = connection.execute(
            "select current_database(), current_setting('server_version_num')::int >= 180000,"
            " current_setting('fsync'), current_setting('data_checksums'), current_setting('server_encoding'),"
            " current_setting('listen_addresses')"
        )
        assert found.fetchone() == ("sociala", True, "on", "on", "UTF8", "")


def test_to_know_the_address_starts_nothing(empty_var: Path) -> None:
    assert embedded_postgres.database_url().startswith("postgresql://postgres@:5432/sociala?host=%2F")
    wait_until(lambda: nothing_runs(empty_var))


def in_django(code: str) -> str:
    """What a Django process with the demo's settings prints."""
    return subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{textwrap.dedent(code)}"],
        env={**os.environ, "PYTHONPATH": "site:.", "DJANGO_SETTINGS_MODULE": "config.settings.demo"},
        cwd=PROJECT_DIR,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def test_settings_are_loaded_without_a_server_and_the_first_query_starts_it(var: Path) -> None:
    seen = in_django(
        """
        from django.db import connection
        from local import embedded_postgres
        print(embedded_postgres.has_monitor())
        with connection.cursor() as cursor:
            cursor.execute("select 1")
        print(embedded_postgres.has_monitor())
        """
    )
    assert seen == "False\nTrue\n"
    wait_until(lambda: nothing_runs(var))


def test_a_process_heals_after_the_servers_end(var: Path) -> None:
    seen = in_django(
        """
        import os, signal, time
        from django.db import connection
        from local import embedded_postgres
        connection.ensure_connection()
        pid = int((embedded_postgres.our_places().data / "postmaster.pid").read_text().split()[0])
        os.kill(pid, signal.SIGKILL)
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("select 'back'")
            print(cursor.fetchone()[0])
        """
    )
    assert seen == "back\n"


def test_a_note_stays_until_tables_are_changed_by_hand(var: Path) -> None:
    embedded_postgres.ensure_running()
    assert embedded_postgres.prepared_state() == ""
    embedded_postgres.set_prepared_state("it's prepared")
    embedded_postgres.release_server()
    embedded_postgres.ensure_running()
    assert embedded_postgres.prepared_state() == "it's prepared"
    in_django("from local.apps import clear_prepared_state; clear_prepared_state(using='default')")
    assert embedded_postgres.prepared_state() == ""


def test_six_at_once_share_one_server_that_ends_after_the_last(empty_var: Path) -> None:
    users = [User() for _ in range(6)]
    for user in users:
        user.ready()
    server = postgres_of(empty_var)
    for user in users[1:]:
        user.end()
        assert postgres_of(empty_var) == server
    assert is_alive(server)
    users[0].end()
    wait_until(lambda: nothing_runs(empty_var))


def test_it_outlives_the_command_that_started_it_while_another_uses_it(var: Path) -> None:
    first, second = User().ready(), User().ready()
    first.end()
    embedded_postgres.ensure_running()
    with connect() as connection:
        second.end()
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_command_that_is_killed_leaves_nothing_running(var: Path) -> None:
    User().ready().kill()
    wait_until(lambda: nothing_runs(var))


def test_it_may_be_started_from_a_thread_that_ends(var: Path) -> None:
    user = User(
        """
        import threading
        thread = threading.Thread(target=embedded_postgres.ensure_running)
        thread.start()
        thread.join()
        """
    ).ready()
    with connect() as connection:
        assert connection.execute("select 1").fetchone() == (1,)
    user.end()


def test_a_killed_server_is_started_again_with_every_acknowledged_row(var: Path) -> None:
    embedded_postgres.ensure_running()
    with connect() as connection:
        connection.execute("create table kept (n int)")
        for n in range(50):
            connection.execute("insert into kept values (%s)", [n])
    killed = postgres_of(var)
    kill_9(killed)
    wait_until(lambda: not is_alive(killed))
    embedded_postgres.ensure_running()
    assert rows() == list(range(50))
    assert postgres_of(var) != killed


def test_a_killed_monitor_takes_the_server_along_and_the_next_starts_another(var: Path) -> None:
    embedded_postgres.ensure_running()
    with connect() as connection:
        connection.execute("create table kept as select 1 as n")
    server = postgres_of(var)
    kill_9(monitor_of(var))
    wait_until(lambda: not is_alive(server), "end of the server")
    embedded_postgres.ensure_running()
    assert rows() == [1]


def test_all_killed_at_once_leaves_nothing_in_the_way(empty_var: Path) -> None:
    user = User().ready()
    kill_9(monitor_of(empty_var), postgres_of(empty_var), user.process.pid)
    user.process.communicate()
    embedded_postgres.ensure_running()
    assert connect().execute("select 1").fetchone() == (1,)


@pytest.mark.parametrize("name", ["postgres", "innocent"])
def test_a_stale_number_that_now_is_another_process_harms_nobody(var: Path, name: str) -> None:
    embedded_postgres.ensure_running()
    pid_file = Places(var.resolve()).data / "postmaster.pid"
    kept = pid_file.read_text().splitlines()
    embedded_postgres.release_server()
    # A program of PostgreSQL's name is one with other data: another project's server.
    program = Path(shutil.copy(shutil.which("sleep") or "", var / name))
    innocent = subprocess.Popen([program, "600"])
    pid_file.write_text("\n".join([str(innocent.pid), *kept[1:]]) + "\n")
    try:
        embedded_postgres.ensure_running()
        assert connect().execute("select 1").fetchone() == (1,)
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_a_server_whose_monitor_is_gone_is_ended_first(var: Path) -> None:
    """It ends by itself when its monitor does, but not at once: it may have much to write."""
    embedded_postgres.ensure_running()
    server = postgres_of(var)
    os.kill(server, signal.SIGSTOP)
    kill_9(monitor_of(var))
    wait_until(lambda: not embedded_postgres.has_monitor())
    os.kill(server, signal.SIGCONT)
    embedded_postgres.ensure_running()
    assert postgres_of(var) != server
    assert not is_alive(server)


def test_half_made_data_is_made_again(empty_var: Path) -> None:
    half = empty_var / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    embedded_postgres.ensure_running()
    assert connect().execute("select 1").fetchone() == (1,)


def test_a_missing_database_is_made_at_the_next_start(var: Path) -> None:
    embedded_postgres.ensure_running()
    with psycopg.connect(embedded_postgres.database_url(), dbname="postgres", autocommit=True) as connection:
        connection.execute("drop database sociala")
    embedded_postgres.release_server()
    embedded_postgres.ensure_running()
    assert connect().execute("select current_database()").fetchone() == ("sociala",)


def test_ctrl_c_at_a_command_does_not_reach_the_server_that_others_use(var: Path) -> None:
    embedded_postgres.ensure_running()
    server = postgres_of(var)
    user = User(start_new_session=True).ready()
    os.killpg(user.process.pid, signal.SIGINT)
    user.process.communicate(timeout=60)
    assert is_alive(server)
    assert connect().execute("select 1").fetchone() == (1,)


def test_a_command_in_the_background_can_start_and_end_it(var: Path) -> None:
    """A shell leaves SIGINT ignored there, and PostgreSQL is ended by it."""
    user = User(preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN)).ready()
    user.end()
    wait_until(lambda: nothing_runs(var))


def test_the_callers_own_postgresql_settings_lead_nowhere_else(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"PGPORT": "6000", "PGHOST": "/nowhere", "PGDATABASE": "other", "PGUSER": "me"}.items():
        monkeypatch.setenv(name, value)
    user = User().ready()
    with connect() as connection:
        assert connection.execute("select current_database(), current_user").fetchone() == ("sociala", "postgres")
    user.end()


def test_a_folder_too_deep_for_a_socket_has_it_elsewhere(empty_var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deep = empty_var / ("very-" * 8 + "long") / ("å och ä " * 6).strip() / "100% öppen?"
    deep.mkdir(parents=True)
    monkeypatch.setenv("VAR_DIR", str(deep))
    embedded_postgres.ensure_running()
    assert connect().execute("select current_database()").fetchone() == ("sociala",)
    assert (deep / "postgres" / "data" / "PG_VERSION").exists()
    end_of(deep)


@as_root
def test_in_a_folder_that_only_root_may_enter_it_runs_without_opening_it(empty_var: Path) -> None:
    empty_var.chmod(0o700)
    embedded_postgres.ensure_running()
    assert connect().execute("select current_database()").fetchone() == ("sociala",)
    assert empty_var.stat().st_mode & 0o777 == 0o700
    assert Places(empty_var.resolve()).data.parent == Places(empty_var.resolve()).aside
    assert Path(f"/proc/{postgres_of(empty_var)}").stat().st_uid == 65534


@as_root
def test_a_folder_that_is_closed_later_keeps_its_data(var: Path) -> None:
    embedded_postgres.ensure_running()
    with connect() as connection:
        connection.execute("create table kept as select 7 as n")
    embedded_postgres.release_server()
    for mode in (0o700, 0o755):
        var.chmod(mode)
        embedded_postgres.ensure_running()
        assert rows() == [7]
        embedded_postgres.release_server()


@as_root
def test_a_clone_where_another_stood_begins_anew(empty_var: Path) -> None:
    empty_var.chmod(0o700)
    embedded_postgres.ensure_running()
    with connect() as connection:
        connection.execute("create table kept as select 7 as n")
    embedded_postgres.release_server()
    before = Places(empty_var.resolve()).aside
    shutil.rmtree(empty_var / "postgres")
    embedded_postgres.ensure_running()
    with connect() as connection:
        assert connection.execute("select to_regclass('kept')").fetchone() == (None,)
    assert not before.exists()


@as_root
def test_a_project_that_was_moved_keeps_its_data_and_its_copy_does_not_share_it(
    var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, moved, copy = (var / name for name in ("first", "moved", "copy"))
    first.mkdir(mode=0o700)
    monkeypatch.setenv("VAR_DIR", str(first))
    embedded_postgres.ensure_running()
    with connect() as connection:
        connection.execute("create table kept as select 7 as n")
    embedded_postgres.release_server()
    first.rename(moved)
    monkeypatch.setenv("VAR_DIR", str(moved))
    embedded_postgres.ensure_running()
    assert rows() == [7]
    embedded_postgres.release_server()
    shutil.copytree(moved, copy)
    monkeypatch.setenv("VAR_DIR", str(copy))
    embedded_postgres.ensure_running()
    with connect() as connection:
        assert connection.execute("select to_regclass('kept')").fetchone() == (None,)
    for folder in (moved, copy):
        shutil.rmtree(Places(folder.resolve()).aside)


@as_root
def test_programs_that_the_server_may_not_read_are_copied(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "can_run", lambda program, uid: False)
    found = Places(var.resolve())
    copy = found.programs
    assert copy.is_relative_to(found.aside)
    asked = subprocess.run([copy / "postgres", "--version"], user=65534, cwd="/", capture_output=True, text=True)
    assert asked.stdout.startswith("postgres (PostgreSQL) 18")
    assert Places(var.resolve()).programs == copy


@as_root
def test_a_strangers_folder_of_the_same_name_is_not_used(empty_var: Path) -> None:
    empty_var.chmod(0o700)
    aside = Places(empty_var.resolve()).aside
    aside.mkdir()
    os.chown(aside, 65534, 65534)
    with pytest.raises(ServerError, match="belongs to another user"):
        embedded_postgres.ensure_running()


@as_root
def test_root_runs_a_users_data_as_that_user(var: Path) -> None:
    embedded_postgres.ensure_running()
    embedded_postgres.release_server()
    data = Places(var.resolve()).data
    for path in (data, *data.rglob("*")):
        os.chown(path, 1234, 1234)
    embedded_postgres.ensure_running()
    assert Path(f"/proc/{postgres_of(var)}").stat().st_uid == 1234
    assert connect().execute("select current_database()").fetchone() == ("sociala",)


def test_it_cannot_be_wiped_while_somebody_uses_it(var: Path) -> None:
    user = User().ready()
    with pytest.raises(ServerError, match="in use"):
        embedded_postgres.wipe()
    user.end()
    wait_until(lambda: nothing_runs(var))
    embedded_postgres.wipe()
    assert not (var / "postgres" / "data").exists()


def test_leaving_says_whether_others_go_on(var: Path) -> None:
    user = User().ready()
    embedded_postgres.ensure_running()
    assert not embedded_postgres.release_server()
    user.end()
    wait_until(lambda: nothing_runs(var))
    assert embedded_postgres.release_server()


def test_what_keeps_it_from_starting_is_said(var: Path) -> None:
    embedded_postgres.ensure_running()
    embedded_postgres.release_server()
    (Places(var.resolve()).data / "postgresql.auto.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(ServerError, match="no_such_setting"):
        embedded_postgres.ensure_running()
    wait_until(lambda: nothing_runs(var))


def test_a_failed_statement_does_not_bring_a_visitors_words_into_the_log(var: Path) -> None:
    embedded_postgres.ensure_running()
    with connect() as connection:
        connection.execute("create table kept (words text unique)")
        connection.execute("insert into kept values ('private words')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("insert into kept values ('private words')")
    log = Places(var.resolve()).log.read_text()
    assert "duplicate key" in log
    assert "private words" not in log


def test_a_server_whose_connections_are_all_taken_is_not_started_again(monkeypatch):
    """It runs: waiting for another would hold every thread of the web server for half a minute."""

    def full(self: object, parameters: object) -> None:
        raise psycopg.OperationalError("connection failed: FATAL:  sorry, too many clients already")

    monkeypatch.setattr(base, "hold_server", lambda: None)
    monkeypatch.setattr(base, "ensure_running", lambda: pytest.fail("it was started again"))
    monkeypatch.setattr(base.base.DatabaseWrapper, "get_new_connection", full)
    with pytest.raises(psycopg.OperationalError, match="too many clients"):
        base.DatabaseWrapper({}).get_new_connection({})
