"""What is served from memory, to whom, and what never is."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import brotli
import pytest
from django.core.signals import request_finished, request_started
from django.db import OperationalError, close_old_connections
from django.test import RequestFactory
from wagtail.contrib.redirects.models import Redirect

from core.web.page_cache.changes import Listener
from core.web.page_cache.clock import midnight_after
from core.web.page_cache.store import Headers, Store
from core.web.page_cache.version import content_version
from core.web.page_cache.wsgi import PageCache
from core.web.wsgi import Handler
from experiences.models import ExperienceDate
from tests.experiences.enquiries.factories import EnquiryFactory

pytestmark = pytest.mark.django_db
MEGABYTE = 1_000_000


_listeners: list[Listener] = []


@pytest.fixture(autouse=True)
def _listeners_end() -> Iterator[None]:
    yield
    while _listeners:
        _listeners.pop().stop()


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def became(self) -> str:
        return self.headers["x-cache"]


class Site:
    """An application behind a page cache, asked as a server asks it."""

    def __init__(self, application: Any, **options: Any) -> None:
        self.cache = PageCache(application, limit=16 * MEGABYTE, says=True, **options)
        self.cache.listener.start()
        _listeners.append(self.cache.listener)
        deadline = time.monotonic() + 10
        while not self.cache.listener.hears:
            assert time.monotonic() < deadline, "the listener has no connection"
            time.sleep(0.01)

    def get(self, path: str, method: str = "get", **headers: str) -> Answer:
        environ = getattr(RequestFactory(), method)(path, **{"HTTP_HOST": "testserver"} | headers).environ
        started: list[tuple[str, Headers]] = []
        body = b"".join(self.cache(environ, lambda status, sent: started.append((status, sent))))
        status, sent = started[-1]
        return Answer(int(status[:3]), {name.lower(): value for name, value in sent}, body)


class Echo:
    """An application that counts its requests and answers with all that it is told of one."""

    def __init__(self, status: str = "200 OK", **headers: str) -> None:
        self.status, self.asked = status, 0
        given = {"Content_Type": "text/html"} | headers
        self.headers = [(name.replace("_", "-"), value) for name, value in given.items()]

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        time.sleep(0.05)
        start_response(self.status, self.headers)
        told = (f"{name}: {value}" for name, value in sorted(environ.items()) if not name.startswith("wsgi."))
        return ["\n".join(told).encode()]


@pytest.fixture
def site(catalogue: Any) -> Iterator[Site]:
    """The real site. Its requests do not close the test's connection, as with Django's test client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield Site(Handler())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("path", ["/sv/", "/sv/upplevelser/", "/sv/vardarna/", "/sv/search/", "/sv/enquiry/"])
def test_the_second_visitor_gets_the_page_from_memory(site, path):
    first, second = site.get(path), site.get(path)
    assert (first.status, first.became, second.became) == (200, "miss", "hit")
    assert first.body == second.body


def test_a_kept_page_costs_no_query(site, django_assert_num_queries):
    site.get("/sv/upplevelser/")
    with django_assert_num_queries(0):
        assert site.get("/sv/upplevelser/").became == "hit"


def test_a_change_of_content_empties_it(site):
    site.get("/sv/")
    content_version().advance()
    assert site.get("/sv/").became == "miss"


def test_languages_hosts_and_schemes_have_pages_of_their_own(site):
    site.get("/sv/")
    assert site.get("/en/").became == "miss"
    assert site.get("/sv/", HTTP_HOST="localhost").became == "miss"
    assert site.get("/sv/", **{"wsgi.url_scheme": "https"}).became == "miss"


@pytest.mark.parametrize("spelling", ["LocalHost", "localhost.", "LOCALHOST"])
def test_a_host_in_another_spelling_has_no_pages_of_its_own(site, spelling):
    site.get("/sv/", HTTP_HOST="localhost")
    assert site.get("/sv/", HTTP_HOST=spelling).became == "hit"


def test_where_the_address_has_no_language_the_readers_counts():
    site = Site(Echo("301 Moved Permanently", Location="/sv/"))
    assert "HTTP_ACCEPT_LANGUAGE: ar" in site.get("/", HTTP_ACCEPT_LANGUAGE="ar-SY,en;q=0.5").body.decode()
    assert site.get("/", HTTP_ACCEPT_LANGUAGE="sv").became == "miss"
    assert site.get("/", HTTP_ACCEPT_LANGUAGE="ar").became == "hit"


def test_unknown_parameters_make_no_page_of_their_own(site):
    site.get("/sv/")
    assert site.get("/sv/?utm_source=letter").became == "hit"
    site.get("/sv/search/?q=bread&fbclid=1")
    assert site.get("/sv/search/?q=bread").became == "hit"
    assert site.get("/sv/search/?q=bröd").became == "miss"


def test_nothing_of_one_visitor_reaches_what_others_see():
    site = Site(Echo())
    own = {
        "HTTP_COOKIE": "theme=mine",
        "HTTP_REFERER": "https://example.org/mine",
        "HTTP_USER_AGENT": "mine",
        "HTTP_X_FORWARDED_FOR": "192.0.2.1",
        "HTTP_ACCEPT_LANGUAGE": "ar",
        "REMOTE_ADDR": "192.0.2.2",
    }
    told = site.get("/sv/?mine=1", **own).body.decode()
    assert "mine" not in told
    assert "192.0.2" not in told
    assert "HTTP_ACCEPT_LANGUAGE" not in told
    assert site.get("/sv/").became == "hit"


def test_whoever_is_logged_in_passes_by():
    site = Site(Echo())
    site.get("/sv/")
    assert site.get("/sv/", HTTP_COOKIE="theme=dark; sessionid=abc").became == "pass"
    assert site.get("/sv/", HTTP_COOKIE="messages=abc").became == "pass"
    assert site.get("/sv/", HTTP_COOKIE="xsessionid=abc").became == "hit"
    assert site.get("/sv/", HTTP_AUTHORIZATION="Basic abc").became == "pass"


@pytest.mark.parametrize("path", ["/admin/", "/admin/login/", "/media/a.jpg", "/documents/1/a.pdf", "/static/a.css"])
def test_the_admin_and_files_pass_by(path):
    site = Site(Echo())
    assert [site.get(path).became, site.get(path).became] == ["pass", "pass"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods_pass_by(method):
    site = Site(Echo())
    site.get("/sv/")
    assert site.get("/sv/", method).became == "pass"


@pytest.mark.parametrize(
    "application",
    [
        Echo("302 Found", Location="/sv/"),
        Echo("422 Unprocessable Content"),
        Echo("500 Internal Server Error"),
        Echo("503 Service Unavailable"),
        Echo("206 Partial Content"),
        Echo(Set_Cookie="a=b"),
        Echo(Vary="Cookie"),
        Echo(Vary="*"),
        Echo(Cache_Control="private"),
        Echo(Cache_Control="max-age=0, no-cache, no-store, must-revalidate, private"),
    ],
)
def test_what_is_one_visitors_or_not_whole_is_never_kept(application):
    site = Site(application)
    assert [site.get("/sv/").became, site.get("/sv/").became] == ["pass", "pass"]
    assert application.asked == 2


def test_a_confirmation_is_never_kept(site, catalogue):
    path = f"/sv/enquiry/received/{EnquiryFactory(experience=catalogue.experience, token='t' * 43).token}/"
    answers = [site.get(path, HTTP_ACCEPT_ENCODING="gzip") for _time in range(2)]
    assert [(answer.status, answer.became) for answer in answers] == [(200, "pass")] * 2
    assert answers[0].headers["content-encoding"] == "gzip"


def test_a_redirect_takes_the_whole_query_along_and_may_be_of_a_query(site):
    Redirect.objects.create(old_path="/gammal?id=5", redirect_link="/sv/vardarna/")
    assert site.get("/?utm_source=letter").headers["location"] == "/sv/?utm_source=letter"
    assert site.get("/upplevelser/?utm_source=a").headers["location"].endswith("/sv/upplevelser/?utm_source=a")
    assert site.get("/upplevelser/").headers["location"].endswith("/sv/upplevelser/")
    assert site.get("/upplevelser/?utm_source=b").headers["location"].endswith("?utm_source=b")
    assert site.get("/gammal?id=5").headers["location"].endswith("/sv/vardarna/")


def test_a_change_from_elsewhere_empties_it():
    site = Site(Echo())
    site.get("/sv/")
    site.cache.listener.changed()
    assert site.get("/sv/").became == "miss"


def test_a_page_that_was_begun_before_a_change_is_not_kept_after_it():
    class Slow(Echo):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            answered = super().__call__(environ, start_response)
            if self.asked == 1:
                content_version().advance()  # after the page has been read from the database
            return answered

    site = Site(Slow())
    assert [site.get("/sv/").became for _time in range(3)] == ["miss", "miss", "hit"]


def test_a_page_that_was_begun_before_a_date_is_not_kept_after_it(catalogue):
    class Slow(Echo):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            time.sleep(0 if self.asked else 0.6)
            return super().__call__(environ, start_response)

    site = Site(Slow())
    ExperienceDate.objects.create(page=catalogue.experience, start=datetime.now(UTC) + timedelta(seconds=0.4), seats=4)
    content_version().advance()
    assert [site.get("/sv/").became for _time in range(3)] == ["miss", "miss", "hit"]


def test_pages_go_stale_at_midnight_in_stockholm():
    for now, midnight in [
        ("2026-12-01T12:00+00:00", "2026-12-01T23:00+00:00"),
        ("2026-12-01T23:30+00:00", "2026-12-02T23:00+00:00"),
        ("2027-03-27T23:30+00:00", "2027-03-28T22:00+00:00"),  # summer time begins: a day of 23 hours
    ]:
        assert midnight_after(datetime.fromisoformat(now)) == datetime.fromisoformat(midnight)


def test_one_visitor_cannot_fill_it_with_other_ports_hosts_and_long_addresses():
    site = Site(Echo())
    assert site.get("/sv/", HTTP_HOST="localhost:81").became == "pass"
    assert site.get("/sv/", HTTP_HOST="localhost:80", SERVER_PORT="80").became == "miss"
    assert site.get("/sv/", HTTP_HOST="evil.example").became == "pass"
    assert site.get(f"/sv/search/?q={'a' * 3000}").became == "pass"
    assert site.get(f"/sv/{'a' * 3000}/").became == "pass"


def test_what_can_be_asked_for_without_end_pushes_out_no_page():
    pictures = Site(Echo(Content_Type="image/png"))
    pictures.get("/cloth/bread.png")
    moved = Site(Echo("301 Moved Permanently"))
    moved.get("/sv/Bread/")
    assert not pictures.cache.store.parts["page"].size
    assert not moved.cache.store.parts["page"].size


def test_behind_a_proxy_django_learns_which_scheme_the_visitor_used(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    site = Site(Echo())
    assert "HTTP_X_FORWARDED_PROTO: https" in site.get("/sv/", HTTP_X_FORWARDED_PROTO="https").body.decode()
    assert site.get("/sv/", HTTP_X_FORWARDED_PROTO="http").became == "miss"
    assert site.get("/sv/", HTTP_X_FORWARDED_PROTO="gopher").became == "hit", "as http"
    assert site.get("/sv/", HTTP_X_FORWARDED_PROTO="https, http").became == "hit", "as https"


def test_the_answer_is_closed_so_that_its_connection_goes_back():
    closed: list[bool] = []

    class Closing(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return Closing([b"x"])

    Site(application).get("/sv/")
    assert closed == [True]


def test_with_no_memory_nothing_is_kept_and_nobody_waits():
    application = Echo()
    site = Site(application)
    site.cache.store = Store(0)
    assert [site.get("/sv/").became for _time in range(2)] == ["miss", "miss"]
    assert application.asked == 2


def test_without_a_database_a_page_is_handed_on(monkeypatch):
    def away(now: datetime) -> datetime:
        raise OperationalError

    monkeypatch.setattr("core.web.page_cache.wsgi.next_change", away)
    site = Site(Echo())
    assert [site.get("/sv/").became for _time in range(2)] == ["pass", "pass"]


def test_a_missing_page_is_kept_in_a_part_of_its_own(site):
    assert [site.get("/sv/nothing/").became, site.get("/sv/nothing/").became] == ["miss", "hit"]
    assert site.cache.store.parts["404"].size
    assert not site.cache.store.parts["page"].size


def test_a_browser_that_has_the_page_is_told_so(site):
    first = site.get("/sv/")
    again = site.get("/sv/", HTTP_IF_NONE_MATCH=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert "content-length" not in again.headers
    assert site.get("/sv/", HTTP_IF_NONE_MATCH=f'"other", {first.headers["etag"]}').status == 304
    assert site.get("/sv/", HTTP_IF_NONE_MATCH='W/"other"').status == 200
    assert site.get("/sv/nothing/", HTTP_IF_NONE_MATCH="*").status == 404


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=1.0", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.000, gzip; q=0", ""),
        ("gzip;q=1, br;q=0.1", "gzip"),
        ("br;q=0 ;x", ""),
        ("br;q=often", ""),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_page_comes_in_a_coding_that_the_browser_knows(site, accepted, coding):
    plain = site.get("/sv/").body
    answer = site.get("/sv/", HTTP_ACCEPT_ENCODING=accepted)
    opened = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}[coding](answer.body)
    assert answer.headers.get("content-encoding", "") == coding
    assert opened == plain
    assert int(answer.headers["content-length"]) == len(answer.body)


def test_browsers_ask_each_time_and_a_cdn_as_the_setting_says(site):
    headers = site.get("/sv/").headers
    assert headers["cache-control"] == "public, max-age=0, must-revalidate"
    assert headers["vary"] == "Accept-Encoding"
    headers = Site(Handler(), cdn_seconds=60).get("/sv/").headers
    assert headers["cache-control"] == "public, max-age=0, must-revalidate, s-maxage=60"


def test_security_headers_are_on_a_kept_page(site):
    first, second = site.get("/sv/").headers, site.get("/sv/").headers
    assert "content-security-policy" in second
    assert first | {"x-cache": "hit"} == second


def test_head_is_answered_from_the_page(site):
    page = site.get("/sv/")
    head = site.get("/sv/", "head")
    assert (head.status, head.became, head.body) == (200, "hit", b"")
    assert head.headers["content-length"] == str(len(page.body))


def test_a_page_asked_for_by_many_at_once_is_made_once():
    application = Echo()
    site = Site(application)
    threads = [threading.Thread(target=site.get, args=("/sv/",)) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert application.asked == 1


def test_an_error_while_it_is_made_stops_no_other_request():
    class Broken(Echo):
        def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
            if not self.asked:
                self.asked += 1
                raise RuntimeError("planted")
            return super().__call__(environ, start_response)

    site = Site(Broken())
    with pytest.raises(RuntimeError, match="planted"):
        site.get("/sv/")
    assert [site.get("/sv/").became for _time in range(2)] == ["miss", "hit"]
    assert not site.cache._making


def test_a_page_goes_stale_when_a_date_has_passed(site, catalogue):
    soon = datetime.now(UTC) + timedelta(seconds=1)
    ExperienceDate.objects.create(page=catalogue.experience, start=soon, seats=4)
    content_version().advance()
    assert [site.get("/sv/").became, site.get("/sv/").became] == ["miss", "hit"]
    time.sleep(1)
    assert site.get("/sv/").became == "miss"


def test_without_a_listener_nothing_is_kept():
    site = Site(Echo())
    site.get("/sv/")
    site.cache.listener._heard_at = 0.0
    assert [site.get("/sv/").became, site.get("/sv/").became] == ["pass", "pass"]
