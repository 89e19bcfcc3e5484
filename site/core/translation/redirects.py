"""Redirects from former and mistyped addresses of pages, without loops.

Wagtail makes a redirect when a page is renamed or moved, and keeps it when the page gets its old address back:
unpublished there, the page redirects to itself for ever. Here an automatic redirect is deleted when a page takes its
address, a redirect that would lead back is refused by its form, and a response never redirects in a loop or to a page
that is not live.

A redirect from a Swedish address counts below each language: a page without a translation had an address there too. An
address without its language (/upplevelser/) or with another form of it (/SV/, /sv-SE/) leads to what it means. All keep
the query string.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.forms import RedirectForm as WagtailRedirectForm
from wagtail.contrib.redirects.middleware import RedirectMiddleware as WagtailRedirectMiddleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from core.translation import routing
from core.translation.reading import localized, reader_language, reader_url


# --- When a page takes an address ---------------------------------------------------------------------------------
def release_addresses(pages: Iterable[Page]) -> None:
    """Delete automatic redirects from the pages' present addresses: those to the page itself; all if it is live."""
    standing = {path: page for page in pages for path in _paths_of(page)}
    for redirect in Redirect.objects.filter(automatically_created=True, old_path__in=standing):
        page = standing[redirect.old_path]
        if page.live or redirect.redirect_page_id == page.pk:
            redirect.delete()


def with_those_below(page: Page) -> Iterable[Page]:
    """The page and its descendants, after a rename or a move."""
    return Page.objects.filter(path__startswith=page.path)


def _paths_of(page: Page) -> Iterator[str]:
    parts = page.get_url_parts()
    if parts and parts[2]:
        yield Redirect.normalise_path(parts[2])


# --- Where an address leads -----------------------------------------------------------------------------------------
def find(path: str, site: Site | None, *, without: Redirect | None = None) -> Redirect | None:
    """The redirect for a path, looked up as Wagtail does: with the query string, then without. Not `without`."""
    rows = Redirect.get_for_site(site).exclude(pk=without.pk if without else None)
    for wanted in _forms(path):
        if row := rows.filter(old_path=wanted).order_by(F("site").asc(nulls_last=True)).first():
            return row
    return None


def _forms(path: str) -> list[str]:
    return [Redirect.normalise_path(path), Redirect.normalise_path(urlsplit(path).path)]


def _path_on_this_site(redirect: Redirect, host: str = "") -> str | None:
    """Path and query of its target; None on another site. `host`: one more host name of this site."""
    if redirect.redirect_page_id:
        return next(_paths_of(redirect.redirect_page), None)
    parts = urlsplit(redirect.redirect_link)
    ours = {site.hostname for site in Site.objects.all()} | {urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname, host}
    if parts.hostname and parts.hostname not in ours:
        return None
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


def leads_back(redirect: Redirect) -> bool:
    """Whether a redirect, saved or not, leads back to its own address, directly or through other redirects."""
    seen: set[int | None] = set()
    step: Redirect | None = redirect
    while step and step.pk not in seen:
        seen.add(step.pk)
        path = _path_on_this_site(step)
        if path is None:
            return False
        if Redirect.normalise_path(redirect.old_path) in _forms(path):
            return True
        step = find(path, redirect.site, without=redirect if redirect.pk else None)
    return False


def is_dead_end(request: HttpRequest) -> bool:
    """Whether the redirect for this address ends at a page that is not live, or in a loop.

    True also if a page has this address with "/" at the end: Django redirects there by itself.
    """
    if not request.path.endswith("/") and _answers(f"{request.path}/", request):
        return True
    site, host = Site.find_for_request(request), urlsplit(f"//{request.get_host()}").hostname or ""
    seen: set[int] = set()
    path: str | None = request.get_full_path()
    while path and (step := find(path, site)):
        if step.pk in seen:
            return True
        seen.add(step.pk)
        if step.redirect_page_id:
            return not step.redirect_page.live or urlsplit(step.link or "").path == request.path
        path = _path_on_this_site(step, host)
        if path and _answers(urlsplit(path).path.rstrip("/") + "/", request):
            return False
    return False


def _answers(path: str, request: HttpRequest) -> bool:
    """Whether a page or a view of ours answers at this path."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(language):
        try:
            match = resolve(path)
        except Resolver404:
            return False
    if match.url_name != "wagtail_serve":
        return True
    asked: Any = copy.copy(request)
    asked.LANGUAGE_CODE = language
    return routing.find_or_none(asked, match.args[0]) is not None


def right_address(request: HttpRequest) -> str:
    """The address of the page or view that an address means that was not found, for one redirect; empty if none."""
    match = request.resolver_match
    if match is not None and match.url_name != "wagtail_serve":
        return ""  # One of our views has said that it is not there.
    slugs = routing.as_slugs(request.path.split("/"))
    named = get_language_from_path(_path(slugs))
    language, below = named or reader_language(request), slugs[1:] if named else slugs
    target = (
        _view_at(slugs)
        or _view_at([language, *below])
        or routing.address_of(request, language, below)
        or _former_address(request, language, below)
    )
    # With the slash alone added, Django redirects by itself.
    return "" if target in (request.path, f"{request.path}/") else target


def _view_at(parts: list[str]) -> str:
    """The path, if a view of ours answers there (search, enquiry, admin). Not one with a number or a token in it."""
    path = _path(parts)
    try:
        match = resolve(path)
    except Resolver404:
        return ""
    return "" if match.args or match.kwargs else path


def _path(parts: list[str]) -> str:
    return "".join(f"/{part}" for part in parts) + "/"


def _former_address(request: HttpRequest, language: str, parts: list[str]) -> str:
    """Where a redirect from this path leads: one for this language or for all, or from a Swedish page's address.

    Not one from exactly the requested path: Wagtail has found that, and it leads nowhere.
    """
    site, path = Site.find_for_request(request), "/".join(parts)
    paths = [f"/{path}", f"/{language}/{path}", f"/{settings.LANGUAGE_CODE}/{path}"]
    rows = Redirect.get_for_site(site).filter(old_path__in=paths).select_related("redirect_page__locale")
    for row in sorted(rows, key=lambda row: paths.index(row.old_path)):
        if row.old_path == Redirect.normalise_path(request.path):
            continue
        if row.redirect_page_id:
            shown = localized([row.redirect_page], language) if row.redirect_page.live else []
            return reader_url(shown[0], request, language) if shown else ""
        if row.old_path in paths[:2] and not leads_back(row):
            return row.redirect_link
    return ""


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's, for more addresses (see above). A redirect in a loop or to a page that is not live leaves the 404."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code != 404:
            return response
        answer: HttpResponseBase = super().process_response(request, response)
        if answer is not response and not is_dead_end(request):
            _keep_query_string(answer, request)
            # Browsers cache permanent redirects for ever: a page renamed there and back would loop.
            patch_cache_control(answer, no_cache=True)
            return answer
        if request.method in ("GET", "HEAD") and (target := right_address(request)):
            return HttpResponseRedirect(with_query_of(request, target))
        return response


def _keep_query_string(answer: HttpResponseBase, request: HttpRequest) -> None:
    """Unless the redirect is one from this very query, or leads to another site."""
    row = find(request.get_full_path(), Site.find_for_request(request))
    if row and "?" not in row.old_path and _path_on_this_site(row) is not None:
        answer["Location"] = with_query_of(request, answer["Location"])


def with_query_of(request: HttpRequest, url: str) -> str:
    """The URL with the request's query string after its own."""
    parts = urlsplit(url)
    query = "&".join(filter(None, [parts.query, request.META.get("QUERY_STRING", "")]))
    return urlunsplit(parts._replace(query=query))


# --- By hand --------------------------------------------------------------------------------------------------------
class RedirectForm(WagtailRedirectForm):
    """Refuses a redirect that leads back to its address. Wagtail's views use it by a patch (core.patches.wagtail)."""

    def _post_clean(self) -> None:
        """The instance is complete here."""
        super()._post_clean()
        if not self.errors and leads_back(self.instance):
            text = _(
                "This leads back to “%(path)s”: visitors would go round in circles. Choose another page or address."
            )
            field = "redirect_page" if self.instance.redirect_page_id else "redirect_link"
            self.add_error(field, ValidationError(text, code="goes_round", params={"path": self.instance.old_path}))
