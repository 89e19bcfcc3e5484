"""The sitemap: the live pages of all languages, each with its translations."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.web.site_address import absolute, site_of

Alternates = list[dict[str, str]]


@csrf_exempt
@require_safe
def sitemap(request: HttpRequest) -> TemplateResponse:
    return sitemap_views.sitemap(request, {"pages": PageSitemap(request)})


class PageSitemap(Sitemap[Page]):
    """Live public pages below the site's home page and its translations, in a fixed number of queries."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def items(self) -> list[Page]:
        """In the order of the tree."""
        return self.pages

    @cached_property
    def pages(self) -> list[Page]:
        """Asked for once, though Django asks for `items` more often. A restricted page hides all below it."""
        site = site_of(self.request)
        homes = site.root_page.get_translations(inclusive=True) if site else Page.objects.none()
        pages = Page.objects.live().public().select_related("locale").order_by("path")
        roots = tuple(home.path for home in homes)
        return [page for page in pages if page.path.startswith(roots)] if roots else []

    def location(self, item: Page) -> str:
        return absolute(item.get_url(self.request) or "", self.request)

    def lastmod(self, item: Page) -> datetime | None:
        when: datetime | None = item.last_published_at or item.latest_revision_created_at
        return when

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        """Django's own make each address from the domain of one site, and alternates by changing the path's prefix."""
        pages = list(self.paginator.page(page).object_list)
        known = self._known_by_key()
        changed = [when for item in pages if (when := self.lastmod(item))]
        if changed:
            self.latest_lastmod = max(changed)
        return [
            {
                "item": item,
                "location": self.location(item),
                "lastmod": self.lastmod(item),
                "alternates": known[item.translation_key],
            }
            for item in pages
        ]

    def _known_by_key(self) -> dict[UUID, Alternates]:
        """Each page's addresses in all its languages; nothing where there is only one."""
        known: dict[UUID, dict[str, str]] = defaultdict(dict)
        for item in self.pages:
            known[item.translation_key][item.locale.language_code] = self.location(item)
        return {key: _alternates(urls) for key, urls in known.items()}


def _alternates(urls: dict[str, str]) -> Alternates:
    if len(urls) < 2:
        return []
    if default := urls.get(settings.LANGUAGE_CODE):
        urls = {**urls, "x-default": default}
    return [{"lang_code": code, "location": url} for code, url in urls.items()]
