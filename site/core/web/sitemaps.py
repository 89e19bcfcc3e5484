"""The sitemap: the live pages of all languages, each with its translations, in one file or in parts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as sitemap_views
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail.models import Page

from core.web.site_address import absolute, site_of

Alternates = list[dict[str, str]]

# Addresses in one file. Where there are more, /sitemap.xml is the index of the parts. 50,000 of both are allowed.
AT_MOST, MOST_PARTS = 500, 50_000


@csrf_exempt
@require_safe
def sitemap(request: HttpRequest) -> TemplateResponse:
    """All addresses, or where they are too many for one file, the index of its parts."""
    public = public_pages(request)
    pages = list(public[: AT_MOST + 1])
    if len(pages) <= AT_MOST:
        return sitemap_views.sitemap(request, {"pages": PageSitemap(request, pages, known=pages)})
    parts = -(-public.count() // AT_MOST)
    addresses = [absolute(reverse("sitemap_part", args=[part]), request) for part in range(1, parts + 1)]
    items = [sitemap_views.SitemapIndexItem(address) for address in addresses]
    headers = {"X-Robots-Tag": "noindex, noodp, noarchive"}  # as the other view of Django's
    return TemplateResponse(
        request, "sitemap_index.xml", {"sitemaps": items}, content_type="application/xml", headers=headers
    )


@csrf_exempt
@require_safe
def sitemap_part(request: HttpRequest, part: int) -> TemplateResponse:
    """The addresses of one part, counted from 1."""
    # A page beside its translations: otherwise a part would need the addresses of three times as many.
    public = public_pages(request).order_by("translation_key", "path")
    pages = list(public[(part - 1) * AT_MOST : part * AT_MOST]) if 1 <= part <= MOST_PARTS else []
    if not pages:
        raise Http404
    known = public.filter(translation_key__in=[page.translation_key for page in pages])
    return sitemap_views.sitemap(request, {"pages": PageSitemap(request, pages, known)})


def public_pages(request: HttpRequest) -> QuerySet[Page]:
    """Live pages below the site's home page and its translations, in the order of the tree.

    A restricted page hides all below it.
    """
    site = site_of(request)
    homes = site.root_page.get_translations(inclusive=True) if site else []
    below = [Q(path__startswith=home.path) for home in homes]
    if not below:
        return Page.objects.none()
    pages: QuerySet[Page] = Page.objects.live().public().filter(reduce(or_, below))
    return pages.select_related("locale").order_by("path")


class PageSitemap(Sitemap[Page]):
    """`pages`, each with its languages among the pages that are `known`."""

    def __init__(self, request: HttpRequest, pages: list[Page], known: Iterable[Page]) -> None:
        self.request = request
        self.pages = pages
        self.known = known

    def items(self) -> list[Page]:
        return self.pages

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
        for item in self.known:
            known[item.translation_key][item.locale.language_code] = self.location(item)
        return {key: _alternates(urls) for key, urls in known.items()}


def _alternates(urls: dict[str, str]) -> Alternates:
    if len(urls) < 2:
        return []
    if default := urls.get(settings.LANGUAGE_CODE):
        urls = {**urls, "x-default": default}
    return [{"lang_code": code, "location": url} for code, url in urls.items()]
