"""A site of a few lines for the supervisor's tests: `python -m tests.local.supervisor.tiny_site run`.

The web server is built like granian: a main process, and a worker that holds the port and does not notice its main's
end. What each part should do wrong is said by the environment.
"""

import json
import os
import signal
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NoReturn

from local.progress import say
from local.supervisor.commands import main
from local.supervisor.plan import Plan


def plan(port: int) -> Plan:
    def part(name: str) -> list[str]:
        return [sys.executable, "-m", "tests.local.supervisor.tiny_site", name]

    return Plan(
        var=Path(os.environ["VAR_DIR"]),
        port=port,
        prepare=part("prepare"),
        web=part("web"),
        worker=part("worker"),
        environment=os.environ,
        sources=[Path(os.environ["VAR_DIR"], "sources")],
        embedded="EMBEDDED" in os.environ,
        stop_timeout=float(os.environ.get("PATIENCE", "60")),
    )


def prepare() -> None:
    say("preparing")
    var = Path(os.environ["VAR_DIR"])
    for folder in ("media", "static"):
        (var / folder).mkdir(exist_ok=True)
    (var / "media" / "prepared").touch()
    (var / "logins.json").write_text(json.dumps([["Editor", "maja", "a-password"]]))
    if "PREPARE_FAILS" in os.environ:
        sys.exit("a table is missing")


def web() -> None:
    if "WEB_FAILS" in os.environ:
        sys.exit("a module is missing")
    if worker := os.fork():
        signal.signal(signal.SIGTERM, lambda *_: end_with(worker))
        if "DEAF" in os.environ:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
        note("web")
        while True:
            time.sleep(600)
    note("web-worker")
    with Server(("127.0.0.1", int(os.environ["PORT"])), Answer) as server:
        server.serve_forever()


def end_with(worker: int) -> NoReturn:
    """As granian does, after the last answers in work."""
    time.sleep(0.5)
    os.kill(worker, signal.SIGTERM)
    os.waitpid(worker, 0)
    note("ended-well")
    sys.exit()


def worker() -> None:
    note("worker")
    while True:
        time.sleep(600)


def note(name: str) -> None:
    """Tell the test who we are, in one move."""
    draft = Path(os.environ["VAR_DIR"], f"{name}.{os.getpid()}")
    draft.write_text(str(os.getpid()))
    draft.replace(draft.with_name(f"{name}.pid"))


class Server(ThreadingHTTPServer):
    def server_bind(self) -> None:
        self.socket.setsockopt(1, 15, 1)  # SO_REUSEPORT, as granian does
        super().server_bind()


class Answer(BaseHTTPRequestHandler):
    def do_HEAD(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, *words: object) -> None:
        pass


if __name__ == "__main__":
    doing = sys.argv[1]
    if doing in ("run", "reset"):
        sys.exit(main([doing], plan))
    {"prepare": prepare, "web": web, "worker": worker}[doing]()
