"""The numbers that must fit together, and the command of the web server made from them. Imports no Django.

deploy/nginx.conf repeats some of them; a test compares. An operator changes those that are read from the environment,
for web server and worker alike.
"""

from __future__ import annotations

import os
import sys


class WrongNumber(Exception):
    """A variable of the environment that is no number, or too low; the message says which."""


def number(name: str, default: int, *, least: int = 1) -> int:
    """A whole number from the environment. Raises WrongNumber."""
    value = os.environ.get(name, "").strip() or str(default)
    if not (value.isascii() and value.isdecimal() and int(value) >= least):
        raise WrongNumber(f"{name}={value}: a whole number from {least} is needed.")
    return int(value)


# --- Processes and threads ----------------------------------------------------------------------------------------
WEB_PROCESSES = number("WEB_PROCESSES", 2)
# Of each process. Python works on one request at a time: more threads are for waiting, not for speed.
WEB_THREADS = number("WEB_THREADS", 6, least=3)
# How many `manage.py work` are run.
JOB_WORKERS = number("JOB_WORKERS", 1, least=0)

# Of these threads: at most so many have a request that changes something or an answer that is read slowly, so that
# one is left for pages …
CLIENT_THREADS = WEB_THREADS - 1
# … and at most so many have an answer that is read slowly (a film), so that forms are left some.
STREAM_THREADS = WEB_THREADS // 3

# --- Connections to PostgreSQL ------------------------------------------------------------------------------------
# The thread of each web process that hears of changes (core.web.page_cache.changes).
LISTENERS = 1
# Each job and the heartbeat have a thread; a test counts them.
WORKER_THREADS = 10
# For psql, pg_dump, migrate and what else an administrator runs.
ADMIN_CONNECTIONS = 10


def connections_needed() -> int:
    """Connections to PostgreSQL that web server, workers and an administrator may have at the same time."""
    return WEB_PROCESSES * (WEB_THREADS + LISTENERS) + JOB_WORKERS * WORKER_THREADS + ADMIN_CONNECTIONS


# --- Connections of clients ---------------------------------------------------------------------------------------
# Accepted by each web process; their requests wait for a thread. Further ones wait in the kernel's queue.
BACKPRESSURE = 256
BACKLOG = 1024
# Requests that nginx has at the web server at once; further ones get 503.
PROXY_CONNECTIONS = 250

# --- Bodies, in bytes ---------------------------------------------------------------------------------------------
FORM_BYTES = 2_500_000
PICTURE_BYTES = 30 * 1024 * 1024
# Of any file: films. Only below the admin's address.
UPLOAD_BYTES = 500_000_000
# An answer up to this size is handed to the server whole, which sends it without a thread of ours.
WHOLE_BYTES = 256_000

# --- Time, in seconds ---------------------------------------------------------------------------------------------
HEADER_SECONDS = 10
# In nginx, which alone can end a client that keeps silent: between two parts of a body;
BODY_SECONDS = 20
# until a client takes the next part of an answer; until the web server answers.
SEND_SECONDS = 20
ANSWER_SECONDS = 60
# What a 503 or 429 says.
RETRY_AFTER = 5

# --- Per address of a client, in nginx: several visitors may share one ---------------------------------------------
REQUESTS_A_SECOND = 20
REQUESTS_BURST = 100
REQUESTS_AT_ONCE = 30
FILES_AT_ONCE = 100


def web_command(host: str, port: int, processes: int = WEB_PROCESSES) -> list[str]:
    """The command that serves the site by granian.

    HTTP/1 only: one HTTP/2 connection could carry 200 requests past `--backpressure`.
    """
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws"),
        *("--host", host, "--port", str(port), "--workers", str(processes), "--blocking-threads", str(WEB_THREADS)),
        *("--backpressure", str(BACKPRESSURE), "--backlog", str(BACKLOG)),
        *("--http1-header-read-timeout", str(1000 * HEADER_SECONDS)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "10", "config.wsgi:application"),
    ]
