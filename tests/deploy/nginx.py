"""Debian's nginx with the shipped file, on free ports and with paths of the test's."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path
from types import TracebackType

from tests.local.processes import PROJECT_DIR, wait_until

# Debian keeps it where only root's PATH leads.
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
SHIPPED = PROJECT_DIR / "deploy" / "nginx.conf"
MAIN = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
worker_rlimit_nofile 4096;
{user}
events {{ worker_connections 2048; }}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Nginx:
    """`with Nginx(folder, web_port=8000, var=var) as nginx:` serves at `nginx.port`, without TLS."""

    def __init__(self, folder: Path, *, web_port: int, var: Path) -> None:
        self.folder = folder
        self.port, self.plain_port = free_port(), free_port()
        filled = {
            "listen 80 default_server;": f"listen 127.0.0.1:{self.plain_port} default_server;",
            "    listen [::]:80 default_server;\n": "",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.port};",
            "    listen [::]:443 ssl http2;\n": "",
            "server 127.0.0.1:8000 ": f"server 127.0.0.1:{web_port} ",
            "/srv/site/deploy": str(PROJECT_DIR / "deploy"),
            "/srv/site/var": str(var),
        }
        lines = [line for line in SHIPPED.read_text().splitlines(keepends=True) if "ssl_" not in line]
        self.write(fill("".join(lines), filled))

    def write(self, site: str) -> None:
        """`site`: what /etc/nginx/sites-enabled/ would hold."""
        (self.folder / "site.conf").write_text(site)
        user = "user root;" if os.getuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(MAIN.format(folder=self.folder, user=user))

    def command(self, *words: str) -> list[str]:
        assert NGINX
        return [NGINX, "-p", str(self.folder), "-c", str(self.folder / "nginx.conf"), *words]

    @property
    def log(self) -> str:
        return (self.folder / "error.log").read_text()

    def __enter__(self) -> Nginx:
        self.process = subprocess.Popen(self.command(), stderr=subprocess.PIPE)
        wait_until(self.is_up, "nginx answers")
        return self

    def is_up(self) -> bool:
        assert self.process.poll() is None, self.log
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.communicate(timeout=20)


def fill(text: str, filled: dict[str, str]) -> str:
    """Fails where the file has other words."""
    for shipped, ours in filled.items():
        assert shipped in text, f"deploy/nginx.conf has no {shipped!r}"
        text = text.replace(shipped, ours)
    return text
