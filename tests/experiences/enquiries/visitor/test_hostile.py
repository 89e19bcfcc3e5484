"""150 random posts that no person sends: none is a server error, and an honest enquiry afterwards is stored."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from config.wsgi import application
from experiences.enquiries.models import Enquiry

POSTS = 150
NAMES = [
    *("experience", "page", "asked", "purpose", "name", "email", "phone", "language", "people", "when_text"),
    *("when_date", "arrange", "message", "message_dir", "reason", "wants_news", "extra_1", "submission", "status"),
]
FORM = "application/x-www-form-urlencoded"
CHARSETS = ["utf-16", "latin-1", "zlib", "rot13", "idna", "punycode", "undefined", "unknown-8", "utf-7", "\xff", ""]
TEXTS = [
    b"\x00",
    b"Lena\x00Berg",
    "\ud800".encode("utf-8", "surrogatepass"),
    "x\udfffy".encode("utf-8", "surrogatepass"),
    b"\xff\xfe\xfd",
    b"\xc0\x80",
    b"A" * 200_000,
    ("é" * 100_000).encode(),
    "\u202e\u2066\ufffe\U0010ffff".encode(),
    b"' OR 1=1; DROP TABLE enquiries_enquiry; --",
    b"{{ settings.SECRET_KEY }}{% load x %}",
    b"%s %(x)s %n",
    b"\r\nBcc: victim@example.org\r\n\r\nBody",
    b"<script>alert(1)</script>",
    b"9" * 400,
    b"-1",
    b"1e309",
    b"NaN",
    b"0000-00-00",
    b"9999-12-31",
    b"[]",
    b"",
    "٣".encode(),
    b"a" + "\u0301".encode() * 3000,
]
HEADERS = [
    ("HTTP_ORIGIN", "http://[broken"),
    ("HTTP_ORIGIN", "null"),
    ("HTTP_REFERER", "http://[::1"),
    ("HTTP_REFERER", "//\x00"),
    ("HTTP_SEC_FETCH_SITE", "sideways"),
    ("HTTP_X_FORWARDED_FOR", ", ,;'\x00"),
    ("HTTP_ACCEPT_LANGUAGE", "\xff;q=x," * 50),
    ("REMOTE_ADDR", ""),
    ("REMOTE_ADDR", "not an address"),
    ("REMOTE_ADDR", "fe80::1%eth0"),
    ("CONTENT_LENGTH", "-5"),
    ("CONTENT_LENGTH", "five"),
    ("CONTENT_LENGTH", "99999999999"),
    ("HTTP_CONTENT_ENCODING", "gzip"),
]


class Attacker:
    """Makes random posts, the same ones in every run (fixed seed)."""

    def __init__(self, seed: int, page: int) -> None:
        self.dice = random.Random(seed)
        self.known = {"page": str(page), "experience": str(page), "asked": str(page)}
        self.kinds: list[Callable[[], tuple[bytes, str]]] = [
            self.odd_values,
            self.odd_values,
            self.noise,
            self.many_fields,
            self.multipart,
            self.broken_multipart,
            self.multipart_with_files,
            self.wrong_type,
            self.wrong_charset,
            self.repeated,
            self.too_large,
        ]

    def posts(self, number: int) -> Iterator[tuple[str, bytes, str, dict[str, str]]]:
        for _ in range(number):
            body, content_type = self.dice.choice(self.kinds)()
            yield self.path(), body, content_type, self.headers()

    def path(self) -> str:
        language = self.dice.choice(["sv", "en", "ar"])
        query = self.dice.choice(["", "", "?experience=%00", "?date=%FF&purpose[]=", "?" + "x" * 3000])
        return f"/{language}/enquiry/{query}"

    def headers(self) -> dict[str, str]:
        return dict(self.dice.sample(HEADERS, self.dice.choice([0, 0, 1, 2])))

    def text(self) -> bytes:
        return self.dice.choice(TEXTS)

    def fields(self) -> list[tuple[str, bytes]]:
        names = self.dice.sample(NAMES, self.dice.randint(0, len(NAMES)))
        odd = [(name, self.text()) for name in names]
        return odd + [(name, value.encode()) for name, value in self.known.items() if self.dice.random() < 0.5]

    def odd_values(self) -> tuple[bytes, str]:
        """Form data. Half of it has a valid name and address, so that it reaches the database."""
        fields = self.fields()
        if self.dice.random() < 0.5:
            fields += [("name", b"Lena"), ("email", b"lena@example.org")]
        return "&".join(f"{name}={quote_from_bytes(value)}" for name, value in fields).encode(), FORM

    def noise(self) -> tuple[bytes, str]:
        return self.dice.randbytes(self.dice.randint(0, 5000)), FORM

    def many_fields(self) -> tuple[bytes, str]:
        return b"&".join(b"f%d=1" % n for n in range(self.dice.choice([500, 10_001, 20_000]))), FORM

    def repeated(self) -> tuple[bytes, str]:
        name = self.dice.choice(NAMES)
        return "&".join(f"{name}={quote(str(n))}&{name}[]={n}&{name}[x]={n}" for n in range(50)).encode(), FORM

    def too_large(self) -> tuple[bytes, str]:
        return b"message=" + b"A" * 2_600_000, FORM

    def wrong_type(self) -> tuple[bytes, str]:
        kind = self.dice.choice(["application/json", "text/plain", "", "multipart/mixed", "image/png", "\x00", ";;;"])
        return b'{"name": ["Lena"], "email": {"a": null}}', kind

    def wrong_charset(self) -> tuple[bytes, str]:
        body, kind = self.dice.choice([self.odd_values, self.multipart])()
        return body, f"{kind}; charset={self.dice.choice(CHARSETS)}"

    def multipart(self) -> tuple[bytes, str]:
        parts = [
            b'--edge\r\nContent-Disposition: form-data; name="' + name.encode() + b'"\r\n\r\n' + value + b"\r\n"
            for name, value in self.fields()
        ]
        return b"".join(parts) + b"--edge--\r\n", "multipart/form-data; boundary=edge"

    def broken_multipart(self) -> tuple[bytes, str]:
        body, kind = self.multipart()
        return self.dice.choice(
            [
                (body[: self.dice.randint(0, len(body))], kind),
                (body, "multipart/form-data"),
                (body, "multipart/form-data; boundary="),
                (body, "multipart/form-data; boundary=" + "e" * 300),
                (body, "multipart/form-data; boundary=\xe9dge"),
                (
                    body.replace(b"Content-Disposition", b"Content-Transfer-Encoding: base64\r\nContent-Disposition"),
                    kind,
                ),
                (body.replace(b"form-data; name", b"form-data; filename*=utf-16''%00x; name"), kind),
                (body.replace(b"\r\n\r\n", b"\r\n"), kind),
                (b"--edge\r\n" * 2000, kind),
            ]
        )

    def multipart_with_files(self) -> tuple[bytes, str]:
        name = self.dice.choice(NAMES)
        file = b'--edge\r\nContent-Disposition: form-data; name="%s"; filename="../x\x00.php"\r\n' % name.encode()
        return file + b"Content-Type: text/html\r\n\r\n" + self.text() + b"\r\n" + self.multipart()[0], (
            "multipart/form-data; boundary=edge"
        )


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """The test's transaction would end with the first request: as Django's own test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def answer(path: str, body: bytes, content_type: str, headers: dict[str, str]) -> int:
    """The status of the WSGI application's response, without Django's test client, which would correct the request."""
    path, _, query = path.partition("?")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "203.0.113.9",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
        **headers,
    }
    setup_testing_defaults(environ)
    said: list[str] = []
    response = application(environ, lambda status, headers, *more: said.append(status))
    b"".join(response)
    if close := getattr(response, "close", None):
        close()
    return int(said[0][:3])


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("_one_connection")
def test_no_hostile_post_is_a_server_error_and_an_honest_one_afterwards_is_kept(catalogue):
    attacker = Attacker(seed=8, page=catalogue.experience.pk)
    answers: Counter[int] = Counter()
    failures = []
    for post in attacker.posts(POSTS):
        status = answer(*post)
        answers[status] += 1
        if status >= 500:
            failures.append((post[0], post[1][:200], *post[2:]))
    assert not failures
    assert answers[422] > 25, "many reached the form"
    assert answers[302] >= 3, "some were even kept"
    assert answers[400] > 5, "some could not be read at all"

    honest = {"experience": catalogue.experience.pk, "name": "Lena Berg", "phone": "070-123 45 67", "message": "Hej"}
    assert answer("/sv/enquiry/", urlencode(honest).encode(), FORM, {"REMOTE_ADDR": "198.51.100.9"}) == 302
    assert Enquiry.objects.get(phone="070-123 45 67").status == "new"


@pytest.mark.django_db
def test_a_post_that_cannot_be_read_is_answered_kindly(client, home):
    response = client.generic("POST", "/sv/enquiry/", b"message=" + b"A" * 3_000_000, FORM)
    html = response.content.decode()
    assert response.status_code == 400
    assert 'role="alert"' in html
    assert 'name="message"' in html, "with a form to try again"


@pytest.mark.django_db
def test_uploaded_files_are_skipped(client, home, settings):
    """They are neither stored nor written to a temporary file."""
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    file: Any = SimpleUploadedFile("x.html", b"<script>" * 1000)
    response = client.post("/sv/enquiry/", {"name": "Lena", "email": "lena@example.org", "message": file})
    assert response.status_code == 302
    assert Enquiry.objects.get().message == ""
    assert not response.wsgi_request.FILES
