"""Every kind of page that a visitor meets, in each language: where the checks of all pages go."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from functools import cached_property

from playwright.sync_api import Page

from tests.browser.support.running_site import NOT_OURS, RunningSite
from tests.local.processes import PROJECT_DIR

LANGUAGES = ("sv", "en", "ar")
# By their Swedish addresses; the other languages' are found as a search engine finds them.
PAGES = {
    "home": "/sv/",
    "experiences": "/sv/upplevelser/",
    "experience": "/sv/upplevelser/baka-brod-pa-het-plat/",
    "paused experience": "/sv/upplevelser/bygg-en-drake-och-flyg-den/",
    "hosts": "/sv/vardar/",
    "host": "/sv/vardar/samira-khoury/",
    "standard": "/sv/integritet-och-tillganglighet/",
}
OTHERS = (
    "no experiences found",
    "search",
    "search hits",
    "search none",
    "enquiry",
    "enquiry with errors",
    "experience with errors",
    "confirmation",
    "not found",
    "untranslated",
)
KINDS = (*PAGES, *OTHERS)
STOPS = [(kind, code) for kind in KINDS for code in LANGUAGES if (kind, code) != ("untranslated", "sv")]
# What is found in each language: bread.
BREAD = {"sv": "bröd", "en": "bread", "ar": "خبز"}
# No page: the answer to a post.
AFTER_A_POST = {"enquiry with errors": "enquiry", "experience with errors": "experience"}
# Every component and block in its states: for the checks of what is on a page, not for those of a visit.
STYLEGUIDE = [("styleguide", code) for code in LANGUAGES]
# What no address of a working site gives; the style guide shows them, in the frame of "not found".
ERROR_PAGES = [f"/{code}/styleguide/errors/{name}/" for name in ("400", "403_csrf", "500") for code in LANGUAGES]
STATUS = {"not found": 404, "enquiry with errors": 422, "experience with errors": 422}
UNTRANSLATED = "bara-pa-svenska"
MAKE_UNTRANSLATED = f"""
from home.models import HomePage, StandardPage
assert not StandardPage.objects.filter(slug="{UNTRANSLATED}").exists() or exit()
home = HomePage.objects.get(locale__language_code="sv")
page = StandardPage(title="Bara på svenska", slug="{UNTRANSLATED}", show_in_footer=False)
page.lead = "Den här sidan har ingen översatt ännu."
home.add_child(instance=page)
page.save_revision().publish()
"""


@dataclass(frozen=True)
class Stops:
    """The addresses on one running site."""

    site: RunningSite

    def path(self, kind: str, language: str) -> str:
        """Of a page that can be asked for by its address."""
        query = urllib.parse.urlencode({"q": BREAD[language]})
        match kind:
            case "no experiences found":
                return f"{self.path('experiences', language)}?kind=food&language=fa"
            case "search":
                return f"/{language}/search/"
            case "search hits":
                return f"/{language}/search/?{query}"
            case "search none":
                return f"/{language}/search/?q=xyzzy"
            case "enquiry":
                return f"/{language}/enquiry/"
            case "confirmation":
                return self.confirmations[language]
            case "styleguide":
                return f"/{language}/styleguide/"
            case "not found":
                return f"/{language}/nothing-here/"
            case "untranslated":
                return f"{self.untranslated[:1]}{language}{self.untranslated[3:]}"
        return self.translations[kind][language]

    def visit(self, page: Page, kind: str, language: str) -> None:
        """Go there; make sure that it is what we came for."""
        response = page.goto(self.path(AFTER_A_POST.get(kind, kind), language))
        if kind in AFTER_A_POST:
            with page.expect_navigation() as navigation:
                page.locator("form[method=post] button[type=submit]").click()
            response = navigation.value
        assert response
        assert response.status == STATUS.get(kind, 200), f"{response.status} {response.url}"

    @cached_property
    def translations(self) -> dict[str, dict[str, str]]:
        """By kind of page and language."""
        return {kind: self.alternates(path) for kind, path in PAGES.items()}

    def alternates(self, path: str) -> dict[str, str]:
        """The addresses of a page in each language, as its head says them."""
        links = re.findall(r"<link[^>]* hreflang=[^>]*>", self.fetch(path))
        found = {attribute(link, "hreflang"): attribute(link, "href") for link in links}
        return {language: urllib.parse.urlsplit(found[language]).path for language in LANGUAGES}

    def fetch(self, path: str, answers: dict[str, str] | None = None) -> str:
        """The HTML of an address; with answers, what comes after they are posted."""
        return self.open(path, answers)[1]

    def html(self, kind: str, language: str) -> str:
        """Of any of them; what comes after a post is the form sent as it stands there, with nothing written in it."""
        if kind not in AFTER_A_POST:
            return self.fetch(self.path(kind, language))
        page = self.fetch(self.path(AFTER_A_POST[kind], language))
        form = page[page.index('method="post"') :]
        hidden = [tag for tag in re.findall(r"<input[^>]*>", form) if 'type="hidden"' in tag]
        answers = {attribute(tag, "name"): attribute(tag, "value") for tag in hidden if " value=" in tag}
        html = self.fetch(self.path("enquiry", language), answers)
        assert 'role="alert"' in html or "notice--error" in html, "no errors are told"
        return html

    def open(self, path: str, answers: dict[str, str] | None = None) -> tuple[str, str]:
        """Path and HTML of where a request ends, whatever its status."""
        data = urllib.parse.urlencode(answers).encode() if answers is not None else None
        request = urllib.request.Request(self.site.url + path, data, {"Sec-Fetch-Site": "same-origin"})
        try:
            answer = urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return urllib.parse.urlsplit(answer.url).path, answer.read().decode()

    @cached_property
    def confirmations(self) -> dict[str, str]:
        """One enquiry in each language."""
        answers = {"name": "Lena Berg", "email": "lena@example.org", "message": "Är det varmt i köket?"}
        return {code: self.open(self.path("enquiry", code), answers | {"language": code})[0] for code in LANGUAGES}

    @cached_property
    def untranslated(self) -> str:
        """A page that there is in Swedish only."""
        environment = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE_UNTRANSLATED],
            cwd=PROJECT_DIR,
            env={**environment, "VAR_DIR": str(self.site.var)},
            check=True,
            capture_output=True,
        )
        return f"/sv/{UNTRANSLATED}/"


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    assert found, tag
    return found[1]
