"""The site's public address is that of the setting, wherever it is asked."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from core.web.site_address import absolute, keep_site_address


@pytest.mark.parametrize(
    ("address", "hostname", "port", "root"),
    [
        ("https://example.se", "example.se", 443, "https://example.se"),
        ("http://127.0.0.1:8123", "127.0.0.1", 8123, "http://127.0.0.1:8123"),
        ("http://example.se/", "example.se", 80, "http://example.se"),
    ],
)
def test_wagtails_record_follows_the_setting(home, settings, address, hostname, port, root):
    settings.WAGTAILADMIN_BASE_URL = address
    keep_site_address()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_url) == (hostname, port, root)
    assert home.full_url == root + "/sv/"


def test_nothing_is_written_where_it_does_already(home):
    keep_site_address()
    with CaptureQueriesContext(connection) as asked:
        keep_site_address()
    assert not [query for query in asked if query["sql"].startswith("UPDATE")]


def test_an_address_is_the_same_whoever_asks(home, rf, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://example.se"
    for host in ("example.se", "www.example.se", "10.0.0.1:8000"):
        assert absolute("/sv/", rf.get("/", headers={"host": host})) == "https://example.se/sv/"


def test_a_further_site_has_its_own(home, rf):
    Site.objects.create(hostname="annan.example", port=443, root_page=home)
    request = rf.get("/", headers={"host": "annan.example"})
    assert absolute("/sv/", request) == "https://annan.example/sv/"
