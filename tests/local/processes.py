"""Help for tests with real processes: wait for what should happen, never for the clock."""

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

# Seconds; generous, as a loaded machine is slow and a wait that is over costs nothing.
PATIENCE = 60
PROJECT_DIR = Path(__file__).resolve().parents[2]


def wait_until(happened: Callable[[], object], what: str = "", patience: float = PATIENCE) -> None:
    """Return as soon as `happened()` is true."""
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, f"did not happen in {patience} s: {what or happened}"
        time.sleep(0.05)


def processes_with(words: str | Path) -> set[int]:
    """Living processes that have these words in their command line."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(words) in command and is_alive(int(process.name)) and int(process.name) != os.getpid():
            found.add(int(process.name))
    return found


def is_alive(pid: int) -> bool:
    """Not gone, and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def kill_9(*pids: int) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
