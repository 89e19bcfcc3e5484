"""Real mail servers and real workers, for tests of mail and of repeated jobs."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from aiosmtpd.controller import Controller
from django.db import connection

PROJECT = Path(__file__).parents[2]


class Mailbox:
    """What arrived, and what to answer: `replies` by recipient, one after the other, the last one for ever."""

    def __init__(self) -> None:
        self.arrived: list[Any] = []
        self.replies: dict[str, list[str]] = {}
        self.on_data: Callable[[], None] = lambda: None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        replies = self.replies.get(address, ["250 OK"])
        reply = replies.pop(0) if len(replies) > 1 else replies[0]
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.on_data()
        self.arrived.append(envelope)
        return "250 OK"

    def texts(self) -> list[str]:
        """The mails as they came over the wire."""
        return [envelope.content.decode() for envelope in self.arrived]

    def mails(self) -> list[EmailMessage]:
        """The mails as a mail program reads them."""
        return [message_from_bytes(envelope.content, policy=policy.default) for envelope in self.arrived]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def port(settings: Any) -> int:
    """The port at which the site expects the mail server, which `server` starts."""
    settings.OUTBOX_CARRIER = "core.mail.smtp.EmailBackend"
    settings.EMAIL_PORT = free_port()
    settings.EMAIL_TIMEOUT = 5
    settings.ENQUIRY_NOTICE_TO = []  # A notice of a failure would be one more mail.
    return settings.EMAIL_PORT


@pytest.fixture
def server(port: int) -> Iterator[Mailbox]:
    with serving(port) as mailbox:
        yield mailbox


class serving:  # noqa: N801 (reads as a verb: with serving(port) as mailbox)
    def __init__(self, port: int, mailbox: Mailbox | None = None, **options: Any) -> None:
        self.mailbox = mailbox or Mailbox()
        self.controller = Controller(self.mailbox, hostname="127.0.0.1", port=port, **options)

    def __enter__(self) -> Mailbox:
        self.controller.start()
        return self.mailbox

    def __exit__(self, *exc: Any) -> None:
        self.controller.stop()


def database_url() -> str:
    """Of the test's own database, for a process of its own."""
    database = connection.settings_dict
    login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    parts = {"host": database["HOST"] or database["OPTIONS"].get("host", ""), "port": database["PORT"] or 5432}
    return f"postgresql://{login}@/{quote(database['NAME'])}?{urlencode(parts)}"


class Workers:
    """Real ones, each a process of its own, on the test's database."""

    def __init__(self, port: int) -> None:
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.core.mail.worker_settings",
            "DATABASE_URL": database_url(),
            "EMAIL_PORT": str(port),
            "PYTHONPATH": os.pathsep.join([str(PROJECT / "site"), str(PROJECT)]),
            "LOG_LEVEL": "WARNING",
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, stderr: Any = None, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(PROJECT / "manage.py"), "work"]
        worker = subprocess.Popen(command, env=self.environment | environment, cwd=PROJECT, stderr=stderr)
        self.running.append(worker)
        return worker

    def end(self) -> None:
        for worker in self.running:
            with suppress(ProcessLookupError):
                worker.kill()
            worker.wait()


@pytest.fixture
def workers(port: int, transactional_db: None) -> Iterator[Workers]:
    workers = Workers(port)
    yield workers
    workers.end()


def wait_until(true: Callable[[], Any], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
