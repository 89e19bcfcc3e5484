"""The port that the web server listens on."""

import http.client
import socket
import time

from local.supervisor.plan import HOST, CannotRun
from local.supervisor.signals import wait_for_event

LONGEST_WAIT_FOR_PORT = 3  # seconds


def port_number(words: str) -> int:
    """The port to listen on. Raises CannotRun for anything but a number from 1 to 65535."""
    if words.isascii() and words.isdigit() and len(words) < 6 and 0 < int(words) < 65536:
        return int(words)
    raise CannotRun(f"PORT={words} is not a port: a number from 1 to 65535 is needed, as in `make run PORT=8080`.")


def wait_for_port(port: int) -> None:
    """Return when no process listens on the port: granian would share it with another. Raises CannotRun."""
    deadline = time.monotonic() + LONGEST_WAIT_FOR_PORT
    while reason := why_taken(port):
        if time.monotonic() > deadline:
            raise CannotRun(f"Port {port} cannot be used: {reason}. Choose another: `make run PORT={port + 1}`.")
        wait_for_event(0.1)


def why_taken(port: int) -> str:
    """The system's error on binding the port; empty where it is free.

    SO_REUSEADDR: connections of an earlier run that the kernel still remembers do not count.
    """
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
            probe.listen()
        except OSError as error:
            return (error.strerror or str(error)).lower()
    return ""


def answers(port: int) -> bool:
    """Whether the web server answers a request, with whatever status."""
    connection = http.client.HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
