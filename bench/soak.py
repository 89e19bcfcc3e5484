"""python -m bench.soak [MINUTES]: memory of a web process under mixed load, beside that of `wagtail start`.

A small page cache (PAGE_CACHE_MB), so that it is full soon and what is counted is the process. Both get what they have
of the same: pages, searches that are new, what is not there, the admin; ours also languages, filters, forms, the inbox.
"""

from __future__ import annotations

import itertools
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from bench import people, servers
from bench.__main__ import PAGES, staff_login
from local.supervisor.plan import PROJECT_DIR

MINUTES, CACHE_MB = 6.0, 4
# Seconds between two looks at the memory.
EVERY = 15
VISITORS = 4


def addresses() -> list[str]:
    """One after the other, for ever the same: each page in each language, then what is asked for once."""
    pages = [path.replace("/sv/", f"/{code}/", 1) for path in PAGES.values() for code in ("sv", "en", "ar")]
    filters = [
        f"/sv/upplevelser/?people={people}&when={when}" for people in range(1, 40) for when in ("dates", "weekend")
    ]
    searches = [f"/sv/search/?q={quote(word)}{number}" for number in range(40) for word in ("bröd", "te")]
    missing = [f"/sv/finns-inte-{number}/" for number in range(40)]
    return [*pages, *filters, *pages, *searches, *pages, *missing]


def start_addresses() -> list[str]:
    searches = [f"/search/?query={word}{number}" for number in range(40) for word in ("home", "te")]
    return ["/", *searches, "/", *[f"/finns-inte-{number}/" for number in range(40)]]


def ask_until(port: int, paths: list[str], until: float, cookie: str = "") -> int:
    number = 0
    for path in itertools.cycle(paths):
        if time.monotonic() > until:
            return number
        asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie} if cookie else {})
        with suppress(urllib.error.HTTPError), urllib.request.urlopen(asked) as answer:  # noqa: S310
            answer.read()
        number += 1
    return number


def soak(port: int, pid: int, minutes: float, login: tuple[str, str], *, ours: bool) -> list[float]:
    """Megabytes (PSS) every EVERY seconds."""
    until, megabytes = time.monotonic() + 60 * minutes, []
    cookie = people.session_of(port, *login)
    with ThreadPoolExecutor(VISITORS + 2) as visitors:
        paths = addresses() if ours else start_addresses()
        asked = [visitors.submit(ask_until, port, paths[number:] + paths[:number], until) for number in range(VISITORS)]
        admin = ["/admin/", "/admin/pages/", "/admin/enquiries/" if ours else "/admin/images/"]
        asked.append(visitors.submit(ask_until, port, admin, until, cookie))
        if ours:
            visitors.submit(people.measure_posts, port, 60 * minutes)
        while time.monotonic() < until:
            time.sleep(EVERY)
            megabytes.append(servers.pss_of(pid))
            sys.stdout.write(f"{megabytes[-1]:.0f} ")
            sys.stdout.flush()
        sys.stdout.write(f"MB; {sum(one.result() for one in asked)} requests\n")
    return megabytes


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    var: Path = PROJECT_DIR / "var" / "bench"
    servers.prepare(var)
    environment = servers.environment(var, PAGE_CACHE_MB=str(CACHE_MB))
    with servers.granian("config.wsgi:application", environment) as (port, pid):
        start = servers.make_wagtail_start(var / "start", var)
        with servers.granian("mysite.wsgi:application", start, var / "start") as (start_port, start_pid):
            beside = soak(start_port, start_pid, minutes / 3, servers.START_LOGIN, ours=False)
        held = soak(port, pid, minutes, staff_login(var), ours=True)
    half = held[len(held) // 2]
    sys.stdout.write(
        f"wagtail start {beside[-1]:.0f} MB; ours {held[-1]:.0f} MB, of which {CACHE_MB} MB are kept pages:"
        f" {(held[-1] - CACHE_MB) / beside[-1]:.2f} ×. In the second half {held[-1] / half - 1:+.1%}.\n"
    )


if __name__ == "__main__":
    main()
