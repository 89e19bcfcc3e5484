"""Slow clients hold some of the threads and never all; what is not taken on is told so, in the reader's language."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from core.web.bounds.numbers import (
    CLIENT_THREADS,
    FORM_BYTES,
    RETRY_AFTER,
    STREAM_THREADS,
    UPLOAD_BYTES,
    WEB_THREADS,
    WHOLE_BYTES,
)
from core.web.bounds.wsgi import Bounds, Stream
from tests.local.processes import wait_until

FORM = b"name=Lena&words=hej"


def application(answer: Callable[[dict[str, Any]], Any]) -> Callable[..., Any]:
    """As Django's handler is called and answers."""

    def run(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        response = answer(environ)
        start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
        return response

    return run


class Site:
    def __init__(self, answer: Callable[[dict[str, Any]], Any] = lambda environ: HttpResponse("page")) -> None:
        self.bounds = Bounds(application(answer))
        self.held: list[threading.Event] = []

    def ask(self, path: str = "/sv/", **more: Any) -> tuple[int, dict[str, str], Any]:
        environ = RequestFactory().generic("GET", path).environ | more
        started: list[Any] = []
        body = self.bounds(environ, lambda *words: started.append(words))
        return int(started[-1][0][:3]), dict(started[-1][1]), body

    def post(self, path: str = "/sv/", body: Any = FORM, length: int = len(FORM), **more: Any) -> Any:
        source = io.BytesIO(body) if isinstance(body, bytes) else body
        sent = {"REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(length), "wsgi.input": source}
        return self.ask(path, **sent, **more)

    def post_slowly(self, how_many: int) -> None:
        """Posts whose bodies do not come, until `let_go`."""
        for _number in range(how_many):
            silent = Silent()
            self.held.append(silent.ended)
            threading.Thread(target=self.post, args=["/sv/", silent], daemon=True).start()
            assert silent.asked.wait(10)

    def let_go(self) -> None:
        for ended in self.held:
            ended.set()


class Silent:
    """The body of a client that sends nothing, and ends its connection when `ended` is set."""

    def __init__(self) -> None:
        self.asked, self.ended = threading.Event(), threading.Event()

    def read(self, size: int) -> bytes:
        self.asked.set()
        self.ended.wait(30)
        return b""


@pytest.fixture(autouse=True)
def _no_database() -> Iterator[None]:
    """Responses are closed here without a database that could be looked after."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


@pytest.fixture
def site() -> Any:
    site = Site()
    yield site
    site.let_go()


def test_one_thread_is_left_for_pages():
    assert 0 < STREAM_THREADS < CLIENT_THREADS < WEB_THREADS


def test_a_form_arrives_whole():
    site = Site(lambda environ: HttpResponse(environ["wsgi.input"].read()))
    status, _headers, body = site.post()
    assert (status, body) == (200, [FORM])


def test_while_slow_bodies_hold_their_threads_pages_are_served_and_a_form_gets_503(site):
    site.post_slowly(CLIENT_THREADS)
    assert site.ask()[0] == 200
    status, headers, body = site.post("/en/enquiry/")
    assert (status, headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert b'lang="en"' in body[0]
    site.let_go()
    wait_until(lambda: site.post()[0] == 200, "their threads are free again", 10)


def test_the_refusal_is_logged_once_a_minute(site, caplog):
    site.post_slowly(CLIENT_THREADS)
    for _number in range(3):
        site.post()
    assert caplog.text.count("Requests are refused (503)") == 1


@pytest.mark.parametrize(
    ("path", "accepted", "words"),
    [
        ("/sv/enquiry/", "ar", "Om du skickade ett formulär kom det inte fram"),
        ("/ar/enquiry/", "sv", "طلبات كثيرة"),
        ("/admin/login/", "en-GB,en;q=0.8", "it has not arrived"),
    ],
)
def test_the_refusal_speaks_the_readers_language_and_needs_no_database(site, path, accepted, words):
    site.post_slowly(CLIENT_THREADS)
    _status, headers, body = site.post(path, HTTP_ACCEPT_LANGUAGE=accepted)
    assert words in body[0].decode()
    assert headers["Cache-Control"] == "no-store"


def test_a_body_that_was_cut_off_reaches_no_form():
    """granian ends such a body as if it were complete: half an enquiry would be kept."""
    seen: list[Any] = []
    site = Site(lambda environ: seen.append(environ))
    assert site.post(body=FORM, length=len(FORM) + 1)[0] == 400
    assert seen == []


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/sv/enquiry/", FORM_BYTES + 1, 413),
        ("/admin/images/add/", UPLOAD_BYTES + 1, 413),
        ("/sv/enquiry/", FORM_BYTES, 400),  # its length is let through; here it is cut off
        ("/admin/images/add/", FORM_BYTES + 1, 400),
    ],
)
def test_bodies_are_small_everywhere_but_in_the_admin(site, path, size, status):
    assert site.post(path, length=size)[0] == status


def test_a_body_is_read_before_the_site_is_asked_so_that_it_holds_no_connection_to_the_database(site):
    seen: list[Any] = []
    site = Site(lambda environ: seen.append(environ) or HttpResponse())
    site.post_slowly(1)
    assert seen == []
    site.let_go()


def test_a_small_file_is_handed_on_whole_and_holds_no_thread(tmp_path):
    file = tmp_path / "small.css"
    file.write_bytes(b"x" * WHOLE_BYTES)
    site = Site(lambda environ: FileResponse(file.open("rb")))
    answers = [site.ask() for _number in range(WEB_THREADS + 1)]
    assert {status for status, _headers, _body in answers} == {200}
    assert all(body == [b"x" * WHOLE_BYTES] for _status, _headers, body in answers)


def test_of_large_files_only_some_are_sent_at_once_until_they_are_closed(tmp_path):
    file = tmp_path / "film.mp4"
    file.write_bytes(b"x" * (WHOLE_BYTES + 1))
    site = Site(lambda environ: FileResponse(file.open("rb")))
    sent = [site.ask()[2] for _number in range(STREAM_THREADS)]
    status, headers, _body = site.ask()
    assert (status, headers["Retry-After"]) == (503, str(RETRY_AFTER))
    assert isinstance(sent[0], Stream)
    assert sum(map(len, sent[0])) == WHOLE_BYTES + 1
    sent[0].close()
    sent[0].close()  # a server may do so twice
    assert site.ask()[0] == 200
    assert site.ask()[0] == 503


def test_an_answer_of_unknown_length_is_sent_piece_by_piece():
    site = Site(lambda environ: StreamingHttpResponse([b"a", b"b"]))
    assert list(site.ask()[2]) == [b"a", b"b"]


def test_an_error_gives_the_thread_back():
    site = Site(lambda environ: 1 / 0)
    for _number in range(WEB_THREADS + 1):
        with pytest.raises(ZeroDivisionError):
            site.post()
