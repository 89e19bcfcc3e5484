"""What a supervisor under test has done: its output, its processes, its port."""

import http.client
import os
import signal
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.local.processes import is_alive, wait_until


def hear_the_terminal_go() -> None:
    """Also where these tests run under nohup."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


def clean_environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("MAKELEVEL", "DATABASE_URL")}
    return {**kept, "PYTHONPATH": "site:."}


def output(var: Path) -> str:
    return (var / "output").read_text()


def ready(var: Path, run: subprocess.Popen[Any], times: int = 1) -> None:
    wait_until(lambda: output(var).count("Ready after") == times or run.poll() is not None, "Ready")
    assert run.poll() is None, output(var)
    wait_until(lambda: pid_of(var, "worker"))


def pid_of(var: Path, name: str) -> int:
    try:
        return int((var / f"{name}.pid").read_text())
    except FileNotFoundError:
        return 0


def pids_in(var: Path) -> list[int]:
    return [pid for file in var.glob("*.pid") if is_alive(pid := int(file.read_text()))]


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def all_ended(var: Path, port: int) -> bool:
    return not pids_in(var) and port_is_free(port)
