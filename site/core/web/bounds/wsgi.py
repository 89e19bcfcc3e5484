"""A WSGI application around Django's: clients that are slow, or many, hold some of the threads and never all.

What it answers itself: 503 with Retry-After where those threads are taken, 413 for a body that is too large, 400 for
one that was cut off (RFC 9110, 15.5.1, 15.5.14, 15.6.4).

It cannot end a client that keeps silent: granian's `read` has no time-out, and calling it in another thread, to answer
meanwhile, stops the whole process (2.8.7 waits for that read with the GIL held). A proxy in front can.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from tempfile import SpooledTemporaryFile
from threading import BoundedSemaphore
from typing import IO, Any, NamedTuple, Protocol

from django.conf import settings
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext_lazy as _

from core.web.bounds.numbers import (
    CLIENT_THREADS,
    FORM_BYTES,
    RETRY_AFTER,
    STREAM_THREADS,
    UPLOAD_BYTES,
    WHOLE_BYTES,
)
from core.web.middleware import language_accepted
from core.web.resubmit import LAST_RESORT, frame

logger = logging.getLogger(__name__)

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], HttpResponseBase]

# Seconds between two lines in the log that requests are refused.
SAY_EVERY = 60
# Bytes of a body that are read at once.
CHUNK = 65_536


class Input(Protocol):
    """wsgi.input."""

    def read(self, size: int, /) -> bytes: ...


class Refusal(NamedTuple):
    status: str
    title: Promise
    lead: Promise


BUSY = Refusal(
    "503 Service Unavailable",
    _("Too many at once"),
    _("The site has more to do than it can at this moment. If you sent a form, it has not arrived. Try again soon."),
)
CUT_OFF = Refusal("400 Bad Request", BUSY.title, BUSY.lead)  # The client has gone: it reads no words.
TOO_LARGE = Refusal(
    "413 Content Too Large",
    _("This is too large"),
    _("What you sent is larger than the site accepts, and has not arrived. Make it shorter or smaller, and try again."),
)


class Bounds:
    """Serves `application`. A request that changes something has one of CLIENT_THREADS until it is answered.

    Its body is read before `application` is called, so that a slow client holds no connection to the database. An
    answer that the server sends piece by piece has a thread of STREAM_THREADS, and of the others, until it is sent.
    """

    def __init__(self, application: Application) -> None:
        self.application = application
        self.client_threads = BoundedSemaphore(CLIENT_THREADS)
        self.stream_threads = BoundedSemaphore(STREAM_THREADS)
        self._said_at = float("-inf")

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] in {"GET", "HEAD"}:
            return self._answer(environ, start_response)
        if not self.client_threads.acquire(blocking=False):
            return self._refuse_as_busy(environ, start_response)
        try:
            return self._answer_with_body(environ, start_response)
        finally:
            self.client_threads.release()

    def _answer_with_body(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        length = content_length(environ)
        if length > longest_body(environ):
            return refuse(TOO_LARGE, environ, start_response)
        if not length:
            return self._answer(environ, start_response)
        with SpooledTemporaryFile(max_size=FORM_BYTES) as body:
            if copy_body(environ["wsgi.input"], length, body) < length:
                return refuse(CUT_OFF, environ, start_response)
            body.seek(0)
            return self._answer({**environ, "wsgi.input": body}, start_response)

    def _answer(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        response = self.application(environ, lambda status, headers, *_more: started.append((status, headers)))
        if not is_whole(response):
            if not self._take_stream_thread():
                response.close()
                return self._refuse_as_busy(environ, start_response)
            start_response(*started[-1])
            return Stream(response, self._release_stream_thread)
        try:
            body = b"".join(response)
        finally:
            response.close()
        start_response(*started[-1])
        return [body]

    def _take_stream_thread(self) -> bool:
        if not self.stream_threads.acquire(blocking=False):
            return False
        if self.client_threads.acquire(blocking=False):
            return True
        self.stream_threads.release()
        return False

    def _release_stream_thread(self) -> None:
        self.client_threads.release()
        self.stream_threads.release()

    def _refuse_as_busy(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if time.monotonic() > self._said_at + SAY_EVERY:
            self._said_at = time.monotonic()
            logger.warning("Requests are refused (503): slow clients, or too many, hold the threads of this process")
        return refuse(BUSY, environ, start_response)


class Stream:
    """A response that is sent piece by piece; calls `ended` once, when it is closed."""

    def __init__(self, response: HttpResponseBase, ended: Callable[[], None]) -> None:
        self.response, self.ended = response, ended
        self.is_open = True

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.response)

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            try:
                self.response.close()
            finally:
                self.ended()


def is_whole(response: HttpResponseBase) -> bool:
    """Whether the response is in memory, or is a file so small that it may be."""
    size = response.headers.get("Content-Length", "")
    return not response.streaming or (size.isdecimal() and int(size) <= WHOLE_BYTES)


def content_length(environ: Environ) -> int:
    """As Django reads it: 0 for a body whose length is not told, which Django does not read."""
    length = environ.get("CONTENT_LENGTH") or ""
    return int(length) if length.isdecimal() else 0


def copy_body(source: Input, length: int, to: IO[bytes]) -> int:
    """The number of bytes copied: fewer than `length` where the client ended the connection.

    granian does not say so: to Django, half a form would look like a whole one.
    """
    copied = 0
    while copied < length and (chunk := source.read(min(CHUNK, length - copied))):
        copied += to.write(chunk)
    return copied


def longest_body(environ: Environ) -> int:
    return UPLOAD_BYTES if environ.get("PATH_INFO", "").startswith(reverse("wagtailadmin_home")) else FORM_BYTES


def refuse(refusal: Refusal, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """The answer, in the reader's language. It needs no database."""
    path, accepted = environ.get("PATH_INFO", ""), environ.get("HTTP_ACCEPT_LANGUAGE", "")
    with translation.override(get_language_from_path(path) or language_accepted(accepted)):
        page = format_html(LAST_RESORT, title=refusal.title, lead=refusal.lead, **frame()).encode()
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(page)),
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        **settings.SECURITY_HEADERS,
    }
    if refusal is BUSY:
        headers["Retry-After"] = str(RETRY_AFTER)
    start_response(refusal.status, list(headers.items()))
    return [page]
