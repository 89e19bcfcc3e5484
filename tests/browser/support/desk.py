"""An editor's hands in Wagtail's admin: what is pressed to write, publish and translate a page."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect


class Desk:
    """The browser of somebody who has logged in to the admin."""

    def __init__(self, page: Page) -> None:
        self.page = page

    # --- Going places ------------------------------------------------------------------------------------------------
    def open_list(self, *titles: str) -> None:
        """By the page tree: home, section, …"""
        self.page.goto("/admin/pages/")
        for title in titles:
            row = self.page.get_by_role("row").filter(has=self.page.get_by_role("link", name=title, exact=True))
            row.locator("td.children a").click()
            expect(self.page.locator(".w-slim-header")).to_contain_text(title)

    def new_page(self) -> None:
        """Below the list that is open, which takes one kind of page only."""
        self.page.locator(".w-slim-header a[href$='/add_subpage/']").first.click()
        expect(self.page.locator("#page-edit-form")).to_be_visible()

    def edit(self, title: str) -> None:
        """From the list that is open."""
        self.page.get_by_role("link", name=title, exact=True).first.click()
        expect(self.page).to_have_url(re.compile("/edit/$"))

    def tab(self, number: int) -> None:
        self.page.locator("#page-edit-form [role=tab]").nth(number).click()

    # --- Writing -----------------------------------------------------------------------------------------------------
    def field(self, name: str) -> Locator:
        return self.page.locator(f"#page-edit-form [name='{name}']")

    def fill(self, **words: str) -> None:
        """And leave the last field, as somebody does who looks up."""
        for name, text in words.items():
            self.field(name).fill(text)
            self.field(name).blur()

    def add_choices(self, name: str, *choices: str) -> None:
        """To a field of several, by its search field."""
        several = self.page.locator(f"[data-contentpath='{name}']")
        for choice in choices:
            several.get_by_role("combobox").fill(choice)
            several.get_by_role("combobox").press("Enter")
            expect(several.get_by_role("listitem").filter(has_text=choice)).to_be_visible()

    def add_block(self, stream: str, number: int, label: str, **words: str) -> None:
        """At the end of a stream; `number`: how many blocks it has. Words by the fields of the block."""
        self.page.locator(f"[data-contentpath='{stream}'] .c-sf-add-button").last.click()
        self.page.get_by_role("option", name=label, exact=True).click()
        expect(self.page.locator(f"input[name='{stream}-{number}-type']")).to_be_attached()
        self.fill(**{f"{stream}-{number}-value-{name}": text for name, text in words.items()})

    def add_item(self, stream: str, number: int, words: str) -> None:
        """To a stream that has one kind of block, which is a line."""
        self.page.locator(f"[data-contentpath='{stream}'] .c-sf-add-button").last.click()
        self.field(f"{stream}-{number}-value").fill(words)

    def add_row(self, rows: str, number: int, **words: str) -> None:
        """At the end of a list of rows (dates, hosts); `number`: how many there are."""
        self.page.locator(f"#id_{rows}-ADD").click()
        self.fill(**{f"{rows}-{number}-{name}": text for name, text in words.items()})
        self.page.keyboard.press("Tab")

    def choose(self, field: str, title: str, *, search: bool = False) -> None:
        """In a chooser's window, by the title of what is chosen; `search` for it where there are many."""
        self.page.locator(f"[id='id_{field}-chooser'] [data-chooser-action-choose]:visible").click()
        window = self.page.locator(".modal-content")
        expect(window).to_be_visible()
        if search:
            window.locator("input[name=q]").fill(title)
        window.get_by_role("link", name=title, exact=True).first.click()
        expect(window).to_be_hidden()

    def start_upload(self, field: str, file: Path, title: str) -> Locator:
        """A new picture, from the window of a field: the form, ready to be sent."""
        self.page.locator(f"[id='id_{field}-chooser'] [data-chooser-action-choose]:visible").first.click()
        window = self.page.locator(".modal-content")
        window.get_by_role("tab").nth(1).click()
        form = window.locator("form[enctype='multipart/form-data']")
        form.locator("[name$=-file]").set_input_files(file)
        form.locator("[name$=-title]").fill(title)
        return form

    # --- Looking, saving, publishing ---------------------------------------------------------------------------------
    def preview(self) -> Locator:
        """The page as readers would see it, in the panel beside the form."""
        toggle = self.page.locator("[data-side-panel-toggle=preview]")
        if toggle.get_attribute("aria-expanded") != "true":
            toggle.click()
        return self.page.frame_locator("#w-preview-iframe").locator("main")

    def save(self) -> None:
        self.page.locator("button.action-save:visible").click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def press_publish(self) -> None:
        self.page.locator("footer .w-dropdown__toggle, .footer .w-dropdown__toggle").last.click()
        self.page.locator("button[name=action-publish]:visible").click()

    def publish(self) -> None:
        self.press_publish()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def error_at(self, field: str) -> Locator:
        """What is said at a field."""
        return self.page.locator(f"[data-contentpath='{field}'] .w-field__errors")

    # --- Translating -------------------------------------------------------------------------------------------------
    def send_to_translation(self) -> None:
        """The page that is open, to every other language."""
        self.page.locator(".w-slim-header .w-dropdown__toggle--icon").first.click()
        self.page.locator("a[href*='/localize/submit/']:visible").click()
        self.page.locator("[name=select_all]").check()
        self.page.locator("main form [type=submit]").click()
        expect(self.page.locator(".messages .success")).to_be_visible()

    def translate(self, words: dict[str, str]) -> None:
        """Each text of the translation that is open, by the Swedish; then publish. Every text must be in `words`.

        The slug stays as it is. Only the first is opened: "Save" goes on to the next, on the next tab too.
        """
        waiting = self.page.locator("main li.incomplete:not([data-may-stay])")
        expect(waiting.first).to_be_attached()
        waiting.first.get_by_role("button").last.click()
        for left in range(waiting.count(), 0, -1):
            text = self.page.locator("main li.incomplete").filter(has=self.page.locator("textarea:focus"))
            swedish = text.locator("p").first.inner_text()
            text.locator("textarea").fill(words[swedish])
            text.locator("button").last.click()
            expect(waiting).to_have_count(left - 1)
        self.page.locator("button[name=action][value=publish]").click()
        expect(self.page.locator(".messages .success")).to_be_visible()
