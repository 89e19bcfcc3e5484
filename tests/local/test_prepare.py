"""What `make run` and runserver do before they serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.db import connection

from core.mail import outbox
from core.models import OutgoingMail
from local.management.commands import prepare, runserver


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> list[str]:
    """The steps that were taken, in their order. Each step has tests of its own; they take half a minute together."""
    steps: list[str] = []
    monkeypatch.setattr(prepare, "static_files_beside", beside := noted(steps, "static files"))
    monkeypatch.setattr(runserver, "static_files_beside", beside)
    monkeypatch.setattr(prepare, "call_command", lambda name, **options: steps.append(name))
    monkeypatch.setattr("django.core.management.commands.runserver.Command.run", lambda *_, **__: steps.append("serve"))
    settings.VAR_DIR = tmp_path
    return steps


def noted(steps: list[str], name: str) -> Any:
    @contextmanager
    def note() -> Iterator[None]:
        yield
        steps.append(name)

    return note


@pytest.mark.django_db
def test_tables_come_first_then_the_demo(taken: list[str]) -> None:
    call_command("prepare")
    assert taken == ["migrate", "load_demo", "static files"]


@pytest.mark.django_db
def test_without_the_demo_there_is_none_to_load_and_nobody_to_greet(
    taken: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "logins.json").write_text("[]")
    monkeypatch.setattr(prepare, "get_commands", lambda: {})
    call_command("prepare")
    assert taken == ["migrate", "static files"]
    assert not (tmp_path / "logins.json").exists()


@pytest.mark.django_db
def test_runserver_prepares_all_but_the_tables(taken: list[str]) -> None:
    call_command("runserver")
    assert taken == ["load_demo", "static files", "serve"]


@pytest.mark.django_db
def test_runserver_with_debug_or_in_its_reloaded_child_serves_at_once(
    taken: list[str], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DEBUG = True
    call_command("runserver")
    settings.DEBUG = False
    monkeypatch.setenv("RUN_MAIN", "true")
    call_command("runserver")
    assert taken == ["serve", "serve"]


@pytest.mark.django_db
def test_runserver_leaves_missing_tables_to_django_to_tell(taken: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")
    call_command("runserver")
    assert taken == ["serve"]


@pytest.mark.django_db(transaction=True)
def test_mail_leaves_from_runserver_too(mailoutbox: list[Any]) -> None:
    """Else the confirmation would promise a mail that nobody sends."""
    outbox.put(outbox.Mail(to="lena@example.org", subject="Tack", text="Vi svarar.", language="sv"), key="runserver")
    worker = runserver.Worker()
    worker.start()
    while worker.is_alive() and OutgoingMail.objects.waiting().exists():
        worker.join(0.05)
    worker.ending.set()
    worker.join()
    assert [mail.to for mail in mailoutbox] == [["lena@example.org"]]


def test_static_files_are_gathered_beside_the_rest(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    (tmp_path / "source").mkdir()
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    (tmp_path / "source" / "site.css").write_text("a { color: red }")
    finders.get_finder.cache_clear()
    try:
        with prepare.static_files_beside():
            pass
        assert (settings.STATIC_ROOT / "site.css").exists()
        settings.STATIC_ROOT = tmp_path / "source" / "site.css" / "nowhere"
        with pytest.raises(NotADirectoryError), prepare.static_files_beside():
            pass
    finally:
        finders.get_finder.cache_clear()
