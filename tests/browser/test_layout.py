"""What a reader sees and reaches: on every width, from right to left, by keyboard, on paper, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from demo import content_files as content
from tests.browser.support.stops import LANGUAGES, STOPS, STYLEGUIDE, Stops

WIDTHS = (320, 390, 768, 1280, 1920)
# Where columns begin, or are at their narrowest, too.
MORE_WIDTHS = (320, 390, 768, 960, 1024, 1100, 1200, 1280, 1920)
PHONE = (390, 844)
DIRECTION = {"sv": "ltr", "en": "ltr", "ar": "rtl"}
# WCAG 2.2, 2.5.8, with its exceptions: a link in a line of text, and what has so much room around it.
SMALLEST_TARGET = 24
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  const clipped = ["hidden", "clip"].includes(getComputedStyle(document.documentElement).overflowX)
    || ["hidden", "clip"].includes(getComputedStyle(document.body).overflowX);
  const wide = document.documentElement.scrollWidth > room;
  if (!wide && !clipped) return [];
  const kept = element => element !== document.body
    && (getComputedStyle(element).overflowX !== "visible" || kept(element.parentElement));
  const out = [...document.body.querySelectorAll("*")].filter(element => {
    const box = element.getBoundingClientRect();
    return box.width && (box.right > room + 1 || box.left < -1) && !kept(element.parentElement);
  });
  return [`scrolls to ${document.documentElement.scrollWidth}, clipped: ${clipped}`,
    ...out.slice(0, 8).map(element => `${element.tagName}.${element.className}`)];
}"""
SMALL_TARGETS = """smallest => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter(element => element.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(element => !element.closest(".visually-hidden, .skip, [inert]") && element.type !== "hidden")
  .filter(element => getComputedStyle(element).display !== "inline" || !element.closest("p *, li *, dd *, address *"))
  .map(element => [element, (element.closest("label") || element).getBoundingClientRect()])
  .filter(([element, box]) => box.width > 1 && (box.width < smallest || box.height < smallest))
  .map(([element, box]) => `${element.outerHTML.slice(0, 90)} ${box.width}×${box.height}`)"""

# A browser that knows the language may hyphenate; what breaks only as long as a word may be cut anywhere, is cut. Words
# of the style guide that are too long for any column are left out.
CUT_WORDS = """() => {
  const words = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const within = node.parentElement;
    if (!within.closest("h1, h2, h3, h4, .facts, .timeline, .booking")) continue;
    if (within.closest(".visually-hidden, [data-words-too-long]")) continue;
    for (const word of within.checkVisibility() ? node.data.matchAll(/\\S+/g) : []) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      words.push(range);
    }
  }
  const lines = () => words.map(word =>
    new Set([...word.getClientRects()].filter(box => box.width).map(box => Math.round(box.top))).size);
  const now = lines(), whole = new CSSStyleSheet();
  whole.replaceSync("* { overflow-wrap: normal !important; word-break: normal !important }");
  document.adoptedStyleSheets = [whole];
  const uncut = lines();
  document.adoptedStyleSheets = [];
  return words.filter((_, number) => now[number] > uncut[number]).map(word => `cut: ${word}`);
}"""


@pytest.mark.parametrize(("kind", "language"), [*STOPS, *STYLEGUIDE])
def test_it_fits(kind: str, language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    """Nothing hangs out sideways, no word is cut, the page reads in its direction, a finger hits what is pressed."""
    page = arrive(*PHONE, language=language)
    stops.visit(page, kind, language)
    expect(page.locator("html")).to_have_attribute("dir", DIRECTION[language])
    assert page.evaluate("getComputedStyle(document.body).direction") == DIRECTION[language]
    found: dict[int, Any] = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        found[width] = [
            *page.evaluate(SIDEWAYS),
            *page.evaluate(SMALL_TARGETS, SMALLEST_TARGET),
            *page.evaluate(CUT_WORDS),
        ]
    assert not any(found.values()), found
    letters_of_double_size_fit(page)


def letters_of_double_size_fit(page: Page) -> None:
    """The size that a reader has set in the browser, not by zooming."""
    page.set_viewport_size({"width": 390, "height": 844})
    page.context.new_cdp_session(page).send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") > 32
    found = page.evaluate(SIDEWAYS)
    assert not found, ["with letters of double size", *found]


class Box(NamedTuple):
    """Where an element is in the window, in CSS pixels."""

    top: float
    bottom: float


def box_of(element: Locator) -> Box:
    found = element.bounding_box()
    assert found
    return Box(found["y"], found["y"] + found["height"])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", content.names("experiences"))
def test_an_experience_keeps_its_words_whole(
    name: str, language: str, stops: Stops, arrive: Callable[..., Page]
) -> None:
    """Times, prices and headings are of any length; each page has its own."""
    page = arrive(*PHONE, language=language)
    page.goto(stops.alternates(f"/sv/upplevelser/{content.read('sv', name)['slug']}/")[language])
    cut: dict[int, Any] = {}
    for width in MORE_WIDTHS:
        page.set_viewport_size({"width": width, "height": 844})
        cut[width] = page.evaluate(CUT_WORDS)
    assert not any(cut.values()), cut


def test_what_is_too_wide_or_too_small_is_found(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(*PHONE)
    stops.visit(page, "home", "sv")
    page.evaluate("""() => {
      const button = document.querySelector("main").appendChild(document.createElement("button"));
      Object.assign(button.style, {display: "block", inlineSize: "500px", blockSize: "9px", minBlockSize: "0"});
      document.querySelector("h1").style.inlineSize = "2em";
    }""")
    assert any("BUTTON" in found for found in page.evaluate(SIDEWAYS))
    assert any("<button" in found for found in page.evaluate(SMALL_TARGETS, SMALLEST_TARGET))
    assert page.evaluate(CUT_WORDS)


# --- An experience's first screen ------------------------------------------------------------------------------------
IN_SIGHT = """([words, within]) => {
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  for (let node; node = walker.nextNode();) {
    const at = node.data.replace(/[\\u00a0\\u202f]/g, " ").indexOf(words);
    if (at < 0 || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const box = range.getBoundingClientRect();
    if (box.width && box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth) return true;
  }
  return false;
}"""
ACCENT_BUTTONS = """() => {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.backgroundColor = "var(--accent)";
  const accent = getComputedStyle(probe).backgroundColor;
  probe.remove();
  return [...document.querySelectorAll("a, button, input[type=submit]")].filter(element => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility() && box.height && box.top < innerHeight && box.bottom > 0
      && getComputedStyle(element).backgroundColor === accent;
  }).map(element => [element.textContent.trim(), element.getBoundingClientRect().bottom <= innerHeight]);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", content.names("experiences"))
def test_a_phone_shows_at_once_what_one_chooses_by(
    name: str, language: str, stops: Stops, arrive: Callable[..., Page]
) -> None:
    """Picture, title, host, price, length, group, place, languages and next date above the bar with one button."""
    swedish = content.read("sv", name)
    page = arrive(*PHONE, language=language)
    page.goto(stops.alternates(f"/sv/upplevelser/{swedish['slug']}/")[language])
    picture, title, bar = (box_of(page.locator(part)) for part in (".hero__picture", "h1", ".bar"))
    assert picture.bottom <= title.top
    assert bar.bottom <= PHONE[1]
    facts = page.locator(".facts > div")
    assert facts.count() == 6
    for number in range(6):
        assert box_of(facts.nth(number)).bottom <= bar.top, facts.nth(number).inner_text()
    host = content.read(language, f"providers/{swedish['providers'][0]}")["title"]
    place = content.snippets(language)["places"][swedish["place"]]["name"]
    for words in (str(swedish["group_min"]), str(swedish["group_max"]), place):
        assert page.evaluate(IN_SIGHT, [words, ".facts"]), words
    price = f"{swedish['price']:,}"
    assert any(page.evaluate(IN_SIGHT, [price.replace(",", mark), ".facts"]) for mark in (" ", ",", "")), price
    assert page.evaluate(IN_SIGHT, [host, "main"]), host
    buttons = page.evaluate(ACCENT_BUTTONS)
    paused = swedish["state"] == "paused"
    assert [whole for _, whole in buttons] == ([] if paused else [True]), buttons


# --- Folds, and the bar ---------------------------------------------------------------------------------------------
BREAD = "/sv/upplevelser/baka-brod-pa-het-plat/"


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_a_closed_line_says_the_answer(scripts: bool, stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(*PHONE, scripts=scripts)
    page.goto(BREAD)
    food = page.locator(".fold", has_text="allergener")
    expect(food.locator(".fold__says")).to_have_text("Spannmål (gluten) och sesam")
    expect(food.locator(".fold__in")).to_be_hidden()
    food.locator("summary").click()
    expect(food.locator(".fold__in")).to_be_visible()
    expect(food.locator(".fold__says")).to_be_hidden()
    for fold in page.locator(".folds > .fold").all():
        assert fold.locator(".fold__says").evaluate("says => says.textContent.trim()")


@pytest.mark.parametrize("media", ["screen", "print"])
def test_on_a_laptop_and_on_paper_nothing_is_folded(media: Any, stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(1280 if media == "screen" else 794, 1123, scripts=False)
    page.goto(BREAD)
    page.emulate_media(media=media)
    folds = page.locator(".folds > .fold > .fold__in")
    assert folds.count() >= 7
    for number in range(folds.count()):
        assert folds.nth(number).evaluate("inside => inside.checkVisibility() && inside.offsetHeight > 0"), number


def test_an_address_opens_the_fold_that_it_names(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(*PHONE, scripts=False)
    page.goto(f"{BREAD}#gift")
    expect(page.locator("#gift")).to_be_visible()


def test_the_bar_stays_while_one_reads_and_leaves_at_the_form(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(*PHONE, scripts=False)
    page.goto(BREAD)
    bar = page.locator(".bar")
    page.locator(".timeline").scroll_into_view_if_needed()
    assert box_of(bar).bottom == PHONE[1]
    bar.get_by_role("link").click()
    expect(page.locator("#form-h")).to_be_in_viewport()
    expect(bar).not_to_be_in_viewport()


def test_the_bar_covers_nothing_that_has_the_focus(stops: Stops, arrive: Callable[..., Page]) -> None:
    """WCAG 2.2, 2.4.11."""
    page = arrive(*PHONE)
    page.goto(BREAD)
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        if focused.evaluate("element => element.matches('.bar *')"):
            return
        assert box_of(focused).bottom <= box_of(page.locator(".bar")).top + 1, focused.inner_text()
    raise AssertionError("The bar was not reached.")


# --- By keyboard -----------------------------------------------------------------------------------------------------
FOCUSED = """() => {
  const element = document.activeElement, style = getComputedStyle(element);
  return {
    words: element.textContent.trim().slice(0, 40), name: element.name || "",
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def tab_to(page: Page, selector: str, most: int = 80) -> list[dict[str, Any]]:
    """Press Tab until `selector` has the focus; gives all that had it on the way. Each shows that it has it."""
    way = []
    for _ in range(most):
        page.keyboard.press("Tab")
        way.append(page.evaluate(FOCUSED))
        assert way[-1]["ring"], way[-1]
        expect(page.locator("*:focus, [type=date]:focus-within")).to_be_in_viewport()
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return way
    raise AssertionError([step["words"] or step["name"] for step in way])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_tab_leads_past_the_menu(language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(*PHONE, language=language)
    stops.visit(page, "experience", language)
    tab_to(page, "a.skip", most=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, "main a, main button", most=1)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_menu_opens_and_closes_by_keyboard(scripts: bool, stops: Stops, arrive: Callable[..., Page]) -> None:
    """A popover needs no script; Escape closes it, and the focus is back where it was."""
    page = arrive(*PHONE, scripts=scripts)
    stops.visit(page, "home", "sv")
    menu = page.locator("#nav")
    expect(menu).to_be_hidden()
    page.locator(".menu-button").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.locator(".menu-button")).to_be_focused()


def test_the_menu_stands_open_where_there_is_room(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(1280)
    stops.visit(page, "home", "sv")
    expect(page.locator("#nav a").first).to_be_visible()
    expect(page.locator(".menu-button")).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_another_language_is_two_keys_away(scripts: bool, stops: Stops, arrive: Callable[..., Page]) -> None:
    """The same page in the other language, not its home page."""
    page = arrive(1280, scripts=scripts)
    stops.visit(page, "host", "sv")
    page.locator(".lang__button").focus()
    page.keyboard.press("Enter")
    arabic = page.locator(".lang a[hreflang=ar]")
    expect(arabic).to_be_visible()
    page.keyboard.press("Escape")
    expect(arabic).to_be_hidden()
    expect(page.locator(".lang__button")).to_be_focused()
    page.keyboard.press("Enter")
    arabic.focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "ar")
    expect(page).to_have_url(stops.site.url + stops.path("host", "ar"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_is_filled_in_by_keyboard(language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    """Its fields come in the order in which they stand, and the field that people do not see is passed by."""
    page = arrive(1280, language=language)
    stops.visit(page, "enquiry", language)
    way = tab_to(page, "form[method=post] button[type=submit]")
    names = [step["name"] for step in way if step["name"]]
    shown = page.locator("form[method=post]").evaluate(
        """form => [...form.elements].filter(element => element.name && element.type !== "hidden"
             && element.tabIndex >= 0).map(element => element.name)"""
    )
    assert list(dict.fromkeys(names)) == list(dict.fromkeys(shown))


# --- Other ways to read ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("kind", "language"), [stop for stop in STOPS if stop[1] == "ar"])
def test_nothing_needs_a_script(kind: str, language: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    """The same words are seen with and without."""
    seen = []
    for scripts in (True, False):
        page = arrive(*PHONE, language=language, scripts=scripts)
        stops.visit(page, kind, language)
        seen.append(page.locator("body").inner_text())
    assert seen[0] == seen[1]


@pytest.mark.parametrize("kind", ["home", "experience", "host", "standard", "confirmation"])
def test_paper_has_the_words_and_not_the_menus(kind: str, stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(794, 1123)
    stops.visit(page, kind, "sv")
    page.emulate_media(media="print")
    expect(page.locator("h1").first).to_be_visible()
    left_out = page.locator("nav, form, .masthead .menu-button, .lang, .skip").all()
    assert len(left_out) >= 4
    for gone in left_out:
        expect(gone).to_be_hidden()
    expect(page.locator(".footer [href^='tel:']")).to_be_visible()
    rows = page.locator(".hangings")
    assert not any(rows.evaluate_all("rows => rows.map(row => row.scrollWidth > row.clientWidth)"))
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


MOVING = """() => [...document.querySelectorAll("*")].filter(element => {
  const style = getComputedStyle(element);
  return [style.transitionDuration, style.animationDuration].join().split(",").some(time => parseFloat(time) > 0.01);
}).map(element => element.className)"""


def test_forced_colours_keep_edges(stops: Stops, arrive: Callable[..., Page]) -> None:
    """Somebody's own colours take ours away; what is a button or a field is still seen as one."""
    page = arrive(*PHONE, forced_colors="active")
    stops.visit(page, "enquiry", "sv")
    for edged in ("form[method=post] button[type=submit]", "form[method=post] input[name=name]"):
        width = page.locator(edged).evaluate("element => parseFloat(getComputedStyle(element).borderTopWidth)")
        assert width >= 1, edged


def test_nothing_moves_for_those_who_want_it_still(stops: Stops, arrive: Callable[..., Page]) -> None:
    page = arrive(1280, reduced_motion="no-preference")
    stops.visit(page, "experiences", "sv")
    page.evaluate("location.hash = 'main'")
    assert page.evaluate(MOVING)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "smooth"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(MOVING) == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
