"""The port that `make run` is asked to listen on."""

import socket
from pathlib import Path
from typing import Any

import pytest

from local.supervisor.plan import CannotRun
from local.supervisor.ports import port_number
from tests.local.processes import processes_with
from tests.local.supervisor.runs import output


def test_a_taken_port_is_said_and_nothing_is_left(var: Path, port: int, start: Any) -> None:
    with socket.socket() as other:
        # As granian listens: a second one would share the port without a word.
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        run = start(EMBEDDED="1")
        assert run.wait(60) == 1
    assert f"Port {port} cannot be used: address already in use" in output(var)
    assert f"PORT={port + 1}" in output(var)
    assert not processes_with(var)


@pytest.mark.parametrize("words", ["", "0", "65536", "http", "-1", "٨٠٨٠"])
def test_a_port_that_is_none_is_said(words: str) -> None:
    with pytest.raises(CannotRun, match="is not a port"):
        port_number(words)
