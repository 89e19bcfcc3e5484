"""A page is laid out once: nothing moves when letters, pictures and cloths come late."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.browser.support.stops import AFTER_A_POST, ERROR_PAGES, STOPS, Stops

WINDOWS = ((390, 844), (1280, 800))
MOST_SHIFT = 0.01
# Chromium's own measure: https://web.dev/articles/cls
SHIFTS = """() => {
  window.shifts = [];
  new PerformanceObserver(list => window.shifts.push(...list.getEntries().map(entry => [entry.value, ...entry.sources
    .map(({node, previousRect: was, currentRect: is}) => `${node?.nodeName} ${node?.textContent?.trim().slice(0, 25)} `
      + `${was.y}+${was.height} → ${is.y}+${is.height}`)]))).observe({type: "layout-shift", buffered: true});
}"""
# A picture from further down, on top, and without its room.
ROOMLESS = """() => {
  const image = document.querySelector(".picture img");
  for (const name of ["width", "height", "loading"]) image.removeAttribute(name);
  document.querySelector("main").prepend(image.closest("picture"));
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint').length"
# A screen further; whether there is more.
FURTHER = """() => {
  scrollBy({top: innerHeight * .9, behavior: "instant"});
  return scrollY + innerHeight < document.documentElement.scrollHeight - 1;
}"""
ALL_HERE = "[...document.images].every(image => image.complete) && document.fonts.status === 'loaded'"
FIRST_HERE = ALL_HERE.replace("image.complete", "(image.complete || image.loading === 'lazy')")
LONGEST_WAIT = 10  # seconds


class LateFiles:
    """Holds letters and pictures back until they are let go."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.held: list[Route] = []
        page.route(re.compile(r"\.woff2$|/media/|/patterns/"), self.hold)

    def hold(self, route: Route) -> None:
        self.held.append(route)

    def let_go(self) -> None:
        while self.held:
            self.held.pop(0).continue_()

    def let_go_until(self, expression: str) -> None:
        deadline = time.monotonic() + LONGEST_WAIT
        while not self.page.evaluate(expression):
            assert time.monotonic() < deadline, expression
            self.page.wait_for_timeout(40)
            self.let_go()


def moves(page: Page, come: Callable[[], Any]) -> list[Any]:
    """What moves, and how much, while all that is late comes: from the first line to the last."""
    page.add_init_script(f"({SHIFTS})()")
    late = LateFiles(page)
    come()
    while not page.evaluate(PAINTED):
        page.wait_for_timeout(30)
    page.wait_for_timeout(150)  # A browser waits 100 ms for letters before it paints without them.
    assert late.held, "nothing was held back"
    late.let_go_until(FIRST_HERE)  # While the first screen is still to be seen.
    page.wait_for_timeout(60)
    more = True
    while more:
        late.let_go()
        page.wait_for_timeout(40)
        more = page.evaluate(FURTHER)
    late.let_go_until(ALL_HERE)
    page.wait_for_timeout(60)
    seen: list[Any] = page.evaluate("window.shifts")
    return seen


def test_what_moves_is_measured(stops: Stops, arrive: Callable[..., Page]) -> None:
    """A picture that has no room until it is there pushes all below it down."""
    page = arrive(*WINDOWS[1])

    def come() -> None:
        page.goto(stops.path("experience", "sv"), wait_until="domcontentloaded")
        page.evaluate(ROOMLESS)

    assert sum(value for value, *_ in moves(page, come)) > 5 * MOST_SHIFT


def send(page: Page) -> None:
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.locator("form[method=post] button[type=submit]").click()


def lie_still(seen: list[Any]) -> None:
    assert sum(value for value, *_ in seen) <= MOST_SHIFT, seen


@pytest.mark.parametrize(("kind", "language"), STOPS)
def test_nothing_moves_when_letters_and_pictures_come_late(
    kind: str, language: str, stops: Stops, arrive: Callable[..., Page]
) -> None:
    for window in WINDOWS:
        page = arrive(*window, language=language)
        address = stops.path(AFTER_A_POST.get(kind, kind), language)
        if kind in AFTER_A_POST:
            page.goto(address)
            seen = moves(page, partial(send, page))
        else:
            seen = moves(page, partial(page.goto, address, wait_until="domcontentloaded"))
        lie_still(seen)


@pytest.mark.parametrize("path", ERROR_PAGES)
def test_nothing_moves_on_an_error_page(path: str, arrive: Callable[..., Page]) -> None:
    for window in WINDOWS:
        page = arrive(*window)
        lie_still(moves(page, partial(page.goto, path, wait_until="domcontentloaded")))
