"""Each word of the admin is said in the reader's language: everything that a role can open is read, word for word.

A drill, as it opens some hundred pages for each role: `make drill admin_words`.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import psycopg
import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext, APIResponse, Page

from demo.logins import PEOPLE
from tests.browser.support.marks import Data, Reader, untranslated
from tests.browser.support.running_site import RunningSite

pytestmark = pytest.mark.drill

SETTINGS = "tests.browser.support.marked_settings"
PAGES = """
    SELECT page.id, content_type.model || ' ' || locale.language_code FROM wagtailcore_page page
    JOIN django_content_type content_type ON content_type.id = page.content_type_id
    JOIN wagtailcore_locale locale ON locale.id = page.locale_id
"""
# Read by administrators only, and still in English.
LEFT_IN_ENGLISH = {
    "/admin/locales/": r"\d+ pages \+ \d+ others",  # put together in wagtail_localize.locales
    "/admin/users/": "True",  # a column of yes and no
    "/admin/workflows/": "Page",  # the name of a row's field
}
TRANSLATION_EDITOR = "wagtailadmin_pages:edit"


LEFT_OUT = {
    "wagtailadmin_logout",
    # The public page.
    *("wagtailadmin_pages:revisions_view", "wagtailadmin_pages:view_draft"),
    # A table of permissions, for administrators: Django's names of them are in English in every language.
    *("wagtailusers_groups:add", "wagtailusers_groups:edit"),
}


class Marked:
    """The running site in the pseudo-language: what people have written there, and of what kind each page is."""

    def __init__(self, database: str) -> None:
        self.data = Data(database)
        with psycopg.connect(database) as connection:
            self.pages = dict(connection.execute(PAGES).fetchall())

    def kind_of(self, path: str) -> str:
        """What tells pages of the admin apart: the view, and of which page type and language its page is."""
        try:
            match = resolve(urlsplit(path).path)
        except Resolver404:
            return ""
        if match.view_name in LEFT_OUT:
            return ""
        page = next((match.kwargs[name] for name in ("page_id", "parent_page_id") if name in match.kwargs), None)
        if page is None and match.view_name.startswith(("wagtailadmin_pages", "wagtailadmin_explore")):
            page = next(iter([*match.args, *match.kwargs.values()]), None)
        kind = self.pages.get(int(page), "") if str(page).isdecimal() else ""
        is_swedish = kind.endswith(" sv") or not kind
        return f"{match.view_name} {kind}" if is_swedish or match.view_name == TRANSLATION_EDITOR else ""

    def address(self, path: str) -> str:
        """`{MODEL LANGUAGE}` in a path becomes the first page of that kind."""
        return path.format_map({kind: number for number, kind in sorted(self.pages.items(), reverse=True)})

    def walk(self, browser: APIRequestContext) -> Iterator[tuple[str, Reader]]:
        """Every kind of page that links lead to from the admin's first page: its path, and what is read there."""
        waiting, seen = deque(["/admin/"]), set()
        while waiting:
            path = waiting.popleft()
            kind = self.kind_of(path)
            if kind and kind not in seen:
                seen.add(kind)
                answer = browser.get(path)
                assert answer.status < 500, f"{answer.status} {path}"
                page = Reader(html_of(answer))
                waiting += page.links
                yield path, page


def html_of(answer: APIResponse) -> str:
    """The page; for a dialog, which comes as JSON, the page in it; else nothing."""
    kind = answer.headers.get("content-type", "")
    if kind.startswith("application/json"):
        words = answer.json()
        return str(words.get("html", words.get("htmlFragment", ""))) if isinstance(words, dict) else ""
    return answer.text() if kind.startswith("text/html") else ""


@pytest.fixture(scope="module")
def marked(site: RunningSite) -> Iterator[Marked]:
    """As long as the tests of this file run."""
    with site.restarted(DJANGO_SETTINGS_MODULE=SETTINGS):
        yield Marked(site.database)


@pytest.mark.parametrize("name", [person.username for person in PEOPLE])
def test_every_page_of_a_role_is_in_one_language(name: str, marked: Marked, log_in: Callable[..., Page]) -> None:
    found: dict[str, str] = {}
    pages = 0
    for path, page in marked.walk(log_in(name).context.request):
        pages += 1
        left = next((words for start, words in LEFT_IN_ENGLISH.items() if path.startswith(start)), "")
        pieces = {piece for piece in untranslated(page.unmarked, marked.data) if not re.fullmatch(left, piece)}
        found |= dict.fromkeys(pieces - set(found), path)
    assert pages > 10
    assert found == {}


# --- What scripts draw ------------------------------------------------------------------------------------------------
def open_explorer(page: Page) -> None:
    page.locator(".sidebar-page-explorer-item button").first.click()
    page.locator(".c-page-explorer").first.wait_for()


def open_panels(page: Page) -> None:
    """The preview, the checks beside it, the status of the page."""
    for name in ("preview", "checks", "status"):
        page.locator(f"[data-side-panel-toggle={name}]").click()
        page.wait_for_timeout(1000)


def add_a_block(page: Page) -> None:
    page.locator("[data-contentpath=story] .c-sf-add-button").last.click()
    page.locator(".w-combobox__option").first.wait_for()


def choose_a_page(page: Page) -> None:
    page.locator("[id$='-provider-chooser'] [data-chooser-action-choose]:visible").first.click()
    page.locator(".modal-content").wait_for()


def select_a_row(page: Page) -> None:
    page.locator("tbody [data-bulk-action-checkbox]").first.check()


def upload_a_picture(page: Page) -> None:
    """Of no kind that is taken."""
    page.locator("#fileupload").set_input_files({"name": "1.2", "mimeType": "text/plain", "buffer": b"a"})
    page.wait_for_timeout(1000)


def wait_for_the_translation_editor(page: Page) -> None:
    page.locator("main [role=tab]").first.wait_for()


STOPS: list[tuple[str, Callable[[Page], None]]] = [
    ("/admin/", open_explorer),
    ("/admin/pages/{experiencepage sv}/edit/", open_panels),
    ("/admin/pages/{experiencepage sv}/edit/", add_a_block),
    ("/admin/pages/add/experiences/experiencepage/{experienceindexpage sv}/", choose_a_page),
    ("/admin/pages/{experiencepage ar}/edit/", wait_for_the_translation_editor),
    ("/admin/pages/{experienceindexpage sv}/", select_a_row),
    ("/admin/images/multiple/add/", upload_a_picture),
    ("/admin/snippets/experiences/skill/", select_a_row),
]


@pytest.mark.parametrize(("address", "press"), STOPS, ids=[press.__name__ for _, press in STOPS])
def test_what_scripts_draw_is_in_one_language(
    address: str, press: Callable[[Page], None], marked: Marked, log_in: Callable[..., Page]
) -> None:
    page = log_in("admin")
    page.goto(marked.address(address))
    press(page)
    assert untranslated(Reader(page.content()).unmarked, marked.data) == set()
