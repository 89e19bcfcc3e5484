"""What a reader of a language is given: the translation where there is one, else the Swedish page in its frame."""

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
from django.utils.text import capfirst
from django.utils.translation import get_language, get_language_info, override
from wagtail.models import Page

from core.languages.table import SPOKEN, direction
from core.web.site_address import absolute

# A page or a snippet: whatever has a locale and a translation key.
Translatable = TypeVar("Translatable")


# The reader's language, while words in another one are rendered.
_frame: ContextVar[str | None] = ContextVar("frame", default=None)


def reader_language(request: HttpRequest | None = None) -> str:
    """The language of the address that was asked for; inside Swedish content of an Arabic page still Arabic."""
    return getattr(request, "LANGUAGE_CODE", None) or _frame.get() or get_language() or settings.LANGUAGE_CODE


@contextmanager
def words_in(language: str, request: HttpRequest | None = None) -> Iterator[None]:
    """Labels are in `language` here; links still lead to pages in the reader's."""
    token = _frame.set(reader_language(request))
    try:
        with override(language):
            yield
    finally:
        _frame.reset(token)


def localized(things: Iterable[Translatable], language: str | None = None) -> list[Translatable]:
    """Each page or snippet as a reader of `language` sees it: its live translation, else the live Swedish one.

    Things without either are left out; order and class are kept. One query for each class, none if all are right
    already. `language`: None for the active one.
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
    """Told without a query, hence only where the locale is at hand."""
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
    """The language of the tree that the page stands in; told by its address, without a query."""
    roots = page._get_relevant_site_root_paths(request)
    return str(roots[0].language_code) if roots else settings.LANGUAGE_CODE


def remember(pages: Iterable[Page], request: HttpRequest) -> None:
    """Pages in the reader's language that were fetched anyway, for the menus: links to their Swedish ones take them."""
    holder: Any = request
    holder._known_pages = _known_to(request) | {page.translation_key: page for page in pages}


def _known_to(request: HttpRequest | None) -> dict[UUID, Page]:
    known: dict[UUID, Page] = getattr(request, "_known_pages", {})
    return known


def reader_url(page: Page, request: HttpRequest | None = None, language: str | None = None) -> str:
    """Where a reader of `language` (None: the request's) finds the page, without leaving that language.

    A Swedish page stands under /ar/… too: untranslated it is served there, translated it leads on to the translation,
    or is left out at once where that one is known. Empty for a page outside the site. No query (Wagtail keeps the
    sites' roots cached).
    """
    if language is None:
        page = _known_to(request).get(page.translation_key, page)
    url = page.get_url(request)
    wanted = language or reader_language(request)
    if url and language_of(page, request) == settings.LANGUAGE_CODE != wanted:
        return in_language(url, wanted)
    return url or ""


# --- The other languages of what is shown -------------------------------------------------------------------------
@dataclass(frozen=True)
class LanguageLink:
    """This page in one language. `name` is what the speakers call it; `is_translated`: not the Swedish text."""

    code: str
    name: str
    url: str
    is_current: bool
    is_translated: bool

    @property
    def dir(self) -> str:
        return direction(self.code)


def own_name(code: str) -> str:
    """A language in its own words, as it stands alone: Svenska, English, العربية."""
    name = SPOKEN[code][1] if code in SPOKEN else get_language_info(code)["name_local"]
    return str(capfirst(name))


def language_links(request: HttpRequest, page: Page | None = None) -> list[LanguageLink]:
    """One link for each language of the site, in the order of the settings; a list's filters are kept.

    `page`: the page shown; None for a view (search, enquiry), which exists in every language. At most one query;
    none for a page that our router has found.
    """
    current = reader_language(request)
    question = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    return [
        LanguageLink(code, own_name(code), url + question, code == current, is_translated)
        for code, (url, is_translated) in _addresses(request, page).items()
    ]


def _addresses(request: HttpRequest, page: Page | None) -> dict[str, tuple[str, bool]]:
    """For each language: the address there, and whether what stands there is in that language."""
    codes = dict(settings.LANGUAGES)
    if page is None:
        path = request.path if _is_a_view(request) else "/"
        return {code: (in_language(path, code) if path != "/" else f"/{code}/", True) for code in codes}
    known: dict[str, Page] = page.in_languages
    source = known.get(settings.LANGUAGE_CODE)
    return {
        code: (known[code].get_url(request) or "", True)
        if code in known
        else (reader_url(source, request, code) if source else f"/{code}/", False)
        for code in codes
    }


def _is_a_view(request: HttpRequest) -> bool:
    """Not an error page: what Wagtail's own address leads to is a page, or nothing."""
    match = request.resolver_match
    return match is not None and match.url_name != "wagtail_serve"


@dataclass(frozen=True)
class HeadLinks:
    """What search engines are told: the one address of this text, and its real translations (full addresses)."""

    canonical: str = ""
    # Language code (or x-default) and address.
    alternates: tuple[tuple[str, str], ...] = ()


def head_links(request: HttpRequest, page: Page | None = None) -> HeadLinks:
    """A Swedish page in another language's frame names the Swedish address, and no alternates: it is none of them."""
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
    """In the order of the settings, Swedish for everyone else; nothing where there is only one."""
    known = [(code, url) for code, _ in settings.LANGUAGES if (url := urls.get(code))]
    if len(known) < 2:
        return ()
    default = urls.get(settings.LANGUAGE_CODE)
    return (*known, ("x-default", default)) if default else tuple(known)
