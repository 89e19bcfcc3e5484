"""The public address of the site: what canonical links, the sitemap and Wagtail's full links begin with."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import connections
from django.http import HttpRequest
from wagtail.models import Site


def absolute(url: str, request: HttpRequest) -> str:
    """`url` with the address of the site that was asked: that of the setting BASE_URL, not of the request.

    The same page may be asked for by a number, a second name or another port: search engines shall know one. A further
    site (Wagtail can hold several) has an address of its own.
    """
    site = Site.find_for_request(request)
    root = settings.WAGTAILADMIN_BASE_URL if site is None or site.is_default_site else site.root_url
    return urljoin(root, url)


def keep_site_address(using: str = "default", **kwargs: Any) -> None:
    """After each migrate: Wagtail's record of the default site says the same as BASE_URL.

    One truth in the environment, so that a moved site has no old address left in its links. `kwargs`: post_migrate's.
    """
    if Site._meta.db_table not in connections[using].introspection.table_names():
        return
    parts = urlsplit(settings.WAGTAILADMIN_BASE_URL)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    for site in Site.objects.using(using).filter(is_default_site=True):
        if (site.hostname, site.port) != (parts.hostname, port):
            site.hostname, site.port = parts.hostname or "localhost", port
            site.save(update_fields=["hostname", "port"])
