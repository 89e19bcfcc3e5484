"""The public address of the site (BASE_URL), used by canonical links, the sitemap and Wagtail's full URLs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from wagtail.models import Site

from core.web.page_cache.memory import kept


def site_of(request: HttpRequest) -> Site | None:
    """Wagtail's Site of the request, which Wagtail's own code finds on the request from then on."""
    known: Any = request
    if not hasattr(known, "_wagtail_site"):
        key = ("core.site", request.META.get("HTTP_HOST"))
        known._wagtail_site = kept(request, key, lambda: Site.find_for_request(request))
    site: Site | None = known._wagtail_site
    return site


def absolute(url: str, request: HttpRequest) -> str:
    """The full URL of a path: with BASE_URL, not with the host of the request.

    A page can be requested under several host names and ports; search engines must see one. A second Wagtail site has
    its own root URL.
    """
    site = site_of(request)
    root = settings.WAGTAILADMIN_BASE_URL if site is None or site.is_default_site else site.root_url
    return urljoin(root, url)


def keep_site_address(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: set host name and port of Wagtail's default Site to those of BASE_URL."""
    if Site._meta.db_table not in connections[using].introspection.table_names():
        return
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for site in Site.objects.using(using).filter(is_default_site=True):
        if (site.hostname, site.port) != (parts.hostname, port):
            site.hostname, site.port = parts.hostname or "localhost", port
            site.save(update_fields=["hostname", "port"])
