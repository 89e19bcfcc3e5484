"""What only a browser tells of the admin's fields: the calendar beside a date, and the search for skills."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from demo import content_files as content
from tests.browser.support.desk import Desk
from tests.local.processes import wait_until

WRITTEN = ("12/12/2031 14:00", "12 dec 2031 14:00", "12.12.2031 14:00", "20311212", "3/4/2031 14:00", "på fredag")

# What is written, and where it stands.
SIDES = (("نان گرم و چای", "right"), ("Varmt bröd", "left"))


def test_what_is_typed_as_a_date_stays_and_is_told_at_its_field(log_in: Callable[..., Page]) -> None:
    desk = Desk(log_in("editor"))
    desk.open_list(content.read("sv", "pages/home")["title"], content.read("sv", "pages/experiences")["title"])
    desk.new_page()
    desk.fill(title="Ett datum")
    desk.tab(2)
    desk.add_row("dates", 0, start=WRITTEN[0], seats="6")
    start, calendar = desk.field("dates-0-start"), desk.page.locator(".xdsoft_datetimepicker:visible")
    for written in WRITTEN:
        start.click()
        start.fill(written)
        expect(calendar).to_have_count(0)
        start.blur()
        expect(start).to_have_value(written)
    start.fill("3/4/2031 14:00")
    desk.page.locator("button.action-save:visible").click()
    expect(desk.error_at("start").first).to_have_text("Det kan vara två dagar. Skriv 2031-04-03 eller 2031-03-04.")
    expect(start).to_have_value("3/4/2031 14:00")
    desk.tab(2)
    desk.fill(**{"dates-0-start": "12 dec 2031 kl 14"})
    desk.save()
    expect(start).to_have_value("2031-12-12 14:00")


def test_skills_are_added_by_searching_and_a_click_loses_none(log_in: Callable[..., Page]) -> None:
    desk = Desk(log_in("editor"))
    desk.open_list(content.read("sv", "pages/home")["title"], content.read("sv", "pages/hosts")["title"])
    desk.page.get_by_role("link", name="Nour Issa", exact=True).first.click()
    desk.tab(2)
    skills = desk.page.locator("[data-contentpath=skills]")
    had = skills.locator("input:checked").count()
    assert had
    search = skills.get_by_role("combobox")
    search.click()
    first = skills.get_by_role("option").first
    added = first.inner_text()
    search.fill(added[:4].upper())
    search.press("Enter")
    chosen = skills.get_by_role("listitem")
    expect(chosen).to_have_count(had + 1)
    expect(skills.locator("input:checked")).to_have_count(had + 1)
    search.click()
    desk.page.mouse.click(700, 600)
    expect(chosen).to_have_count(had + 1)
    skills.get_by_role("button", name=f"Ta bort {added}").click()
    expect(chosen).to_have_count(had)
    expect(skills.get_by_role("status")).to_have_text(f"{added} har tagits bort.")


def side_of_the_ink(field: Locator) -> str:
    """Where what was written stands in its field: left or right. By its picture: no property tells."""
    picture = Image.open(BytesIO(field.screenshot(animations="disabled"))).convert("L")
    inside = picture.crop((8, 8, picture.width - 8, min(picture.height - 8, 60)))
    paper = inside.getpixel((inside.width // 2, 2))
    columns = [
        x
        for x in range(inside.width)
        if any(abs(inside.getpixel((x, y)) - paper) > 60 for y in range(inside.height))  # type: ignore[operator]
    ]
    return "right" if sum(columns) / len(columns) > inside.width / 2 else "left"


def test_dari_in_a_swedish_page_stands_to_the_right_while_one_writes(log_in: Callable[..., Page]) -> None:
    """A quote as it was said, and any other field: a name, a guest's words, an answer to an enquiry."""
    desk = Desk(log_in("editor"))
    desk.open_list(content.read("sv", "pages/home")["title"], content.read("sv", "pages/hosts")["title"])
    desk.new_page()
    title = desk.field("title")
    desk.tab(1)
    desk.add_block("story", 0, "Citat")
    original = desk.field("story-0-value-original")
    for words, side in SIDES:
        original.fill(words)
        wait_until(lambda side=side: side_of_the_ink(original) == side, f"{words} is on the {side}")
    desk.tab(0)
    for words, side in SIDES:
        title.fill(words)
        wait_until(lambda side=side: side_of_the_ink(title) == side, f"{words} is on the {side}")
    title.fill("")


def test_who_writes_a_long_line_is_told_how_much_room_is_left_and_what_was_cut(log_in: Callable[..., Page]) -> None:
    desk = Desk(log_in("editor"))
    desk.open_list(content.read("sv", "pages/home")["title"], content.read("sv", "pages/hosts")["title"])
    desk.new_page()
    line = desk.field("line")
    told = desk.page.locator("[data-contentpath=line] .room-left")
    line.fill("a" * 100)
    expect(told).to_have_count(0)
    line.fill("a" * 112)
    expect(told).to_have_text("Tecken kvar: 28")
    line.fill("a" * 30)
    expect(told).to_have_text("")
    paste(line, "b" * 120)
    expect(told).to_have_text("Fullt. Så många tecken kapades i slutet: 10")
    expect(line).to_have_value("a" * 30 + "b" * 110)
    desk.tab(1)
    desk.page.locator("[data-contentpath=story] .c-sf-add-button").last.click()
    desk.page.get_by_role("option", name="Fråga mig gärna om", exact=True).click()
    question = desk.page.locator("[name='story-0-value-questions-0-value']")
    question.fill("c" * 150)
    expect(question.locator("xpath=following-sibling::*[1]")).to_have_text("Tecken kvar: 10")


def paste(field: Locator, words: str) -> None:
    """At the end of what is there, as from another program."""
    field.press("End")
    field.evaluate(
        """(field, words) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", words);
            field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
            document.execCommand("insertText", false, words);
        }""",
        words,
    )


def test_what_was_typed_outlasts_the_session(log_in: Callable[..., Page]) -> None:
    page = log_in("editor")
    desk = Desk(page)
    desk.open_list(content.read("sv", "pages/home")["title"], content.read("sv", "pages/hosts")["title"])
    desk.new_page()
    desk.fill(title="Rosa", line="Knyter hängmattor.")
    page.context.clear_cookies(name="sessionid")
    page.locator("button.action-save:visible").click()
    expect(page.get_by_role("heading", name="Du har loggats ut")).to_be_visible()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Logga in i en ny flik").click()
    opened.value.locator("input[name=username]").fill("editor")
    opened.value.locator("input[name=password]").fill("demo-editor")
    opened.value.locator("form button[type=submit]").click()
    expect(opened.value).to_have_url(re.compile("/admin/$"))
    page.get_by_role("button", name="Skicka igen").click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(desk.field("line")).to_have_value("Knyter hängmattor.")
