"""What is measured: servers of the same shape, each on a port of its own, on one PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from local.embedded_postgres import Places
from local.supervisor.plan import PROJECT_DIR

THREADS = 4
# Seconds.
LONGEST_START = 120
START_DATABASE = "bench_start"
# Of a database that holds nothing but one page.
START_LOGIN = ("bench", "bench")
START_SETTINGS = """
from mysite.settings.dev import *
DEBUG = False
ALLOWED_HOSTS = ["*"]
DATABASES = {{"default": {{"ENGINE": "django.db.backends.postgresql", "NAME": {name!r}, "USER": "postgres",
    "HOST": {host!r}, "CONN_MAX_AGE": 60}}}}
"""


def environment(var: Path, **more: str) -> dict[str, str]:
    """Of our own programs, with the demo's settings and the folder `var`."""
    ours = {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "config.settings.demo", "LOG_LEVEL": "ERROR"}
    paths = os.pathsep.join([str(PROJECT_DIR / "site"), str(PROJECT_DIR)])
    return os.environ | ours | {"PYTHONPATH": paths} | more


def prepare(var: Path) -> None:
    """Tables, static files and demo of the folder: a minute or two at the first time."""
    manage = [sys.executable, str(PROJECT_DIR / "manage.py"), "prepare"]
    subprocess.run(manage, env=environment(var), check=True)


@contextmanager
def granian(application: str, env: Mapping[str, str], folder: Path = PROJECT_DIR) -> Iterator[tuple[int, int]]:
    """Serve a WSGI application, as `make run` does. Gives its port and its process id; ends it after the block."""
    port = free_port()
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws"),
        *("--workers", "1", "--blocking-threads", str(THREADS), application),
    ]
    server = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(30)


def count_queries(var: Path, pages: Mapping[str, str]) -> list[str]:
    """`home 14 and 1` for each page: after a change, and of kept parts."""
    command = [sys.executable, "-m", "bench.queries", *pages.values()]
    said = subprocess.run(command, cwd=PROJECT_DIR, env=environment(var), check=True, capture_output=True, text=True)
    counted = json.loads(said.stdout.splitlines()[-1])
    return [f"{name} {' and '.join(map(str, counted[path]))}" for name, path in pages.items()]


def bare(body: Path) -> dict[str, str]:
    return os.environ | {"BENCH_BODY": str(body), "PYTHONPATH": str(PROJECT_DIR)}


@contextmanager
def nginx_file(folder: Path, body: Path) -> Iterator[int]:
    """nginx, where it is installed, with the file at /body. Gives its port, or 0."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if not program:
        yield 0
        return
    port, root = free_port(), folder / "nginx"
    root.mkdir(exist_ok=True)
    shutil.copy(body, root / "body")
    root.joinpath("nginx.conf").write_text(
        f"daemon off; worker_processes 1; pid {root}/pid; error_log {root}/error.log;\n"
        f"events {{ worker_connections 64; }}\n"
        f"http {{ access_log off; server {{ listen 127.0.0.1:{port}; root {root}; default_type text/html; }} }}\n"
    )
    server = subprocess.Popen([program, "-c", str(root / "nginx.conf"), "-p", str(root)], stderr=subprocess.DEVNULL)
    try:
        wait_for(port, "/body")
        yield port
    finally:
        server.terminate()
        server.wait(30)


def make_wagtail_start(folder: Path, var: Path) -> dict[str, str]:
    """A new site by `wagtail start`, on our PostgreSQL. Returns the environment that it runs in."""
    socket_folder = str(Places(var).socket)
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "bench_settings", "PYTHONPATH": str(folder)}
    if not (folder / "manage.py").exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run([sys.executable, "-m", "wagtail.bin.wagtail", "start", "mysite", str(folder)], check=True)
    folder.joinpath("bench_settings.py").write_text(START_SETTINGS.format(name=START_DATABASE, host=socket_folder))
    with psycopg.connect(host=socket_folder, user="postgres", dbname="postgres", autocommit=True) as server:
        found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [START_DATABASE]).fetchone()
        if not found:
            server.execute(f"CREATE DATABASE {START_DATABASE}")
    subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=folder, env=env, check=True)
    name, password = START_LOGIN
    create = [
        sys.executable,
        "manage.py",
        "createsuperuser",
        "--noinput",
        "--username",
        name,
        "--email",
        "b@example.org",
    ]
    # Fails when the user is there already.
    subprocess.run(
        create, cwd=folder, env=env | {"DJANGO_SUPERUSER_PASSWORD": password}, check=False, stderr=subprocess.DEVNULL
    )
    return env


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, path: str = "/") -> None:
    """Return when the port answers with anything but an error of the server's."""
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10):
                return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"Port {port} does not answer.")


def pss_of(parent: int) -> float:
    """Megabytes of a server's workers, shared pages divided among those who share them."""
    total = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            above = int(stat.read_text().rpartition(")")[2].split()[1])
            if above == parent and "resource_tracker" not in (stat.parent / "cmdline").read_text():
                rollup = (stat.parent / "smaps_rollup").read_text()
                total += int(rollup.partition("\nPss:")[2].split()[0])
        except OSError:
            continue
    return total / 1024
