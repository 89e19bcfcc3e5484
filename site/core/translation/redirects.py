"""Redirects from former addresses of pages (wagtail.contrib.redirects), without loops.

Wagtail makes a redirect when a page is renamed or moved, and keeps it when the page gets its old address back:
unpublished there, the page redirects to itself for ever. Here an automatic redirect is deleted when a page takes its
address, a redirect that would lead back is refused by its form, and a response never redirects in a loop or to a page
that is not live.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.http import HttpRequest
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


class RedirectMiddleware(WagtailRedirectMiddleware):
    """Wagtail's, but a redirect in a loop or to a page that is not live leaves the 404."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer: HttpResponseBase = super().process_response(request, response)
        if answer is response or is_dead_end(request):
            return response
        # Browsers cache permanent redirects for ever: a page renamed there and back would loop.
        patch_cache_control(answer, no_cache=True)
        return answer


# --- By hand --------------------------------------------------------------------------------------------------------
class RedirectForm(WagtailRedirectForm):
    """Refuses a redirect that leads back to its address. Wagtail's views use it by a patch (core.patches.wagtail)."""

    def _post_clean(self) -> None:
        """The instance is complete here."""
        super()._post_clean()
        if not self.errors and leads_back(self.instance):
            text = _("This leads back to “%(path)s”: visitors would go round for ever. Choose another page or address.")
            field = "redirect_page" if self.instance.redirect_page_id else "redirect_link"
            self.add_error(field, ValidationError(text, code="goes_round", params={"path": self.instance.old_path}))
