"""The page cache as a WSGI application around Django's: what is kept is answered without Django."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from threading import Event, Lock
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.db import Error
from django.http.request import split_domain_port, validate_host
from django.urls import reverse
from django.utils.translation import get_language_from_path
from wagtail.models import Site

from core.web.middleware import language_accepted
from core.web.page_cache.changes import Listener
from core.web.page_cache.clock import next_change
from core.web.page_cache.memory import VERSION
from core.web.page_cache.parameters import known_query
from core.web.page_cache.store import Entry, Headers, Store, make_entry
from core.web.page_cache.version import content_version

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

# Seconds that a request waits for another one that makes the same page. Then it makes its own.
LONGEST_WAIT = 10
# Characters of a path with its query, and of an Accept-Encoding header, that are read: memory is bounded.
LONGEST, LONGEST_CODINGS = 2_000, 200
KEPT_STATUSES = {"200", "301", "308", "404"}
# All that Django is told of every request whose answer may be kept: nothing of one visitor can be on the page.
TOLD = ("SCRIPT_NAME", "PATH_INFO", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "HTTP_HOST")


class Key(NamedTuple):
    """What an answer depends on. `language`: the one asked for, where the path has none; else empty."""

    scheme: str
    host: str
    path: str
    query: str
    language: str


class Made(NamedTuple):
    """An answer of Django's, whole."""

    status: str
    headers: Headers
    body: bytes


class Making:
    """An answer that is being made. `entry`: None until it is done, and for one that is not kept."""

    def __init__(self) -> None:
        self.done = Event()
        self.entry: Entry | None = None


class PageCache:
    """Serves kept pages; lets `application` make all others, and keeps those that are the same for every visitor.

    One instance a process. Its listener starts with the first request, so that a server may fork before.
    """

    def __init__(self, application: Application, *, limit: int, cdn_seconds: int = 0, says: bool = False) -> None:
        """`limit`: bytes; with 0 no page is kept, only what pages share (`memory`).

        `cdn_seconds`: how long shared caches may keep a page. `says`: whether answers have a header X-Cache.
        """
        self.application = application
        self.says = says
        self.cache_control = _cache_control(cdn_seconds)
        self.store = Store(limit)
        self.listener = Listener(self._changed)
        self._generation = 0
        self._making: dict[object, Making] = {}
        self._lock = Lock()
        self._good_until: tuple[object, datetime] = (None, datetime.min.replace(tzinfo=UTC))

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if not may_be_kept(environ) or not self._hears():
            return self.application(environ, self._saying("pass", start_response))
        key, version, now = key_of(environ), self._version(), datetime.now(UTC)
        entry = self.store.find(key, version, now)
        found = entry or self._once(key, version, environ)
        became = "hit" if entry else "miss" if isinstance(found, Entry) else "pass"
        if not found.status.startswith("200") and key.query != whole_query(environ):
            # A redirect takes the visitor's whole query along, and may be for an address with just this one.
            return self.application(environ, self._saying("pass", start_response))
        start = self._saying(became, start_response)
        return answer(found, environ, start) if isinstance(found, Entry) else hand_on(found, environ, start)

    def _once(self, key: Key, version: object, environ: Environ) -> Entry | Made:
        """The answer, made by one of the requests that ask for it at the same time; each its own if it is not kept."""
        if not self.store.limit:
            return self._make(key, version, environ)
        with self._lock:
            others = self._making.get((key, version))
            mine = self._making.setdefault((key, version), Making())
        if others:
            others.done.wait(LONGEST_WAIT)
            return others.entry or self._make(key, version, environ)
        try:
            made = self._make(key, version, environ)
            mine.entry = made if isinstance(made, Entry) else None
            return made
        finally:
            del self._making[key, version]
            mine.done.set()

    def _make(self, key: Key, version: object, environ: Environ) -> Entry | Made:
        # Both are asked before the page is made: what changes meanwhile makes it old at once.
        good_until = self._next_change(version)
        right = good_until and (version, good_until)
        made = ask(self.application, environ_for(key, right, environ))
        if good_until is None or not is_for_everybody(made):
            return made
        entry = make_entry(made.status, self._public_headers(made.headers), plain_body(made), good_until)
        self.store.keep(part_of(key, made), key, entry, version)
        return entry

    def _next_change(self, version: object) -> datetime | None:
        """When pages of this version go stale by the clock, asked once for all of them; None without a database."""
        known_for, moment = self._good_until
        now = datetime.now(UTC)
        if known_for != version:
            Site.clear_site_root_paths_cache()  # Wagtail keeps them in each process for an hour.
        if known_for != version or moment <= now:
            try:
                moment = next_change(now)
            except Error:
                return None
            self._good_until = (version, moment)
        return moment

    def _public_headers(self, headers: Headers) -> Headers:
        """For browsers: ask each time, which a 304 answers. Unless the view says otherwise of its answer."""
        left_out = {"content-length", "content-encoding", "etag", "vary"}
        public = [(name, value) for name, value in headers if name.lower() not in left_out]
        if not any(name.lower() == "cache-control" for name, _value in public):
            public.append(("Cache-Control", self.cache_control))
        varies = [word.strip() for word in header(headers, "Vary").split(",") if word.strip()]
        return [*public, ("Vary", ", ".join(dict.fromkeys([*varies, "Accept-Encoding"])))]

    def _version(self) -> object:
        return content_version().read(), self._generation

    def _changed(self) -> None:
        self._generation += 1

    def _hears(self) -> bool:
        if self.listener.ident is None:
            with self._lock:
                if self.listener.ident is None:
                    self.listener.start()
        return self.listener.hears

    def _saying(self, what: str, start_response: StartResponse) -> StartResponse:
        if not self.says:
            return start_response
        return lambda status, headers, *more: start_response(status, [*headers, ("X-Cache", what)], *more)


def page_cache(application: Application) -> PageCache:
    """`application` behind a page cache as the settings want it."""
    return PageCache(
        application,
        limit=settings.PAGE_CACHE_BYTES,
        cdn_seconds=settings.PAGE_CACHE_CDN_SECONDS,
        says=settings.PAGE_CACHE_SAYS,
    )


def may_be_kept(environ: Environ) -> bool:
    """Whether the answer may be the same for every visitor: no change, no login, no file, no address but the site's."""
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    return (
        environ["REQUEST_METHOD"] in {"GET", "HEAD"}
        and "HTTP_AUTHORIZATION" not in environ
        and not path.startswith(_never_kept())
        and len(path) + len(query) <= LONGEST
        and _is_our_host(environ.get("HTTP_HOST", ""), environ.get("SERVER_PORT", ""))
        and not _has_private_cookie(environ.get("HTTP_COOKIE", ""))
    )


@lru_cache(maxsize=1)
def _never_kept() -> tuple[str, ...]:
    """Beginnings of paths: the admin, whose answers are one person's, and files, which are streamed."""
    return (reverse("wagtailadmin_home"), "/documents/", settings.MEDIA_URL, settings.STATIC_URL)


def _has_private_cookie(cookies: str) -> bool:
    names = {cookie.partition("=")[0].strip() for cookie in cookies.split(";")} if cookies else set()
    return settings.SESSION_COOKIE_NAME in names or "messages" in names


@lru_cache(maxsize=64)
def _is_our_host(host: str, port: str) -> bool:
    """Whether it is a host of ours, without a port or with the server's own: Django accepts any port, and a visitor
    could have each page kept sixty thousand times."""
    name, given = split_domain_port(host)
    is_usual = given in {"", port} or host == urlsplit(settings.WAGTAILADMIN_BASE_URL).netloc
    return is_usual and validate_host(name, settings.ALLOWED_HOSTS)


@lru_cache(maxsize=64)
def _host(host: str) -> str:
    """In one spelling: small letters, no dot at the end. Or a visitor could have each page kept many times."""
    name, port = split_domain_port(host)
    return f"{name}:{port}" if port else name


def key_of(environ: Environ) -> Key:
    path = environ.get("PATH_INFO", "")
    return Key(
        _scheme(environ),
        _host(environ.get("HTTP_HOST", "")),
        path,
        known_query(environ.get("QUERY_STRING", "")),
        "" if get_language_from_path(path) else language_accepted(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
    )


def whole_query(environ: Environ) -> str:
    """The query string as `known_query` would write it if pages knew all parameters."""
    return known_query(environ.get("QUERY_STRING", ""), everything=True)


def _scheme(environ: Environ) -> str:
    """http or https, as Django takes it from the header of SECURE_PROXY_SSL_HEADER, if there is one."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    if not trusted or trusted[0] not in environ:
        return str(environ.get("wsgi.url_scheme", ""))
    return "https" if environ[trusted[0]].split(",", 1)[0].strip() == trusted[1] else "http"


def environ_for(key: Key, version: object, environ: Environ) -> Environ:
    """A request for that answer, with nothing of the visitor's own: TOLD, and what decides between answers."""
    told = {name: environ[name] for name in TOLD if name in environ}
    told |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
    told["HTTP_HOST"] = key.host
    if trusted := settings.SECURE_PROXY_SSL_HEADER:
        told[trusted[0]] = trusted[1] if key.scheme == "https" else "http"
    if key.language:
        told["HTTP_ACCEPT_LANGUAGE"] = key.language
    if weights_of(environ).get("gzip"):
        told["HTTP_ACCEPT_ENCODING"] = "gzip"  # for an answer that is handed on
    told |= {"REQUEST_METHOD": "GET", "QUERY_STRING": key.query, "wsgi.input": io.BytesIO()}
    return told | {VERSION: version}


def ask(application: Application, environ: Environ) -> Made:
    """Let the application make the answer. What it raises is raised here: the server answers with 500."""
    started: list[tuple[str, Headers]] = []
    answered = application(environ, lambda status, headers, *_more: started.append((status, list(headers))))
    try:
        body = b"".join(answered)
    finally:
        if close := getattr(answered, "close", None):
            close()
    return Made(*started[-1], body)


def is_for_everybody(made: Made) -> bool:
    """Whether it is the same for every visitor, and complete: RFC 9111, 3, and nothing that was made of a cookie."""
    if made.status[:3] not in KEPT_STATUSES or header(made.headers, "Set-Cookie"):
        return False
    control = header(made.headers, "Cache-Control").lower()
    varies = header(made.headers, "Vary").lower()
    return not ("private" in control or "no-store" in control or "cookie" in varies or "*" in varies)


def header(headers: Headers, name: str) -> str:
    """The value of a header; empty where there is none."""
    return next((value for found, value in headers if found.lower() == name.lower()), "")


def part_of(key: Key, made: Made) -> str:
    """The part of the store: pages must not be pushed out by what a visitor can ask for without end."""
    if made.status.startswith("404"):
        return "404"
    is_page = made.status.startswith("200") and header(made.headers, "Content-Type").startswith("text/html")
    return "page" if is_page and not key.query else "other"


def plain_body(made: Made) -> bytes:
    return gzip.decompress(made.body) if header(made.headers, "Content-Encoding") == "gzip" else made.body


def hand_on(made: Made, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    start_response(made.status, made.headers)
    return () if environ["REQUEST_METHOD"] == "HEAD" else (made.body,)


def answer(entry: Entry, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and entry.status.startswith("200") and (entry.etag[2:] in asked or asked.strip() == "*"):
        start_response("304 Not Modified", entry.headers_not_modified)
        return ()
    coding = coding_of(environ)
    if coding not in entry.bodies:
        coding = ""
    start_response(entry.status, entry.headers[coding])
    return () if environ["REQUEST_METHOD"] == "HEAD" else (entry.bodies[coding],)


def coding_of(environ: Environ) -> str:
    """br or gzip, whichever the browser likes better, br if both alike; empty for neither (RFC 9110, 12.5.3)."""
    weights = weights_of(environ)
    return max(("", "br", "gzip"), key=lambda coding: weights.get(coding, 0.0))


def weights_of(environ: Environ) -> dict[str, float]:
    return _weights(environ.get("HTTP_ACCEPT_ENCODING", "")[:LONGEST_CODINGS])


@lru_cache(maxsize=256)
def _weights(accepted: str) -> dict[str, float]:
    """Each coding of an Accept-Encoding header with its weight."""
    wishes = (wish.partition(";") for wish in accepted.lower().split(","))
    return {coding.strip(): _weight(weight) for coding, _semicolon, weight in wishes if coding.strip()}


def _weight(parameter: str) -> float:
    """The value of `q=0.5`; 1 where there is none, 0 for one that cannot be read."""
    name, _sign, value = parameter.replace(" ", "").partition("=")
    try:
        return float(value) if name == "q" else 1.0
    except ValueError:
        return 0.0


def _cache_control(cdn_seconds: int) -> str:
    own = "public, max-age=0, must-revalidate"
    return f"{own}, s-maxage={cdn_seconds}" if cdn_seconds else own
