"""python -m bench [--quick]: one table of ratios, taken in turns within one run.

Each row is a share of the bare view in the same round, so that what disturbs the machine for a while disturbs both.
"""

from __future__ import annotations

import json
import platform
import sys
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from statistics import median

from bench import changes, people, servers
from bench.client import Measured, in_turns, measure
from local.supervisor.plan import PROJECT_DIR

# Rounds, and seconds for each row in a round.
WHOLE, QUICK = (5, 4.0), (3, 2.0)
PAGES = {
    "home": "/sv/",
    "list": "/sv/upplevelser/",
    "experience": "/sv/upplevelser/baka-brod-pa-het-plat/",
    "host": "/sv/vardar/samira-khoury/",
    "search": "/sv/search/?q=br%C3%B6d",
}
BARE, FILE, START = "bare view", "nginx, a file", "wagtail start, home"
# Beside the rows of requests that are made one at a time.
ALONE, AFTER = "wagtail start, one at a time", "after a change: "
Row = Callable[[float], Measured]


def rows(stack: ExitStack, var: Path) -> tuple[dict[str, Row], dict[str, int]]:
    """What is measured, by name; the process ids of the servers whose memory is."""
    # First, as the embedded PostgreSQL ends with its last user.
    cached, cached_pid = stack.enter_context(servers.granian("config.wsgi:application", servers.environment(var)))
    uncached, uncached_pid = stack.enter_context(
        servers.granian("config.wsgi:application", servers.environment(var, PAGE_CACHE_MB="0"))
    )
    editor = stack.enter_context(changes.editor(servers.environment(var)))
    start = servers.make_wagtail_start(var / "start", var)
    body = var / "body.html"
    body.write_bytes(urllib.request.urlopen(f"http://127.0.0.1:{cached}/sv/").read())
    bare, _pid = stack.enter_context(servers.granian("bench.bare:application", servers.bare(body)))
    started, start_pid = stack.enter_context(servers.granian("mysite.wsgi:application", start, var / "start"))
    file = stack.enter_context(servers.nginx_file(var, body))

    def get(port: int, path: str = "/", **headers: str) -> Row:
        return lambda seconds: measure(f"http://127.0.0.1:{port}{path}", seconds, headers)

    def after_change(path: str) -> Row:
        return lambda seconds: changes.measure_after_changes(editor, f"http://127.0.0.1:{cached}{path}", seconds)

    etag = urllib.request.urlopen(f"http://127.0.0.1:{cached}/sv/").headers["ETag"]
    found: dict[str, Row] = {BARE: get(bare)}
    found |= {FILE: get(file, "/body")} if file else {}
    found |= {f"kept: {name}": get(cached, path) for name, path in PAGES.items()}
    found |= {"kept: home, 304": get(cached, "/sv/", **{"If-None-Match": etag})}
    alone = partial(changes.measure_after_changes, None, f"http://127.0.0.1:{started}/")
    found |= {START: get(started), ALONE: alone}
    found |= {f"of kept parts: {name}": get(uncached, path) for name, path in PAGES.items()}
    found |= {AFTER + name: after_change(path) for name, path in PAGES.items() if name != "search"}
    found |= {"form post": lambda seconds: people.measure_posts(uncached, seconds)}
    cookie = people.session_of(cached, *staff_login(var))
    found |= {"inbox": get(cached, "/admin/enquiries/", Cookie=cookie)}
    return found, {"ours, pages kept": cached_pid, "ours, none kept": uncached_pid, "wagtail start": start_pid}


def staff_login(var: Path) -> tuple[str, str]:
    """User name and password of the demo's staff, from the file that `prepare` writes."""
    logins = json.loads((var / "logins.json").read_text())
    return next((name, password) for _role, name, password in logins if name == "staff")


def table(measured: dict[str, list[Measured]]) -> str:
    """Requests a second as a share of the bare view and of `wagtail start`, with the least and most of all rounds."""
    lines = [f"{'':30}{'× bare':>9}{'least':>9}{'most':>9}{'× start':>9}{'median':>10}{'p99':>10}  errors"]
    for name, rounds in measured.items():
        shares = [one.rate / base.rate for one, base in zip(rounds, measured[BARE], strict=True)]
        start = measured[ALONE if name.startswith(AFTER) else START]
        starts = [one.rate / base.rate for one, base in zip(rounds, start, strict=True)]
        times = f"{median(one.median for one in rounds):7.1f} ms{median(one.p99 for one in rounds):7.1f} ms"
        lines.append(
            f"{name:30}{median(shares):9.4f}{min(shares):9.4f}{max(shares):9.4f}{median(starts):9.2f}{times}"
            f"  {sum(one.errors for one in rounds) or ''}"
        )
    return "\n".join(lines)


def main() -> None:
    rounds, seconds = QUICK if "--quick" in sys.argv else WHOLE
    var = PROJECT_DIR / "var" / "bench"
    servers.prepare(var)
    with ExitStack() as stack:
        found, pids = rows(stack, var)
        for name in found:  # The first request of a page makes its pictures' sizes.
            found[name](1)
        measured: dict[str, list[Measured]] = {name: [] for name in found}
        for number, name in in_turns(rounds, list(found)):
            sys.stdout.write(f"\rround {number + 1} of {rounds}: {name:30}")
            sys.stdout.flush()
            measured[name].append(found[name](seconds))
        memory = {name: servers.pss_of(pid) for name, pid in pids.items()}
        counted = servers.count_queries(var, PAGES)
    sys.stdout.write(f"\r{'':60}\n{table(measured)}\n\n")
    sys.stdout.write("Memory of a worker (PSS): " + ", ".join(f"{name} {mb:.0f} MB" for name, mb in memory.items()))
    sys.stdout.write("\nQueries after a change, and with kept parts: " + ", ".join(counted))
    sys.stdout.write(
        f"\n{rounds} rounds of {seconds:.0f} s, {platform.platform()}, Python {platform.python_version()}\n"
    )


if __name__ == "__main__":
    main()
