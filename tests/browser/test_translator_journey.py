"""A translator's day: from the admin's first page to the sentence that waits, and on to the next one."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Dialog, Locator, Page, expect

from demo import content_files as content
from tests.browser.support.desk import Desk

TITLE = "Så blir en matta till"
LEAD, NEW_LEAD = "Vi väver på en vävstol från Orrefors.", "Vi väver på två vävstolar från Orrefors."
DESCRIPTION = "Om hur en matta blir till."
# The slug stays as it is: it neither waits nor opens.
ARABIC = {TITLE: "كيف تولد السجادة", LEAD: "ننسج على نول من أوريفورس."}
NEW_ARABIC = "ننسج على نولين من أوريفورس."
PUBLISH = "button[name=action][value=publish]"


@pytest.fixture
def editor(log_in: Callable[..., Page]) -> Desk:
    """Has written a page, had it translated into Arabic, and then changed a sentence and written another."""
    desk = Desk(log_in("editor"))
    write_a_page(desk)
    desk.send_to_translation()
    desk.open_list(content.read("ar", "pages/home")["title"])
    desk.edit(TITLE)
    desk.translate(ARABIC)
    desk.open_list(content.read("sv", "pages/home")["title"])
    desk.edit(TITLE)
    desk.fill(lead=NEW_LEAD)
    desk.tab(1)
    desk.fill(search_description=DESCRIPTION)
    desk.publish()
    return desk


def write_a_page(desk: Desk) -> None:
    desk.open_list(content.read("sv", "pages/home")["title"])
    desk.new_page()
    desk.fill(title=TITLE, lead=LEAD)
    desk.publish()
    desk.edit(TITLE)


def waits_in_arabic(page: Page) -> Locator:
    """The page in the list on the admin's first page."""
    return page.locator("#waiting-translations-section li").filter(has_text=ARABIC[TITLE])


def nothing_is_asked_of_who_only_looked(page: Page) -> None:
    """A sentence is open for writing; who has written nothing leaves without a question."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    for written, question in (("", []), ("نعم", ["beforeunload"])):
        waits_in_arabic(page).get_by_role("link", name=NEW_LEAD).click()
        field = page.locator("li textarea")
        expect(field).to_be_focused()
        field.press_sequentially(written)
        page.goto("/admin/")
        assert asked == question
    page.remove_listener("dialog", answer)


@pytest.mark.slow
def test_a_translator_goes_from_the_first_page_to_the_sentence_and_on(
    editor: Desk, log_in: Callable[..., Page]
) -> None:
    page = log_in("translator")
    nothing_is_asked_of_who_only_looked(page)
    waits_in_arabic(page).get_by_role("link", name=NEW_LEAD).click()
    address = page.url

    # Open, focused, from right to left, upright; the earlier Swedish beside the new one.
    sentence = page.locator("li.errored, li.incomplete").filter(has=page.locator("textarea"))
    field = sentence.locator("textarea")
    expect(field).to_be_focused()
    expect(field).to_have_value(ARABIC[LEAD])
    expect(sentence.locator(".earlier p")).to_have_text(LEAD)
    assert sentence.locator("del").all_inner_texts() == ["en", "vävstol"]
    assert sentence.locator("ins").all_inner_texts() == ["två", "vävstolar"]
    style = "field => [getComputedStyle(field).direction, getComputedStyle(field).fontStyle]"
    assert field.evaluate(style) == ["rtl", "normal"]
    assert field.evaluate("field => field.closest('[lang]').lang") == "ar"
    # A PO file is offered once, while something waits.
    expect(page.locator("a[download]:visible")).to_have_count(1)

    field.fill(NEW_ARABIC)
    sentence.locator("button").last.click()
    # On the next tab.
    following = page.locator("li.incomplete").filter(has=page.locator("textarea:focus"))
    expect(following.locator("p").first).to_have_text(DESCRIPTION)
    expect(page.locator(".earlier")).to_have_count(0)
    following.locator("textarea").fill("كيف تولد سجادة.")
    following.locator("textarea").press("Enter")
    expect(page.locator(PUBLISH)).to_be_focused()
    expect(page.locator("a[download]:visible")).to_have_count(0)

    leave_before_publishing(page)
    page.go_back()
    page.goto(address)
    publish_and_be_told(page)
    page.goto("/admin/")
    expect(waits_in_arabic(page)).to_have_count(0)


def leave_before_publishing(page: Page) -> None:
    """Who leaves comes back to the button by the first page."""
    page.goto("/admin/")
    expect(waits_in_arabic(page)).to_contain_text("Översatt, inte publicerad än.")
    waits_in_arabic(page).get_by_role("link", name="Läs igenom och publicera").click()
    expect(page.locator(PUBLISH)).to_be_focused()


def publish_and_be_told(page: Page) -> None:
    """No sentence opens again, and the message with the way on is in view."""
    expect(page.locator("li textarea")).to_have_count(0)
    page.locator(PUBLISH).press("Enter")
    message = page.locator(".messages .success")
    expect(message).to_be_in_viewport()
    expect(message.get_by_role("link", name="Visa publicerad")).to_be_visible()
    assert "#" not in page.url


def test_on_a_phone_no_panel_and_no_button_covers_the_editor(log_in: Callable[..., Page]) -> None:
    page = log_in("editor", width=390)
    page.goto("/admin/pages/")
    page.get_by_role("link", name=content.read("sv", "pages/home")["title"], exact=True).first.click()
    panel = page.locator(".form-side")
    page.locator("[data-side-panel-toggle='status']").click()
    expect(panel).to_have_class(re.compile("form-side--open"))
    page.reload()
    expect(page.locator("body")).to_have_class(re.compile("ready"))
    page.wait_for_timeout(200)  # Wagtail opens it a moment after the page is ready.
    expect(panel).not_to_have_class(re.compile("form-side--open"))

    page.goto("/admin/account/")
    page.locator("main form [type=submit]").last.click()
    message = page.locator(".messages .success")
    expect(message).to_be_visible()
    button = page.locator(".sidebar-nav-toggle").bounding_box()
    assert button
    assert button["y"] == 0
    padding = message.evaluate("message => parseFloat(getComputedStyle(message).paddingInlineStart)")
    assert padding >= button["width"]
