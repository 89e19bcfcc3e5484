"""What tests of every app share."""

from __future__ import annotations

import gc
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from wagtail.models import Site
from xdist.scheduler.loadscope import LoadScopeScheduling

from home.models import HomePage
from tests.browser.support.running_site import FIRST_DAY
from tests.factories import UserFactory, home_page, make_catalogue
from tests.template_database import django_db_setup as django_db_setup
from tests.template_database import prepared
from tests.template_database import pytest_runtest_setup as pytest_runtest_setup
from tests.translations import translate


class BrowserTestsTogether(LoadScopeScheduling):
    """The tests on a running site in two lots, each started with the first tests: a site takes a minute to be made.

    All others go file by file to whichever worker is free, so that what a file prepares is prepared once. (xdist's own
    groups are lost with pytest 9: `loadgroup`.)
    """

    # Of about the same length as the rest.
    JOURNEYS = (
        *("test_editor_journey", "test_visitor_journey", "test_durability", "test_accessibility", "test_firefox"),
        *("test_stillness", "test_weight"),
    )

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith("tests/browser/"):
            return nodeid.partition("::")[0]
        return "journeys" if any(name in nodeid for name in self.JOURNEYS) else "layout"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowserTestsTogether:
    # In the order of collection: sorted by their number, the slowest tests, which are few to a file, would come last.
    config.option.loadscopereorder = False
    return BrowserTestsTogether(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A hundred megabytes that pytest would keep until three runs later."""
    if not hasattr(session.config, "workerinput"):
        shutil.rmtree(session.config._tmp_path_factory.getbasetemp() / FIRST_DAY, ignore_errors=True)  # type: ignore[attr-defined]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look through it again and again."""
    gc.freeze()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The tests on a running site first: they mostly wait. (pytest-django puts what needs no database last.)"""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/browser/"))


@pytest.fixture(autouse=True)
def _uploads_go_to_a_folder_of_the_test(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"


@pytest.fixture(autouse=True)
def _each_test_starts_from_the_source_language() -> Iterator[None]:
    """Site paths are cached, and a view leaves its language active: neither may reach the next test."""
    Site.clear_site_root_paths_cache()
    with translation.override(django_settings.LANGUAGE_CODE):
        yield


@pytest.fixture
def home(db: None) -> HomePage:
    return home_page()


@prepared
def catalogue() -> SimpleNamespace:
    """Both lists with one provider and one experience of hers, in Swedish: `tests.factories.make_catalogue`."""
    return make_catalogue()


@pytest.fixture
def translated() -> Callable[..., Any]:
    """`translated(page, "en", {"title": "Bread"})`: `tests.translations.translate`."""
    return translate


class Queries(int):
    """How many queries something asked; a failed comparison shows them."""

    sql: list[str]

    def __repr__(self) -> str:
        return "\n".join([f"{int(self)} queries:", *self.sql])


@pytest.fixture
def queries() -> Callable[..., Queries]:
    """`queries(client, "/sv/")` or `queries(function, *args)`: asks twice, counts the second (caches are warm).

    A page must answer with `status`: a redirect or an error page would cost less than what is counted.
    """

    def count(asks: Client | Callable[..., Any], *args: Any, status: int = 200) -> Queries:
        def ask() -> None:
            if isinstance(asks, Client):
                answer = asks.get(*args)
                assert answer.status_code == status, answer
            else:
                asks(*args)

        ask()
        with CaptureQueriesContext(connection) as captured:
            ask()
        found = Queries(len(captured))
        found.sql = [query["sql"] for query in captured.captured_queries]
        return found

    return count


@pytest.fixture
def admin(db: None, client: Client) -> Client:
    """A browser of somebody who may do everything."""
    client.force_login(UserFactory(admin=True))
    return client


def messages_of(response: Any) -> list[str]:
    """What the admin says above the page."""
    return [str(message) for message in response.context["messages"]]
