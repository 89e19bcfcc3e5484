"""On a phone, and at the first error: staff, translators and editors see what they have to press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from demo import content_files as content
from tests.browser.support.desk import Desk

WIDTH = 390
INBOX, QUARANTINE = "/admin/enquiries/", "/admin/enquiries/quarantine/"


def is_within(page: Page, thing: Locator) -> bool:
    """Whether all of it is in the window, from side to side."""
    box = thing.bounding_box()
    return box is not None and box["x"] >= 0 and box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        (INBOX, (".w-breadcrumbs li:last-child", "tbody .w-status", "tbody .enquiry-due")),
        (QUARANTINE, (".w-breadcrumbs li:last-child", "tbody .enquiry-judge button")),
    ],
)
def test_staff_see_state_due_time_and_buttons_on_a_phone(log_in: Callable[..., Page], address: str, seen: Any) -> None:
    page = log_in("staff", width=WIDTH)
    page.goto(address)
    for selector in seen:
        for thing in page.locator(selector).all():
            assert is_within(page, thing), selector
    assert page.evaluate("document.querySelector('.enquiry-scroll').scrollWidth") <= WIDTH
    title = page.locator(".w-breadcrumbs")
    assert title.evaluate("element => element.scrollWidth <= element.clientWidth")


def test_a_translator_sees_all_buttons_on_a_phone_and_reads_the_names_of_fields(log_in: Callable[..., Page]) -> None:
    desk = Desk(log_in("translator", width=WIDTH))
    page = desk.page
    desk.open_list(content.read("ar", "pages/home")["title"], content.read("ar", "pages/experiences")["title"])
    desk.edit(content.read("ar", "experiences/lyssna-pa-oud-i-skymningen")["title"])
    expect(page.locator(".js-translation-editor footer")).to_be_attached()
    for button in page.locator(".js-translation-editor footer :is(a, button):visible").all():
        assert is_within(page, button)
    assert is_within(page, page.locator(".page-status-tag:visible"))
    name = page.locator(".js-translation-editor h3:has(+ ul)").first
    assert name.evaluate("heading => getComputedStyle(heading).color") == "rgb(46, 31, 94)"
    page.goto(f"{page.url}#publish")
    page.reload()
    expect(page.locator("button[name=action][value=publish]")).to_be_focused()
    expect(page.locator("button[name=action][value=publish]")).to_be_in_viewport(ratio=1)


def test_an_error_in_the_schedule_is_one_click_away(log_in: Callable[..., Page]) -> None:
    desk = Desk(log_in("editor"))
    page = desk.page
    desk.open_list(content.read("sv", "pages/home")["title"])
    desk.new_page()
    desk.fill(title="Tider i fel ordning")
    page.locator("[data-side-panel-toggle='status']").click()
    page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']").first.click()
    dialog = page.locator("#schedule-publishing-dialog")
    dialog.locator("[name=go_live_at]").fill("2031-05-05 12:00")
    dialog.locator("[name=expire_at]").fill("2031-04-05 12:00")
    dialog.locator("[name=expire_at]").blur()
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_be_hidden()
    page.locator(".messages .error button").click()
    expect(dialog).to_be_visible()
    expect(dialog.locator("[name=go_live_at]")).to_be_focused()
