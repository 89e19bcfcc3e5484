"""From 100 to 10,000 experiences: each page costs the same queries, and not much more time.

A drill of a quarter of an hour: `make drill growth`; with GROWTH=1000 in the environment, of some minutes. Two
databases on one server are asked in turns by one process, without kept pages, with what pages share in memory. It
fails on more queries. Times are printed as ratios, and fail at twice what is allowed, as other programs disturb them.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.web import sitemaps
from core.web.page_cache import memory
from demo import loader
from experiences.enquiries.models import Enquiry
from experiences.models import ExperienceIndexPage, ExperiencePage
from experiences.selectors import CARDS_A_PAGE
from tests.factories import UserFactory
from tests.template_database import copy, drop

pytestmark = pytest.mark.drill
FEW, MANY = 100, int(os.environ.get("GROWTH", "10000"))
ASKS = 15
# Of the median with many to that with few.
CLOSE, FAIR = 1.3, 2.0


class Place(NamedTuple):
    """A page, and how many times as long it may take with many. `known`: it takes longer (docs/performance.md)."""

    address: str
    allowed: float
    known: bool = False
    # Asked as the first request after a change: nothing is kept in memory.
    is_first: bool = False


def places() -> dict[str, Place]:
    """Name → place, in the database that is in use."""
    listed, hosts = "/sv/upplevelser/", "/sv/vardar/"
    swedish = ExperiencePage.objects.live().filter(locale__language_code="sv").count()
    last = -(-swedish // CARDS_A_PAGE)
    index = ExperienceIndexPage.objects.get(locale__language_code="sv").pk
    enquiry = Enquiry.objects.get(submission="seed-60").pk
    part = reverse("sitemap_part", args=[1])
    report = reverse("wagtail_localize:translations_report")
    return {
        "home": Place("/sv/", CLOSE),
        "list, first": Place(listed, CLOSE),
        "list, middle": Place(f"{listed}?page={(last + 1) // 2}", CLOSE),
        # The last but one: the last one may be short.
        "list, last": Place(f"{listed}?page={last - 1}", CLOSE),
        "hosts": Place(hosts, CLOSE),
        "experience": Place(f"{listed}seed-50/", CLOSE),
        "experience, English": Place("/en/experiences/seed-50/", CLOSE),
        "host": Place(f"{hosts}seed-host-20/", CLOSE),
        "filter: a kind": Place(f"{listed}?kind=mat", FAIR),
        "filter: people": Place(f"{listed}?people=4", FAIR),
        "filter: a weekend": Place(f"{listed}?when=weekend&people=2", FAIR),
        "home, after a change": Place("/sv/", CLOSE, known=True, is_first=True),
        "list, after a change": Place(listed, CLOSE, known=True, is_first=True),
        "experience, after a change": Place(f"{listed}seed-50/", CLOSE, is_first=True),
        "host, after a change": Place(f"{hosts}seed-host-20/", CLOSE, is_first=True),
        "search, a word of many pages": Place("/sv/search/?q=bröd", FAIR),
        "search, two words": Place("/sv/search/?q=baka+bröd", FAIR),
        "search, a title": Place("/sv/search/?q=50", FAIR),
        "sitemap": Place("/sitemap.xml", FAIR),
        "sitemap, a part": Place(part if swedish > sitemaps.AT_MOST else "/sitemap.xml", FAIR),
        "admin: pages": Place(f"/admin/pages/{index}/", FAIR),
        "admin: pages, later": Place(f"/admin/pages/{index}/?p={max(1, swedish // 100)}", FAIR),
        "admin: search": Place("/admin/pages/search/?q=bröd", FAIR),
        "admin: translations": Place(report, FAIR, known=True),
        "admin: first page": Place("/admin/", FAIR, known=True),
        "inbox": Place(reverse("inbox:index"), CLOSE),
        "inbox, waiting": Place(f"{reverse('inbox:index')}?waiting=us", FAIR),
        "enquiry": Place(reverse("inbox:detail", args=[enquiry]), CLOSE),
    }


class Site:
    """A database of its own, with an administrator who is logged in, and what its pages share in memory."""

    def __init__(self, name: str) -> None:
        default = connections["default"]
        self.connection = type(default)({**default.settings_dict, "NAME": name}, "default")
        self.name = name
        self.values = memory.Values(name)
        self.visitor = Client(**{memory.VERSION: name})
        self.staff = Client()

    def use(self) -> None:
        connections["default"] = self.connection
        memory._values = self.values

    def ask(self, place: Place) -> None:
        client = self.staff if place.address.startswith("/admin/") else self.visitor
        answer = client.get(place.address)
        assert answer.status_code == 200, (place, answer)

    def ready(self, place: Place) -> None:
        """As it is when the place is asked for."""
        if place.is_first:
            self.values = memory.Values(self.name)
        self.use()

    def seconds(self, place: Place) -> float:
        self.ready(place)
        started = time.perf_counter()
        self.ask(place)
        return time.perf_counter() - started

    def queries(self, place: Place) -> int:
        """Of the second request: pictures are there in their sizes."""
        self.ready(place)
        self.ask(place)
        self.ready(place)
        with CaptureQueriesContext(self.connection) as captured:
            self.ask(place)
        return len(captured)


@contextmanager
def two_sites() -> Iterator[list[Site]]:
    """With FEW and with MANY experiences, hosts and enquiries."""
    loader.load(lambda step: None)
    call_command("seed_catalogue", FEW, stdout=sys.stderr)
    user = UserFactory(admin=True)
    default = connections["default"]
    first = default.settings_dict["NAME"]
    default.close()
    copy(first, f"{first}_many")
    sites = [Site(first), Site(f"{first}_many")]
    try:
        sites[1].use()
        call_command("seed_catalogue", MANY, stdout=sys.stderr)
        for site in sites:
            site.use()
            site.staff.force_login(user)
        yield sites
    finally:
        for site in sites:
            site.connection.close()
        connections["default"] = default
        memory._values = memory.Values()
        drop(f"{first}_many")


@pytest.mark.django_db(transaction=True)
def test_pages_cost_with_many_what_they_cost_with_few(capsys: Any) -> None:
    more, slow = [], []
    with two_sites() as sites:
        for name, (few, many) in pairs(sites).items():
            queries = [site.queries(place) for site, place in zip(sites, (few, many), strict=True)]
            times = median_times(sites, (few, many))
            ratio = times[1] / times[0]
            with capsys.disabled():
                sys.stdout.write(
                    f"\n{name:30} {queries[0]:4} {queries[1]:4} queries"
                    f" {times[0] * 1000:7.0f} {times[1] * 1000:7.0f} ms × {ratio:5.2f} (allowed: {few.allowed})"
                )
            if queries[1] > queries[0] + FURTHER.get(name, 0):
                more.append((name, queries))
            if ratio > 2 * few.allowed and not few.known:
                slow.append((name, ratio))
    assert (more, slow) == ([], [])


def pairs(sites: list[Site]) -> dict[str, tuple[Place, Place]]:
    """Name → its place in each of the two sites."""
    found = []
    for site in sites:
        site.use()
        found.append(places())
    return {name: (found[0][name], found[1][name]) for name in found[0]}


def median_times(sites: list[Site], asked: tuple[Place, Place]) -> list[float]:
    """Seconds, of each site. They are asked in turns."""
    rounds = [[site.seconds(place) for site, place in zip(sites, asked, strict=True)] for _ in range(ASKS)]
    return [median(times) for times in zip(*rounds, strict=True)]


# More queries than with few, each with its reason: a part of the sitemap asks for the translations of its pages.
FURTHER = {"sitemap": 1, "sitemap, a part": 1}
