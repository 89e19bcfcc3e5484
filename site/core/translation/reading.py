"""What a reader of a language is shown: the translation, else the Swedish page with labels in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language, override
from wagtail.models import Page

from core.languages.table import direction, find
from core.web.request import once
from core.web.site_address import absolute

# A page or a snippet: whatever has a locale and a translation key.
Translatable = TypeVar("Translatable")
# Characters of a query string that the language links repeat; those of our own forms are shorter.
LONGEST_QUESTION = 2000

# The reader's language, while text in another language is rendered.
_frame: ContextVar[str | None] = ContextVar("frame", default=None)


def reader_language(request: HttpRequest | None = None) -> str:
    """The language of the requested address: Arabic, also while Swedish content of an Arabic address is rendered."""
    return getattr(request, "LANGUAGE_CODE", None) or _frame.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def words_in(language: str, request: HttpRequest | None = None) -> Iterator[None]:
    """Activate `language` for labels inside the block; links still lead to pages in the reader's language."""
    token = _frame.set(reader_language(request))
    try:
        with override(language):
            yield
    finally:
        _frame.reset(token)


def localized(things: Iterable[Translatable], language: str | None = None) -> list[Translatable]:
    """The live translation of each page or snippet in `language`, else the live Swedish one; those without are dropped.

    In the same order and of the same classes. One query for each class; none if all are in that language already.
    `language`: None for the reader's.
    """
    asked: list[Any] = list(things)
    wanted = language or reader_language()
    if all(_is_what_a_reader_sees(thing, wanted) for thing in asked):
        return asked
    found: dict[tuple[type[Any], UUID], Any] = {}
    for model in {type(thing) for thing in asked}:
        for thing in _in_either_language(model, [t.translation_key for t in asked if type(t) is model], wanted):
            key = (model, thing.translation_key)
            if key not in found or thing.locale.language_code == wanted:
                found[key] = thing
    keys = [(type(thing), thing.translation_key) for thing in asked]
    return [found[key] for key in keys if key in found]


def _is_what_a_reader_sees(thing: Any, language: str) -> bool:
    """Whether it is live and in `language`. False if its locale would have to be queried."""
    locale = thing._state.fields_cache.get("locale")
    return locale is not None and locale.language_code == language and getattr(thing, "live", True)


def _in_either_language(model: Any, keys: list[Any], language: str) -> Iterable[Any]:
    rows: QuerySet[Any] = model._default_manager.select_related("locale").filter(
        translation_key__in=keys, locale__language_code__in={language, settings.LANGUAGE_CODE}
    )
    return rows.filter(live=True) if issubclass(model, Page) else rows


# --- Addresses ----------------------------------------------------------------------------------------------------
def in_language(url: str, language: str) -> str:
    """The same address under another language: /sv/upplevelser/?people=4 → /ar/upplevelser/?people=4."""
    parts = urlsplit(url)
    old, _, rest = parts.path.removeprefix("/").partition("/")
    if old not in dict(settings.LANGUAGES):
        return url
    return urlunsplit(parts._replace(path=f"/{language}/{rest}"))


def language_of(page: Page, request: HttpRequest | None = None) -> str:
    """The language of the page's tree, from Wagtail's cached site root paths: no query."""
    roots = page._get_relevant_site_root_paths(request)
    return str(roots[0].language_code) if roots else settings.LANGUAGE_CODE


def remember(pages: Iterable[Page], request: HttpRequest) -> None:
    """Let `reader_url` use these pages, in the reader's language, for links to their Swedish pages."""
    _known_to(request).update({page.translation_key: page for page in pages})


def expect_links(pages: Iterable[Page], request: HttpRequest) -> None:
    """Let `reader_url` look up these pages in the reader's language, together, once it is asked for one of them."""
    _expected_by(request).extend(pages)


def _in_readers_language(page: Page, request: HttpRequest | None) -> Page:
    known, expected = _known_to(request), _expected_by(request)
    if request and page.translation_key not in known and page in expected:
        unknown = [other for other in expected if other.translation_key not in known]
        expected.clear()
        remember(localized(unknown, reader_language(request)), request)
    return known.get(page.translation_key, page)


def _known_to(request: HttpRequest | None) -> dict[UUID, Page]:
    return once(request, "core.known_pages", dict[UUID, Page])


def _expected_by(request: HttpRequest | None) -> list[Page]:
    return once(request, "core.expected_pages", list[Page])


def reader_url(page: Page, request: HttpRequest | None = None, language: str | None = None) -> str:
    """The address of the page for a reader of `language` (None: the request's): always below /language/.

    A Swedish page has an address under /ar/ too: the page is served there, or redirects to its translation. If the
    translation is known (`remember`), its own address is given. Empty for a page outside the site. No query, but for
    the first page of `expect_links` that is not known yet: one for all of them.
    """
    if language is None:
        page = _in_readers_language(page, request)
    url = page.get_url(request)
    wanted = language or reader_language(request)
    if url and language_of(page, request) == settings.LANGUAGE_CODE != wanted:
        return in_language(url, wanted)
    return url or ""


# --- The other languages of what is shown -------------------------------------------------------------------------
@dataclass(frozen=True)
class LanguageLink:
    """A link to this page in one language. `name`: the language's own name. `is_translated`: False if it is Swedish."""

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool

    @property
    def dir(self) -> str:
        return direction(self.code)


def own_name(code: str) -> str:
    """A language's own name, with a capital: Svenska, English, العربية."""
    row = find(code)
    return row.own_title if row else code


def language_links(request: HttpRequest | None, page: Page | None = None) -> list[LanguageLink]:
    """A link for each language of the site, in the order of the settings, with the same query string.

    `page`: the page shown; None for a view (search, enquiry), which exists in every language. An error page, which may
    have no request, leads to the home pages without it. At most one query; none for a page that `routing` has found.
    """
    current = reader_language(request)
    question = _question(request) if page or _is_a_view(request) else ""
    return [
        LanguageLink(code, own_name(code), url + question, code == current, is_translated)
        for code, (url, is_translated) in _addresses(request, page).items()
    ]


def _question(request: HttpRequest | None) -> str:
    """The query string with its "?", for a link; empty for one that is longer than any of ours."""
    question = request.META.get("QUERY_STRING", "") if request else ""
    return f"?{question}" if question and len(question) <= LONGEST_QUESTION else ""


def _addresses(request: HttpRequest | None, page: Page | None) -> dict[str, tuple[str, bool]]:
    """Language code → (address, whether the text there is in that language)."""
    codes = dict(settings.LANGUAGES)
    if page is None:
        path = request.path if request and _is_a_view(request) else "/"
        return {code: (in_language(path, code) if path != "/" else f"/{code}/", True) for code in codes}
    known: dict[str, Page] = page.in_languages
    source = known.get(settings.LANGUAGE_CODE)
    return {
        code: (known[code].get_url(request) or "", True)
        if code in known
        else (reader_url(source, request, code) if source else f"/{code}/", False)
        for code in codes
    }


def _is_a_view(request: HttpRequest | None) -> bool:
    """Whether one of our views answers; False for an error page (404), where Wagtail's view found no page."""
    match = request.resolver_match if request else None
    return match is not None and match.url_name != "wagtail_serve"


@dataclass(frozen=True)
class HeadLinks:
    """Full addresses for <link rel="canonical"> and <link rel="alternate" hreflang>."""

    canonical: str = ""
    # Language code (or x-default) and address.
    alternates: tuple[tuple[str, str], ...] = ()


def head_links(request: HttpRequest, page: Page | None = None) -> HeadLinks:
    """The links of a page, or of a view (None). A Swedish page under /ar/ has the Swedish canonical, no alternates."""
    if page is None:
        return _view_head_links(request) if _is_a_view(request) else HeadLinks()
    canonical = absolute(page.get_url(request) or "", request)
    if language_of(page, request) != reader_language(request):
        return HeadLinks(canonical)
    known = {code: absolute(p.get_url(request) or "", request) for code, p in page.in_languages.items()}
    return HeadLinks(canonical, _alternates(known))


def _view_head_links(request: HttpRequest) -> HeadLinks:
    addresses = {code: absolute(in_language(request.path, code), request) for code, _ in settings.LANGUAGES}
    return HeadLinks(absolute(request.path, request), _alternates(addresses))


def _alternates(urls: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """In the order of the settings, with Swedish as x-default; empty if there is only one language."""
    known = [(code, url) for code, _ in settings.LANGUAGES if (url := urls.get(code))]
    if len(known) < 2:
        return ()
    default = urls.get(settings.LANGUAGE_CODE)
    return (*known, ("x-default", default)) if default else tuple(known)
