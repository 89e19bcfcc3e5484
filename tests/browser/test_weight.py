"""A first view costs little, on a phone with a small subscription too. Photos aside."""

from __future__ import annotations

import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.support.stops import AFTER_A_POST, STOPS, Stops

# Arabic takes two fonts more.
MOST_BYTES = {"sv": 80_000, "en": 80_000, "ar": 113_000}
MOST_REQUESTS = 12
PACKED = {"Accept-Encoding": "br"}


@dataclass
class Wire:
    """What a page's first view took from the server: bytes as they came, heads included."""

    page: Page
    bytes: dict[str, float] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.session = session = self.page.context.new_cdp_session(self.page)
        session.on("Network.responseReceived", self._answered)
        session.on("Network.loadingFinished", self._finished)
        session.send("Network.enable")

    def _answered(self, event: dict[str, Any]) -> None:
        self.addresses[event["requestId"]] = event["response"]["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes[event["requestId"]] = event["encodedDataLength"]

    def without_photos(self) -> dict[str, float]:
        """Bytes by address, once all that the page asked for is there."""
        self.page.evaluate("document.fonts.ready.then(() => null)")
        self.session.send("Network.enable")  # Events stand in line: after its answer all earlier ones are told.
        taken = {self.addresses[request]: size for request, size in self.bytes.items() if request in self.addresses}
        return {url: size for url, size in taken.items() if not urlsplit(url).path.startswith("/media/")}


def icon_of(page: Page) -> tuple[str, int]:
    """A browser with a window takes this one too."""
    url = str(page.locator("link[rel=icon]").evaluate("link => link.href"))
    with urllib.request.urlopen(urllib.request.Request(url, headers=PACKED)) as answer:
        return url, len(answer.read()) + len(str(answer.headers))


@pytest.mark.parametrize(("kind", "language"), [stop for stop in STOPS if stop[0] not in AFTER_A_POST])
def test_a_first_view_is_light(kind: str, language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(390, language=language)
    stops.path(kind, language)  # What has to be made first is not this view's.
    wire = Wire(page)
    stops.visit(page, kind, language)
    taken = wire.without_photos()
    url, size = icon_of(page)
    taken.setdefault(url, size)
    assert sum(taken.values()) <= MOST_BYTES[language], taken
    assert len(taken) <= MOST_REQUESTS, taken
    assert len([url for url in taken if url.endswith(".css")]) == 1


def test_what_can_be_packed_is_packed(stops: Stops, arrive: Callable[..., Page]) -> None:
    """Styles and icons come compressed, and are kept for good: their names change with what is in them."""
    page = arrive(390)
    stops.visit(page, "home", "sv")
    styles = str(page.locator("link[rel=stylesheet]").evaluate("link => link.href"))
    with urllib.request.urlopen(urllib.request.Request(styles, headers=PACKED)) as answer:
        assert answer.headers["Content-Encoding"] == "br"
        assert "immutable" in answer.headers["Cache-Control"]
