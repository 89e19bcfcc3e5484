"""A running site, and people who come to it with a browser each."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.support.running_site import FIRST_DAY, RunningSite
from tests.browser.support.stops import Stops
from tests.browser.support.witness import Witness

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds. Both cores are busy with the other tests meanwhile; a wait that is over costs nothing.
PATIENCE = 30_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


# Of the package, not of the session: Playwright's loop in the same thread would keep the tests after it off Django's
# database.
@pytest.fixture(scope="package")
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """The site as on its first day. Tests share it: what one changes is its own (an enquiry, a page it made)."""
    # All come from one address, and none of them is to wait in quarantine for it.
    site = RunningSite(ENQUIRY_RATE_PER_HOUR="1000")
    if hasattr(request.config, "workerinput"):
        site.begin_as(tmp_path_factory.getbasetemp().parent / FIRST_DAY)
    with site as running:
        yield running


@pytest.fixture(scope="package")
def stops(site: RunningSite) -> Stops:
    return Stops(site)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as play:
        path = os.environ.get("CHROMIUM") or shutil.which("chromium") or play.chromium.executable_path
        browser = play.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def arrive(chromium: Browser, site: RunningSite) -> Iterator[Callable[..., Page]]:
    """`arrive(width=390, height=844, scheme="dark", scripts=False, language="ar")`: a new browser's first, empty page.

    Further words are Playwright's, for a context. What no page may do fails the test at its end: ask another host,
    load what is not there, break a script or the content security policy, and, but for `staff`, set a cookie.
    """
    witnesses: list[Witness] = []

    def come(
        width: int = 1280,
        height: int = 844,
        *,
        scheme: str = "light",
        scripts: bool = True,
        language: str = "sv",
        staff: bool = False,
        **more: Any,
    ) -> Page:
        context = chromium.new_context(
            base_url=site.url,
            viewport={"width": width, "height": height},
            color_scheme=scheme,  # type: ignore[arg-type]
            java_script_enabled=scripts,
            locale=language,
            timezone_id="Europe/Stockholm",
            **more,
        )
        context.set_default_timeout(PATIENCE)
        witnesses.append(Witness(context, site.url.removeprefix("http://"), staff=staff))
        return context.new_page()

    yield come
    try:
        for witness in witnesses:
            witness.testify()
    finally:
        for witness in witnesses:
            witness.context.close()


@pytest.fixture
def log_in(arrive: Callable[..., Page]) -> Callable[..., Page]:
    """`log_in("staff")`: the admin's first page, as the demo's login of that name sees it."""

    def come(name: str, **more: Any) -> Page:
        page = arrive(staff=True, **more)
        page.goto("/admin/")
        page.locator("input[name=username]").fill(name)
        page.locator("input[name=password]").fill(f"demo-{name}")
        page.locator("form button[type=submit]").click()
        expect(page).to_have_url(re.compile("/admin/$"))
        return page

    return come
