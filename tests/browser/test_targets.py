"""Whoever is led to a place on a page sees it: by a link, by an address, by the focus that a refused form gives."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.stops import AFTER_A_POST, LANGUAGES, STOPS, Stops

WINDOWS = ((390, 844), (1280, 800))
OUD = "/sv/upplevelser/lyssna-pa-oud-i-skymningen/"
LONGEST_SCROLL = 5  # seconds
MOST_WORDS = 160  # letters that an editor's question and its hint may have

# Links that a reader can follow to a place on a page, by what they lead to.
LINKS = """() => [...document.querySelectorAll("a[href*='#']")]
  .filter(link => link.checkVisibility({visibilityProperty: true}) && link.hash)
  .map(link => link.getAttribute("href"))"""
# What must be seen together: the place, and what says what it is.
SIGHT = """place => {
  const byId = names => (names || "").split(" ").map(name => name && document.getElementById(name)).filter(Boolean);
  const group = place.closest("fieldset");
  const said = place.matches("input, select, textarea")
    ? [place, ...place.labels, ...byId(place.getAttribute("aria-describedby")), group?.querySelector("legend"),
       ...byId(group?.getAttribute("aria-describedby"))]
    : [...byId(place.getAttribute("aria-labelledby")), place.querySelector("h1, h2, h3, legend") || place];
  const root = document.documentElement, box = place.getBoundingClientRect();
  const length = value => parseFloat(value) || 0;
  return {
    hidden: said.filter(Boolean).map(part => [part, part.getBoundingClientRect()])
      .filter(([, at]) => at.top < -1 || at.bottom > innerHeight + 1)
      .map(([part, at]) => `${part.tagName} ${part.textContent.trim().slice(0, 30)} ${at.top}–${at.bottom}`),
    off: box.top - length(getComputedStyle(root).scrollPaddingBlockStart)
      - length(getComputedStyle(place).scrollMarginBlockStart),
    rest: root.scrollHeight - innerHeight - scrollY,
    focused: document.activeElement === place,
    section: place.matches("section, h2"),
  };
}"""

# Every field wrong, as no browser would let it be.
NONSENSE = """() => {
  for (const field of document.querySelector("form[method=post]").elements) {
    if (field.type === "radio") { field.value = "x"; field.checked = true; }
    else if (field.type === "date") { field.type = "text"; field.value = "x"; }
    else if (field.tagName === "SELECT") field.add(new Option("x", "x", true, true));
    else if (/email|phone|people|extra/.test(field.name)) field.value = "x";
  }
}"""
# The longest that an editor may write above a field.
LONG_WORDS = """length => document.querySelectorAll(".field:has([name^=extra_])").forEach(field => {
  for (const part of field.querySelectorAll("legend, .label, .hint"))
    part.textContent = "Handskar ".repeat(99).slice(0, length);
})"""
FAR_TOO_MANY = """() => document.querySelector("form[method=post]").append(...Array.from({length: 10_001}, () =>
  Object.assign(document.createElement("input"), {type: "hidden", name: "message", value: "x"})))"""
BEGINNING = """selector => [selector + " h2, " + selector + " h3", selector + " a, " + selector + " p"]
  .map(part => document.querySelector(part).getBoundingClientRect())
  .every(box => box.top >= 0 && box.bottom <= innerHeight)"""


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with how the place of that name is shown, once the page lies still."""
    deadline = time.monotonic() + LONGEST_SCROLL
    before, found = None, faults_now(page, name)
    while (found and time.monotonic() < deadline) or before != (before := page.evaluate("scrollY")):
        page.wait_for_timeout(60)
        found = faults_now(page, name)
    return found


def faults_now(page: Page, name: str) -> list[str]:
    place = page.locator(f"[id='{name}']")
    if not place.count():
        return [f"#{name}: there is no such place"]
    sight = place.evaluate(SIGHT)
    found = [f"#{name}: not in view: {part}" for part in sight["hidden"]]
    # At its place from the first: as far from the edge as the styles say, or at the end of the page.
    if abs(sight["off"]) > 2 and not (sight["off"] > 0 and sight["rest"] <= 2):
        found.append(f"#{name}: {sight['off']:.0f} px from its place")
    if not sight["section"] and not sight["focused"]:
        found.append(f"#{name}: without the focus")
    return found


def name_in(link: str) -> str:
    return unquote(urldefrag(link).fragment)


def follow(page: Page, link: str) -> list[str]:
    """By keyboard, from wherever the link stands."""
    way = page.locator(f"a[href='{link}']:visible").first
    way.focus()
    way.press("Enter")
    page.wait_for_load_state()
    return [f"by link {fault}" for fault in faults(page, name_in(link))]


def links_in(page: Page) -> list[str]:
    """One of each: days differ in their digits only."""
    links: list[str] = page.evaluate(LINKS)
    return list({re.sub(r"\d+", "0", link): link for link in reversed(links)}.values())


def walk(page: Page, come: Callable[[], Any], address: str = "") -> list[str]:
    """What is wrong on the way by each link to a place, and by the address of each place on the page itself."""
    come()
    here, links, found = page.url, links_in(page), []
    assert links, "no link leads to a place"
    for link in links:
        if urldefrag(page.url).url != urldefrag(here).url:
            come()
        found += follow(page, link)
        page.evaluate("scrollTo({top: 0, behavior: 'instant'})")
    for name in dict.fromkeys(urldefrag(link).fragment for link in links if address and link.startswith("#")):
        page.goto("about:blank")
        page.goto(f"{address}#{name}")
        found += [f"by address {fault}" for fault in faults(page, unquote(name))]
    return found


@pytest.mark.parametrize(("kind", "language"), STOPS)
def test_every_place_is_in_view_at_once(kind: str, language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    address = "" if kind in AFTER_A_POST else stops.path(kind, language)
    found = {}
    for window in WINDOWS:
        page = arrive(*window, language=language, reduced_motion="reduce")
        found[window] = walk(page, partial(stops.visit, page, kind, language), address)
    assert not any(found.values()), found


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_main_button_and_a_day_lead_to_the_form(
    language: str, scripts: bool, stops: Stops, arrive: Callable[..., Page]
) -> None:
    """However far it glides, past pictures that nobody has seen yet."""
    found = {}
    for window in WINDOWS:
        page = arrive(*window, language=language, scripts=scripts)
        stops.visit(page, "experience", language)
        found[window] = follow(page, "#form")
        day = next(link for link in links_in(page) if "?date=" in link)
        page = arrive(*window, language=language, scripts=scripts)
        page.goto(urljoin(stops.path("experience", language), day))
        found[window] += faults(page, "form")
        expect(page.locator("[name=when_date]")).to_have_value(re.compile("^20"))
    assert not any(found.values()), found


# --- A form that is refused ------------------------------------------------------------------------------------------
def in_focus(page: Page, selector: str) -> list[str]:
    """What is wrong with where the focus is: its heading and its first words are to be seen."""
    box = page.locator(selector)
    expect(box).to_be_focused()
    deadline = time.monotonic() + LONGEST_SCROLL
    while not page.evaluate(BEGINNING, selector) and time.monotonic() < deadline:
        page.wait_for_timeout(60)
    page.wait_for_timeout(200)
    return [] if page.evaluate(BEGINNING, selector) else [f"{selector} is not in view: {box.bounding_box()}"]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refused_form_shows_what_is_wrong_and_leads_to_each_field(
    language: str, scripts: bool, stops: Stops, arrive: Callable[..., Page]
) -> None:
    """The summary when the page comes; behind each of its links the field, its label, its hint and its error."""
    found: dict[Any, list[str]] = {}
    for window in WINDOWS:
        page = arrive(*window, language=language, scripts=scripts)
        page.goto(stops.alternates(OUD)[language])
        page.evaluate(NONSENSE)
        with page.expect_navigation() as navigation:
            page.locator("form[method=post] button[type=submit]").click()
        assert navigation.value.status == 422
        found[window] = in_focus(page, "#enquiry-errors")
        page.emulate_media(reduced_motion="reduce")
        page.evaluate(LONG_WORDS, MOST_WORDS)
        links = page.locator("#enquiry-errors a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
        assert len(links) >= 8, links
        for link in links:
            found[window] += follow(page, link)
    assert not any(found.values()), found


@pytest.mark.parametrize("language", LANGUAGES)
def test_filters_that_make_no_sense_lead_to_their_fields(
    language: str, stops: Stops, arrive: Callable[..., Page]
) -> None:
    address = f"{stops.path('experiences', language)}?kind=x&people=x&when=x&language=x"
    for window in WINDOWS:
        page = arrive(*window, language=language, reduced_motion="reduce")
        assert not walk(page, partial(page.goto, address), address)


def test_a_form_that_could_not_be_read_says_so_in_view(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(*WINDOWS[0])
    stops.visit(page, "enquiry", "sv")
    page.evaluate(FAR_TOO_MANY)
    with page.expect_navigation() as navigation:
        page.locator("form[method=post] button[type=submit]").click()
    assert navigation.value.status == 400
    assert not in_focus(page, "[autofocus]")
