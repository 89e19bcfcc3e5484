"""The shipped nginx.conf, served by Debian's nginx in front of a small server that says what it was asked."""

from __future__ import annotations

import http.client
import json
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.conf import settings

from core.media.uploads import serve_upload
from core.web.bounds import numbers
from tests.deploy.nginx import NGINX, SHIPPED, Nginx, fill

pytestmark = pytest.mark.skipif(not NGINX, reason="no nginx: its file is not tried (Debian: apt-get install nginx)")
LANGUAGES = ("För många på en gång", "Too many at once", "طلبات كثيرة")


class Web(ThreadingHTTPServer):
    """In place of the web server: says which headers it got, and counts."""

    daemon_threads = True

    def __init__(self) -> None:
        self.asked: list[str] = []
        super().__init__(("127.0.0.1", 0), Answer)


class Answer(BaseHTTPRequestHandler):
    server: Web

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(self.path)
        status = {"/own-503/": 503, "/gone/": 500}.get(self.path, 200)
        body = json.dumps({"path": self.path, **dict(self.headers)}).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_POST = do_GET  # noqa: N815 (likewise)

    def log_message(self, *words: Any) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    web = Web()
    threading.Thread(target=web.serve_forever, daemon=True).start()
    yield web
    web.shutdown()
    web.server_close()


@pytest.fixture(scope="module")
def nginx(web: Web, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    folder, var = tmp_path_factory.mktemp("nginx"), tmp_path_factory.mktemp("var")
    for name in ("static/site.css", "static/site.0123456789ab.css", "media/images/bread.webp", "private/secret.pdf"):
        (var / name).parent.mkdir(parents=True, exist_ok=True)
        (var / name).write_bytes(b"x" * 10)
    with Nginx(folder, web_port=web.server_port, var=var) as nginx:
        yield nginx


def ask(
    port: int, path: str, method: str = "GET", body: Any = None, address: str = "127.0.0.1", **headers: str
) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20, source_address=(address, 0))
    try:
        connection.request(method, path, body, {"Host": "example.org", **headers})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, answer.read().decode()
    finally:
        connection.close()


def test_the_shipped_file_is_right_as_it_is(tmp_path):
    if not shutil.which("openssl"):
        pytest.skip("no openssl: there is no certificate to try it with")
    certificate = ["-subj", "/CN=example.org", "-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"]
    subprocess.run(["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", *certificate], check=True)
    nginx = Nginx(tmp_path, web_port=8000, var=tmp_path)
    live = "/etc/letsencrypt/live/example.org"
    own = {f"{live}/fullchain.pem": f"{tmp_path}/cert.pem", f"{live}/privkey.pem": f"{tmp_path}/key.pem"}
    nginx.write(fill(SHIPPED.read_text(), own))
    tried = subprocess.run(nginx.command("-t"), capture_output=True, text=True)
    # Where the test is not root, `-t` fails later: at the ports below 1024.
    assert "syntax is ok" in tried.stderr, tried.stderr
    assert "[warn]" not in tried.stderr


def test_plain_http_leads_to_https_on_our_own_host(nginx):
    status, headers, _body = ask(nginx.plain_port, "/sv/?a=b", Host="evil.example")
    assert (status, headers["location"]) == (301, "https://example.org/sv/?a=b")


def test_the_site_is_told_the_clients_address_and_nothing_that_a_client_claims(nginx):
    claims = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "ftp", "X-Forwarded-Host": "evil.example"}
    _status, headers, body = ask(nginx.port, "/sv/", address="127.0.0.9", **claims)
    told = json.loads(body)
    assert (told["X-Forwarded-For"], told["X-Forwarded-Proto"], told["Host"]) == ("127.0.0.9", "http", "example.org")
    assert "X-Forwarded-Host" not in told
    assert headers["server"] == "nginx"


def test_forms_are_small_and_only_the_admin_takes_more(nginx, web):
    status, headers, body = ask(nginx.port, "/sv/enquiry/", "POST", b"x" * (numbers.FORM_BYTES + 1))
    assert (status, headers["cache-control"]) == (413, "no-store")
    assert all(words in body for words in ("Det här är för stort", "This is too large", "هذا كبير جدًا"))
    assert ask(nginx.port, "/sv/enquiry/", "POST", b"x" * numbers.FORM_BYTES)[0] == 200
    assert ask(nginx.port, "/admin/images/add/", "POST", b"x" * numbers.PICTURE_BYTES)[0] == 200


def test_half_a_body_never_reaches_the_site(nginx, web):
    with socket.create_connection(("127.0.0.1", nginx.port)) as client:
        client.sendall(b"POST /half/ HTTP/1.1\r\nHost: example.org\r\nContent-Length: 1000\r\n\r\nname=")
        time.sleep(0.3)
    assert ask(nginx.port, "/after/")[0] == 200
    assert "/after/" in web.asked
    assert "/half/" not in web.asked


def test_who_asks_too_often_gets_429_in_three_languages_and_others_are_served(nginx):
    many = [ask(nginx.port, "/sv/", address="127.0.0.20") for _number in range(2 * numbers.REQUESTS_BURST)]
    refused = [(headers, body) for status, headers, body in many if status == 429]
    assert {status for status, _headers, _body in many} == {200, 429}
    headers, body = refused[0]
    assert headers["retry-after"] == str(numbers.RETRY_AFTER)
    assert all(words in body for words in LANGUAGES)
    assert ask(nginx.port, "/sv/", address="127.0.0.21")[0] == 200


def test_without_a_web_server_it_is_503_in_three_languages(tmp_path):
    with Nginx(tmp_path, web_port=1, var=tmp_path) as nginx:
        status, headers, body = ask(nginx.port, "/sv/")
        assert (status, headers["retry-after"]) == (503, str(numbers.RETRY_AFTER))
        assert all(words in body for words in LANGUAGES)
        assert ask(nginx.port, "/.busy.html")[0] == 404


def test_the_sites_own_words_are_passed_on(nginx):
    assert json.loads(ask(nginx.port, "/own-503/")[2])["path"] == "/own-503/"


def test_static_files_come_from_the_disk_and_missing_ones_are_asked_of_the_site(nginx):
    _status, headers, body = ask(nginx.port, "/static/site.css")
    assert (body, headers["cache-control"]) == ("x" * 10, "public, max-age=60")
    assert "immutable" in ask(nginx.port, "/static/site.0123456789ab.css")[1]["cache-control"]
    for path in ("/static/none.css", "/static/none.0123456789ab.css", "/media/none.webp"):
        assert json.loads(ask(nginx.port, path)[2])["path"] == path


def test_pictures_have_the_headers_that_the_site_gives_them(nginx, rf, monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    (tmp_path / "bread.webp").write_bytes(b"x")
    ours = serve_upload(rf.get("/media/bread.webp"), "bread.webp")
    status, headers, _body = ask(nginx.port, "/media/images/bread.webp")
    assert (status, headers["content-type"]) == (200, "image/webp")
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Cache-Control"):
        assert headers[name.lower()] == ours[name]


@pytest.mark.parametrize(
    "path", ["/media/../private/secret.pdf", "/media/%2e%2e/private/secret.pdf", "/private/secret.pdf"]
)
def test_private_files_are_never_served(nginx, path):
    status, _headers, body = ask(nginx.port, path)
    assert status == 400 or json.loads(body)["path"], "refused, or asked of the site"
