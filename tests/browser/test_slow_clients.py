"""Two hundred slow clients of each kind through the shipped nginx; a flood of half-sent posts without it.

A drill of two minutes: `make drill slow_clients`.
"""

from __future__ import annotations

import http.client
import itertools
import socket
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from statistics import median

import psycopg
import pytest

from core.web.bounds import numbers
from tests.browser.support.running_site import RunningSite
from tests.deploy.nginx import NGINX, Nginx
from tests.local.processes import wait_until

pytestmark = pytest.mark.drill

SLOW = 200
FLOOD = 120
REQUESTS = 60
BIG = "/en/styleguide/"  # 370 kB
POST = b"POST /sv/enquiry/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
# What a client of each kind sends at first, and then each second; a reader takes some bytes each second instead.
KINDS = {
    "headers": (b"GET /sv/ HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"X-Slow: 1\r\n"),
    "bodies": (POST + b"Content-Length: 100000\r\n\r\nname=", b"x"),
    "reads": (f"GET {BIG} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode(), b""),
}
number = itertools.count()


class SlowClients:
    """Connections from an address each. Those that the server ends come again, as slowly."""

    def __init__(self, port: int, kind: str) -> None:
        self.port = port
        self.first, self.then = KINDS[kind]
        self.statuses: Counter[bytes] = Counter()
        self.clients = {address: self.connect(address) for address in range(SLOW)}
        self.ending = threading.Event()

    def connect(self, address: int) -> socket.socket:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        client.bind((f"127.1.0.{address + 1}", 0))
        client.connect(("127.0.0.1", self.port))
        client.sendall(self.first)
        client.setblocking(False)
        return client

    def turn(self, address: int) -> None:
        client = self.clients[address]
        try:
            client.send(self.then)
            got = client.recv(16)
        except BlockingIOError:
            return
        except OSError:
            got = b""
        if got.startswith(b"HTTP/1.1 "):
            self.statuses[got[9:12]] += 1
        if not got:
            client.close()
            with suppress(OSError):
                self.clients[address] = self.connect(address)

    def go_on(self) -> None:
        while not self.ending.wait(1):
            for address in self.clients:
                self.turn(address)

    @contextmanager
    def going_on(self) -> Iterator[None]:
        thread = threading.Thread(target=self.go_on)
        thread.start()
        try:
            yield
        finally:
            self.ending.set()
            thread.join()
            for client in self.clients.values():
                client.close()


def fetch(port: int, path: str, address: str = "127.0.0.1", form: str | None = None) -> tuple[int, str, str]:
    """Status, Retry-After and page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30, source_address=(address, 0))
    try:
        sent = {"Host": "127.0.0.1", "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("GET" if form is None else "POST", path, form, sent)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Retry-After", ""), answer.read().decode()
    finally:
        connection.close()


def times(port: int) -> dict[str, float]:
    """Seconds that a page takes in the median: one that is kept, and one that is made anew. Both are answered."""
    taken: dict[str, list[float]] = {"kept": [], "made anew": []}
    for one in range(REQUESTS):
        for kind, path in (("kept", "/sv/"), ("made anew", f"/sv/search/?q=bröd{next(number)}")):
            started = time.perf_counter()
            status = fetch(port, path.replace("ö", "%C3%B6"), f"127.2.0.{one + 1}")[0]
            taken[kind].append(time.perf_counter() - started)
            assert status == 200
    return {kind: median(seconds) for kind, seconds in taken.items()}


@pytest.fixture(scope="module")
def nginx(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    if not NGINX:
        pytest.skip("no nginx: its file is not tried (Debian: apt-get install nginx)")
    with Nginx(tmp_path_factory.mktemp("nginx"), web_port=site.port, var=site.var) as nginx:
        yield nginx


@pytest.mark.parametrize("kind", KINDS)
def test_slow_clients_behind_nginx_slow_no_other_visitor_down(site, nginx, kind, capsys):
    for path in ("/sv/", BIG):
        fetch(nginx.port, path)
    before = times(nginx.port)
    clients = SlowClients(nginx.port, kind)
    with clients.going_on():
        time.sleep(2)
        meanwhile = times(nginx.port)
        posted = fetch(nginx.port, "/sv/enquiry/", form="name=Lena")[0]
    with capsys.disabled():
        told = ", ".join(f"{name} {before[name] * 1000:.1f} → {meanwhile[name] * 1000:.1f} ms" for name in before)
        sys.stdout.write(f"\n{SLOW} slow {kind}: {told}; they got {dict(clients.statuses)}\n")
    assert posted == 422  # a form that lacks something, which the site has read
    assert not [status for status in clients.statuses if status.startswith(b"5")]
    for name, seconds in before.items():
        assert meanwhile[name] <= 2 * seconds, name


def test_half_sent_posts_without_nginx_leave_pages_and_an_administrator_room(site, capsys):
    with ExitStack() as stack:
        flood = [stack.enter_context(half_sent(site.port)) for _number in range(FLOOD)]
        wait_until(lambda: fetch(site.port, "/sv/enquiry/", form="name=Lena")[0] == 503, "all threads are taken", 10)
        statuses = Counter(fetch(site.port, path)[0] for path in ("/sv/", "/ar/", "/admin/login/") * 20)
        statuses.update(fetch(site.port, f"/en/search/?q=bread{next(number)}")[0] for _number in range(20))
        answers = [fetch(site.port, "/en/enquiry/", form="name=Lena") for _number in range(20)]
        with psycopg.connect(site.database) as administrator:
            [(used,)] = administrator.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
            ).fetchall()
        refused = sum(is_refused(client) for client in flood)
    with capsys.disabled():
        sys.stdout.write(f"\n{FLOOD} half-sent posts: {refused} got 503; pages {dict(statuses)}; {used} connections\n")
    assert statuses == {200: 80}
    assert {(status, later) for status, later, _page in answers} == {(503, str(numbers.RETRY_AFTER))}
    assert "it has not arrived" in answers[0][2]
    assert refused == FLOOD - numbers.CLIENT_THREADS
    assert used <= numbers.WEB_THREADS + numbers.LISTENERS + numbers.WORKER_THREADS + 1
    wait_until(lambda: fetch(site.port, "/sv/enquiry/", form="name=Lena")[0] == 422, "forms are taken again", 10)


@contextmanager
def half_sent(port: int) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(POST + b"Content-Length: 1000\r\n\r\nname=")
        yield client


def is_refused(client: socket.socket) -> bool:
    client.settimeout(0.1)
    with suppress(TimeoutError):
        return client.recv(16).startswith(b"HTTP/1.1 503")
    return False


def test_where_postgresql_refuses_connections_it_is_503_in_the_readers_language_never_500(site):
    with ExitStack() as stack:
        take_all_connections(site, stack)
        for path, form, words in (
            ("/sv/search/?q=x", None, "Något gick fel hos oss"),
            ("/ar/search/?q=x", None, "حدث خطأ عندنا"),
            ("/en/enquiry/", "name=Lena", "Something went wrong on our side"),
            ("/admin/login/", "username=editor&password=demo-editor", ""),
        ):
            status, later, page = fetch(site.port, path, form=form)
            assert (status, later) == (503, str(numbers.RETRY_AFTER)), path
            assert words in page
    wait_until(lambda: fetch(site.port, "/sv/search/?q=x")[0] == 200, "it serves again")


def take_all_connections(site: RunningSite, stack: ExitStack) -> None:
    """End those that the site has, and take them before it comes again."""
    first = stack.enter_context(psycopg.connect(site.database, autocommit=True))
    ours = {first.info.backend_pid}
    while True:
        first.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> ALL(%s)"
            " AND backend_type = 'client backend'",
            [list(ours)],
        )
        try:
            while True:
                ours.add(stack.enter_context(psycopg.connect(site.database)).info.backend_pid)
        except psycopg.OperationalError:
            rows = first.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'").fetchall()
            if {pid for (pid,) in rows} <= ours:
                return
