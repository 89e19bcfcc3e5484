"""A visitor's way in Firefox: an Arabic page, its form sent empty, corrected and received."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from demo import content_files as content
from tests.browser.support.firefox import FIREFOX, Firefox
from tests.browser.support.stops import Stops
from tests.local.processes import wait_until

pytestmark = pytest.mark.skipif(not FIREFOX, reason="Firefox is not installed (Debian: apt-get install firefox-esr)")
TITLE = content.read("ar", "experiences/baka-brod-pa-het-plat")["title"]
SEND = "form[method=post] button[type=submit]"
IN_VIEW = """
const box = document.querySelector(arguments[0]).getBoundingClientRect();
return box.top >= 0 && box.top < innerHeight && box.left >= 0 && box.right <= innerWidth"""
# Where the first line of the heading begins when it is read from the right: 0 is the page's left edge, 1 its right.
BEGINNING = """
const words = document.createRange();
words.selectNodeContents(document.querySelector("h1"));
return words.getClientRects()[0].right / document.documentElement.clientWidth"""
SIDEWAYS = "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
ERROR_LINKS = "return [...document.querySelectorAll('#enquiry-errors a')].map(link => link.hash)"
INVALID = "return [...document.querySelectorAll('[aria-invalid=true]')].map(field => field.name)"


@pytest.fixture
def firefox(tmp_path: Path) -> Iterator[Firefox]:
    with Firefox(tmp_path) as running:
        running.ask("WebDriver:SetWindowRect", width=500, height=900)  # Firefox's narrowest window
        yield running


def is_read_from_the_right(firefox: Firefox) -> None:
    assert firefox.run("return [document.documentElement.lang, document.dir]") == ["ar", "rtl"]
    assert firefox.run("return getComputedStyle(document.querySelector('h1')).direction") == "rtl"
    assert firefox.run(BEGINNING) > 0.8
    assert firefox.run(SIDEWAYS) == 0


@pytest.mark.slow
def test_a_visitor_reads_errs_and_is_received_in_firefox(stops: Stops, firefox: Firefox) -> None:
    firefox.go(stops.site.url + stops.path("experience", "ar"))
    assert firefox.text("h1") == TITLE
    is_read_from_the_right(firefox)

    firefox.click(".bar a.button")
    assert firefox.run("return location.hash") == "#form"
    firefox.click(SEND)
    assert firefox.run(ERROR_LINKS) == ["#enquiry-name", "#enquiry-email"]
    assert firefox.run(INVALID) == ["name", "email"]
    assert firefox.run("return document.activeElement.id") == "enquiry-errors"
    assert firefox.run(IN_VIEW, "#enquiry-errors")
    is_read_from_the_right(firefox)

    firefox.click("#enquiry-errors a")
    assert firefox.run("return document.activeElement.name") == "name"
    firefox.write("[name=name]", "سلمى")
    firefox.write("[name=email]", "salma@example.org")
    firefox.write("[name=message]", "هل أستطيع أن آتي وحدي؟")
    firefox.click(SEND)
    assert firefox.run("return location.pathname").startswith("/ar/enquiry/received/")
    assert firefox.text(".reference").startswith("SU-")
    assert TITLE in firefox.text("main")
    is_read_from_the_right(firefox)

    assert firefox.errors_of(stops.site.url) == []
    assert firefox.ask("WebDriver:GetCookies") == []


def test_errors_in_firefox_are_seen(stops: Stops, firefox: Firefox) -> None:
    """A script that breaks, and what the content security policy forbids."""
    firefox.go(stops.site.url + stops.path("enquiry", "ar"))
    assert firefox.errors_of(stops.site.url) == []
    # Firefox names the file that set the style, or the document, depending on its release.
    planted = f"{stops.site.url}/planted.js"
    firefox.run("setTimeout(() => { throw new Error('planted') })", file=planted)
    firefox.run("document.body.setAttribute('style', 'color: red')", file=planted)
    wait_until(lambda: len(firefox.errors_of(stops.site.url)) >= 2)
    found = "\n".join(firefox.errors_of(stops.site.url))
    assert "planted.js:1 Error: planted" in found
    assert "Content-Security-Policy" in found
