"""Connections to PostgreSQL: counted before web server or worker starts, and 503 where there are too few after all."""

from __future__ import annotations

import os
import sys
from typing import Any

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection
from django.test import Client

from core.jobs import registry
from core.management.commands import serve
from core.web.bounds import connections, numbers
from tests.factories import UserFactory

TOO_FEW = "PostgreSQL gives this site"


def found() -> list[Any]:
    return run_checks(tags=[connections.CONNECTIONS], databases=[DEFAULT_DB_ALIAS])


@pytest.fixture
def many_processes(monkeypatch):
    monkeypatch.setattr(numbers, "WEB_PROCESSES", 50)


def test_each_thread_that_asks_the_database_is_counted():
    assert len(registry.jobs()) + 1 <= numbers.WORKER_THREADS  # the heartbeat
    assert numbers.connections_needed() == 2 * (6 + 1) + 10 + 10


@pytest.mark.django_db
def test_enough_connections_are_no_error():
    assert found() == []


@pytest.mark.django_db
def test_too_few_are_an_error_with_the_numbers_and_what_to_change(many_processes):
    [error] = found()
    assert error.msg == (
        "PostgreSQL gives this site 97 connections, and it may need 370: 50 web processes of 6 threads and a listener,"
        " 1 workers of 10, 10 for administrators."
    )
    assert "max_connections" in error.hint
    assert "WEB_PROCESSES" in error.hint


@pytest.mark.django_db
def test_a_limit_of_the_role_counts_too():
    with connection.cursor() as cursor:
        cursor.execute("ALTER ROLE current_user CONNECTION LIMIT 20")  # undone with the test's transaction
    [error] = found()
    assert f"{TOO_FEW} 20 connections" in error.msg


def test_the_check_asks_the_database_only_when_it_may():
    """No `db` fixture: a query would fail."""
    assert run_checks(tags=[connections.CONNECTIONS]) == []
    assert connections.check_connections in [
        check for check in run_checks.__self__.get_checks() if Tags.database in check.tags
    ]


def test_a_database_that_is_away_keeps_neither_from_starting(monkeypatch, caplog):
    def away() -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", away)
    assert found() == []
    assert "was not checked" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("command", ["serve", "work"])
def test_neither_web_server_nor_worker_starts_with_too_few(command, many_processes, monkeypatch):
    monkeypatch.setattr(serve, "become", lambda command: pytest.fail("it has started"))
    monkeypatch.setattr("signal.signal", lambda *words: None)
    with pytest.raises(CommandError, match=TOO_FEW):
        call_command(command)


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "said"), [(0, True), (1, False)])
def test_without_a_proxy_the_log_says_what_granian_cannot_do(proxies, said, settings, monkeypatch, caplog):
    settings.TRUSTED_PROXY_COUNT = proxies
    monkeypatch.setattr(serve, "connections", type("Connections", (), {"close_all": lambda self: None})())
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execve", lambda program, command, environment: started.append([*command, environment]))
    call_command("serve", port=8123)
    assert (serve.NO_PROXY in caplog.text) is said
    [*command, environment] = started[0]
    assert command == numbers.web_command("127.0.0.1", 8123)
    assert command[0] == sys.executable
    assert environment["PYTHONPATH"].split(os.pathsep)[0] == str(settings.PROJECT_DIR / "site")


# --- A connection that is refused -----------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("method", "path", "words"),
    [
        ("get", "/sv/", "Något gick fel hos oss"),
        ("get", "/ar/search/?query=x", "حدث خطأ عندنا"),
        ("post", "/en/enquiry/", "Something went wrong on our side"),
        ("get", "/admin/", "Något gick fel"),
        ("post", "/admin/pages/4/edit/", "Något gick fel"),
    ],
)
def test_too_many_clients_are_503_in_the_readers_language_never_500(method, path, words, monkeypatch):
    client = Client(raise_request_exception=False, headers={"accept-language": "sv"})
    client.force_login(UserFactory(admin=True))

    def refused() -> None:
        raise OperationalError("connection failed: FATAL:  sorry, too many clients already")

    monkeypatch.setattr(connection, "cursor", refused)
    answer = getattr(client, method)(path, {"title": "Väv"})
    assert (answer.status_code, answer["Retry-After"]) == (503, str(numbers.RETRY_AFTER))
    assert words in answer.text
