"""What a process learns of changes: its own before COMMIT returns, others' soon after."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction
from django.test import Client

from core.models import CustomImage, SiteSettings
from core.web.page_cache import changes
from core.web.page_cache.tables import content_tables, install_triggers, installed_triggers
from core.web.page_cache.version import content_version
from experiences.models import Category
from tests.experiences.enquiries.factories import EnquiryFactory
from tests.factories import ImageFactory, UserFactory, make_catalogue
from tests.local.processes import wait_until

for_real = pytest.mark.django_db(transaction=True)


def advances(act: Callable[[], Any]) -> bool:
    """Whether the version is another one as soon as `act` returns."""
    before = content_version().read()
    act()
    return content_version().read() != before


@for_real
def test_what_editors_change_is_known_before_their_answer_leaves():
    catalogue = make_catalogue()
    page, picture = catalogue.experience, ImageFactory()
    picture.get_rendition("width-20|format-png")
    phone = SiteSettings.objects.filter(site__is_default_site=True)
    kept = [
        ("publish", lambda: page.save_revision().publish()),
        ("unpublish", lambda: page.unpublish()),
        ("update()", lambda: phone.update(phone="0470-1")),
        ("a snippet", lambda: Category.objects.all()[0].save()),
        ("raw SQL", lambda: connection.cursor().execute("UPDATE wagtailcore_page SET title = title")),
        ("a picture", lambda: ImageFactory()),
        ("a deleted size of one", lambda: picture.renditions.all().delete()),
        ("a deleted one", lambda: CustomImage.objects.all().delete()),
        ("TRUNCATE", lambda: connection.cursor().execute("TRUNCATE core_sociallink")),
    ]
    assert [name for name, act in kept if not advances(act)] == []


@for_real
def test_it_is_known_at_the_commit_and_not_before_nor_without():
    def change() -> None:
        SiteSettings.objects.update(phone="0470-1")

    make_catalogue()
    with transaction.atomic():
        assert not advances(change)
        before = content_version().read()
    assert content_version().read() != before

    def change_and_fail() -> None:
        with suppress(RuntimeError), transaction.atomic():
            change()
            raise RuntimeError

    assert not advances(change_and_fail)


@for_real
def test_what_visitors_cause_empties_nothing():
    catalogue = make_catalogue()
    picture = ImageFactory()
    user = UserFactory(admin=True)
    visitor, editor = Client(), Client()
    form = {
        "name": "Lena Berg",
        "email": "lena@example.org",
        "purpose": "question",
        "language": "sv",
        "message": "Hej!",
    }
    made = [
        ("a visit", lambda: visitor.get(catalogue.experience.url)),
        ("an enquiry", lambda: visitor.post("/sv/enquiry/", form)),
        ("an enquiry by code", lambda: EnquiryFactory()),
        ("a size of a picture", lambda: picture.get_rendition("width-20|format-png")),
        ("a login", lambda: editor.force_login(user)),
        ("the admin's first page", lambda: editor.get("/admin/")),
    ]
    assert [name for name, act in made if advances(act)] == []


@contextmanager
def listening() -> Iterator[list[float]]:
    """Times at which a listener was told of a change, from the moment on when it hears."""
    told: list[float] = []
    listener = changes.Listener(lambda: told.append(time.monotonic()))
    listener.start()
    wait_until(lambda: listener.hears, "it hears")
    told.clear()
    yield told
    listener.stop()


@for_real
def test_a_change_from_elsewhere_is_heard():
    make_catalogue()
    with psycopg.connect(**changes._parameters()) as elsewhere, listening() as told:
        elsewhere.execute("UPDATE core_sitesettings SET phone = '0470-2'")
        assert not told
        elsewhere.commit()
        wait_until(lambda: told, "it was told")


@for_real
def test_a_lost_connection_is_noticed_and_made_anew(monkeypatch):
    monkeypatch.setattr(changes, "RETRY_AFTER", 0.01)
    with listening() as told, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'content-listener'"
        )
        wait_until(lambda: len(told) >= 2, "told when it was lost, and when it hears again")


@pytest.mark.django_db
def test_each_content_table_has_a_trigger_and_no_other():
    with connection.cursor() as cursor:
        assert installed_triggers(cursor) == set(content_tables())
        cursor.execute(
            "CREATE TRIGGER content_change AFTER INSERT ON enquiries_enquiry EXECUTE FUNCTION announce_content_change()"
        )
        cursor.execute("DROP TRIGGER content_change ON wagtailcore_page")
        install_triggers()
        assert installed_triggers(cursor) == set(content_tables())


@for_real
def test_a_process_that_cannot_tell_the_others_commits_all_the_same(settings, tmp_path, caplog):
    settings.VAR_DIR = tmp_path / "file"
    settings.VAR_DIR.write_text("no folder")
    content_version.cache_clear()
    SiteSettings.objects.update(phone="0470-3")
    assert SiteSettings.objects.filter(phone="0470-3").exists() or not SiteSettings.objects.exists()
    assert "VAR_DIR cannot be written" in caplog.text


@for_real
def test_only_our_own_notices_advance_the_version():
    """What another process has changed it has told itself; here, the listener hears of it."""
    make_catalogue()
    with psycopg.connect(**changes._parameters(), autocommit=True) as elsewhere:
        elsewhere.execute("UPDATE core_sitesettings SET phone = '0470-4'")
        assert not advances(lambda: SiteSettings.objects.count())


@for_real
def test_a_listener_that_hears_nothing_for_long_says_so(monkeypatch):
    """A database that has stopped answering, without closing the connection."""
    monkeypatch.setattr(changes, "ASK_EVERY", 0.2)
    told: list[float] = []
    listener = changes.Listener(lambda: told.append(time.monotonic()))
    listener.start()
    wait_until(lambda: listener.hears, "it hears")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'content-listener'")
        pids = [pid for (pid,) in cursor.fetchall()]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        wait_until(lambda: not listener.hears, "it notices the silence")
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)
    told.clear()
    wait_until(lambda: listener.hears and told, "it hears again, and what was kept is dropped")
    listener.stop()
