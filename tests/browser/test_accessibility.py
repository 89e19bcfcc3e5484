"""axe-core finds nothing: WCAG 2.2 A and AA, and what its makers call best practice."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.stops import ERROR_PAGES, STOPS, STYLEGUIDE, Stops

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """([within, tags]) => axe.run(within, {runOnly: tags, resultTypes: ["violations"]})
  .then(found => found.violations)"""


def findings(page: Page, within: str = "html") -> list[str]:
    """What axe has to say about the page (or a part of it) as it stands, a line for each place."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE)
    violations: list[dict[str, Any]] = page.evaluate(RUN, [within, TAGS])
    return [
        f"{violation['impact']} {violation['id']}: {' '.join(node['target'])} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]


def test_axe_is_young_enough_for_wcag_2_2() -> None:
    version = re.search(r"axe v(\d+)\.(\d+)", AXE)
    assert version
    assert (int(version[1]), int(version[2])) >= (4, 10)


def test_a_planted_fault_is_found(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive()
    stops.visit(page, "home", "sv")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert [finding for finding in findings(page) if "button-name" in finding]


def all_findings(page: Page) -> list[str]:
    """On a phone and on a wide screen, light and dark."""
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} px, {scheme}: {finding}" for finding in findings(page)]
    return found


# Still: a colour on its way from light to dark is neither.
@pytest.mark.parametrize(("kind", "language"), [*STOPS, *STYLEGUIDE])
def test_nothing_is_found_on(kind: str, language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(language=language, reduced_motion="reduce")
    stops.visit(page, kind, language)
    expect(page.locator("html")).to_have_attribute("lang", language)
    found = all_findings(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("path", ERROR_PAGES)
def test_nothing_is_found_on_what_is_shown_when_all_else_fails(path: str, arrive: Callable[..., Page]) -> None:
    page = arrive(reduced_motion="reduce")
    page.goto(path)
    found = all_findings(page)
    assert not found, "\n".join(found)


def test_the_inbox_can_be_worked_in_by_everybody(stops: Stops, log_in: Callable[..., Page]) -> None:
    """Our own parts of the admin; for its frame Wagtail answers."""
    stops.path("confirmation", "ar")
    page = log_in("staff", reduced_motion="reduce")
    found = []
    expect(page.locator(".enquiry-waiting")).to_be_visible()
    found += findings(page, ".enquiry-waiting")
    page.goto("/admin/enquiries/")
    found += findings(page, ".enquiry-scroll")
    page.locator(".enquiry-scroll tbody a").first.click()
    expect(page.locator(".enquiry")).to_be_visible()
    for fold in page.locator(".enquiry details").all():
        fold.evaluate("fold => { fold.open = true }")
    found += findings(page, ".enquiry")
    page.goto("/admin/enquiries/quarantine/")
    found += findings(page, ".enquiry-scroll")
    assert not found, "\n".join(found)
