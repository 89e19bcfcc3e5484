"""What tests of every room share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from xdist.scheduler.loadscope import LoadScopeScheduling

from home.models import HomePage
from tests.factories import UserFactory, make_catalogue
from tests.template_database import django_db_setup as django_db_setup
from tests.template_database import pytest_runtest_setup as pytest_runtest_setup


class BrowserTestsTogether(LoadScopeScheduling):
    """The tests on a running site in two lots, each started with the first tests: a site takes a minute to be made.

    All others go one by one to whichever worker is free. (xdist's own groups are lost with pytest 9: `loadgroup`.)
    """

    JOURNEYS = ("test_editor_journey", "test_visitor_journey", "test_durability", "test_accessibility", "test_firefox")

    def _split_scope(self, nodeid: str) -> str:
        if not nodeid.startswith("tests/browser/"):
            return nodeid
        return "journeys" if any(name in nodeid for name in self.JOURNEYS) else "layout"


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> BrowserTestsTogether:
    return BrowserTestsTogether(config, log)


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
    """The Swedish home page, the site's root, published."""
    page: HomePage = HomePage.objects.get(locale__language_code="sv")
    return page


@pytest.fixture
def catalogue(home: HomePage) -> SimpleNamespace:
    """Both lists with one provider and one experience of hers, in Swedish: `tests.factories.make_catalogue`."""
    return make_catalogue(home)


def write_translations(source: TranslationSource, locale: Locale, words: dict[str, str]) -> None:
    """What a translator would have written: `words` by context path, for the rest the Swedish marked with the code."""
    code = locale.language_code
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        path, text = segment.context.path, segment.string.data
        default = f"{text}-{code}" if path == "slug" else f"{text} ({code})"
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words.get(path, default), "updated_at": timezone.now()},
        )


@pytest.fixture
def translated(django_capture_on_commit_callbacks: Any) -> Callable[..., Any]:
    """`translated(page, "en", {"title": "Bread"})`: the page (or snippet) in that language, by localize's segments.

    Words that are not given become the Swedish with the code behind them; parents are translated first.
    `publish=False` leaves it a draft. Who refers to whom is not written down (as in tests.factories).
    """

    def translate(instance: Any, code: str, words: dict[str, str] | None = None, *, publish: bool = True) -> Any:
        locale = Locale.objects.get_or_create(language_code=code)[0]
        if isinstance(instance, Page) and instance.depth > 2:
            parent = instance.get_parent()
            if not parent.has_translation(locale):
                translate(parent.specific, code)
        source, _ = TranslationSource.update_or_create_from_instance(instance)
        record, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
        write_translations(source, locale, words or {})
        with disable_reference_index_auto_update(), django_capture_on_commit_callbacks(execute=True):
            record.save_target(publish=publish)
        found: Model = record.get_target_instance()
        return found

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
