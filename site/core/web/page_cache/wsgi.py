"""The page cache as a WSGI application around Django's: what is kept is answered without Django."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import lru_cache
from threading import Event, Lock
from typing import Any, NamedTuple

from django.conf import settings
from django.db import Error
from django.urls import reverse
from django.utils.translation import get_language_from_path

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
KEPT_STATUSES = {"200", "301", "308", "404"}
# All that Django is told of a request whose answer may be kept: nothing of one visitor can be on the page.
# With the header of SECURE_PROXY_SSL_HEADER, which our own proxy writes.
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
        if entry := self.store.find(key, version, now):
            return answer(entry, environ, self._saying("hit", start_response))
        made = self._once(key, version, environ)
        if isinstance(made, Entry):
            return answer(made, environ, self._saying("miss", start_response))
        self._saying("pass", start_response)(made.status, made.headers)
        return () if environ["REQUEST_METHOD"] == "HEAD" else (made.body,)

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
        made = ask(self.application, environ_for(key, version, environ))
        if not is_for_everybody(made):
            return made
        try:
            good_until = self._next_change(version)
        except Error:
            return made
        entry = make_entry(made.status, self._public_headers(made.headers), made.body, good_until)
        part = "404" if made.status.startswith("404") else "query" if key.query else "page"
        self.store.keep(part, key, entry, version)
        return entry

    def _next_change(self, version: object) -> datetime:
        """When pages of this version go stale by the clock. Asked once for all of them."""
        known_for, moment = self._good_until
        now = datetime.now(UTC)
        if known_for != version or moment <= now:
            moment = next_change(now)
            self._good_until = (version, moment)
        return moment

    def _public_headers(self, headers: Headers) -> Headers:
        """For browsers: ask each time, which a 304 answers. Unless the view says otherwise of its answer."""
        left_out = {"content-length", "etag", "vary", "set-cookie"}
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
    """Whether the answer may be the same for every visitor: no change, no login, no file."""
    if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or "HTTP_AUTHORIZATION" in environ:
        return False
    cookies = environ.get("HTTP_COOKIE", "")
    return not (cookies and any(name in cookies for name in _private_cookies())) and not environ.get(
        "PATH_INFO", ""
    ).startswith(_never_kept())


@lru_cache(maxsize=1)
def _never_kept() -> tuple[str, ...]:
    """Beginnings of paths: the admin, whose answers are one person's, and files, which are streamed."""
    return (reverse("wagtailadmin_home"), "/documents/", settings.MEDIA_URL, settings.STATIC_URL)


@lru_cache(maxsize=1)
def _private_cookies() -> tuple[str, ...]:
    return (f"{settings.SESSION_COOKIE_NAME}=", "messages=")


def key_of(environ: Environ) -> Key:
    path = environ.get("PATH_INFO", "")
    return Key(
        _scheme(environ),
        environ.get("HTTP_HOST", ""),
        path,
        known_query(environ.get("QUERY_STRING", "")),
        "" if get_language_from_path(path) else language_accepted(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
    )


def _scheme(environ: Environ) -> str:
    """As the visitor's browser sees it, or what a proxy that is not trusted claims: that has a page of its own."""
    trusted = settings.SECURE_PROXY_SSL_HEADER
    return environ.get(trusted[0], "") if trusted else environ.get("wsgi.url_scheme", "")


def environ_for(key: Key, version: object, environ: Environ) -> Environ:
    """A request for that answer, with nothing of the visitor's own."""
    told = {name: environ[name] for name in TOLD if name in environ}
    told |= {name: value for name, value in environ.items() if name.startswith("wsgi.")}
    if settings.SECURE_PROXY_SSL_HEADER and key.scheme:
        told[settings.SECURE_PROXY_SSL_HEADER[0]] = key.scheme
    if key.language:
        told["HTTP_ACCEPT_LANGUAGE"] = key.language
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


def answer(entry: Entry, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    asked = environ.get("HTTP_IF_NONE_MATCH", "")
    if asked and entry.status.startswith("200") and (entry.etag[2:] in asked or asked.strip() == "*"):
        start_response("304 Not Modified", entry.headers_not_modified)
        return ()
    coding = _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if coding not in entry.bodies:
        coding = ""
    start_response(entry.status, entry.headers[coding])
    return () if environ["REQUEST_METHOD"] == "HEAD" else (entry.bodies[coding],)


@lru_cache(maxsize=256)
def _coding(accepted: str) -> str:
    """The best coding that an Accept-Encoding header allows: br, gzip or none (RFC 9110, 12.5.3)."""
    wishes = [wish.replace(" ", "").lower().partition(";q=") for wish in accepted.split(",")]
    allowed = {coding for coding, _sign, weight in wishes if weight.strip("0.") or not weight}
    return next((coding for coding in ("br", "gzip") if coding in allowed), "")


def _cache_control(cdn_seconds: int) -> str:
    own = "public, max-age=0, must-revalidate"
    return f"{own}, s-maxage={cdn_seconds}" if cdn_seconds else own
