"""The process that starts the embedded server, starts it again when it dies, and stops it after its last user.

    python -m local.embedded_postgres.monitor VAR_DIR

returns as soon as the server takes connections; a forked copy stays behind as the monitor. It stops the server when no
process holds a lock on the `users` file any more. The kernel frees that lock however a process ends.
"""

import fcntl
import os
import signal
import sys
import threading
import time
from pathlib import Path
from typing import IO, Never

from local.processes import open_log, try_lock

from .places import Places, ServerError
from .server import LONGEST_START, Server

READY = "ready"


def main(var: str) -> int:
    """Start the server in a forked monitor process, which goes on after this one has ended.

    Exit code: 0 when the server takes connections, 1 with the reason on stderr.
    """
    places = Places(Path(var))
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        os.close(read_end)
        _daemonize(places)
        _serve(places, write_end)
        return 0
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        answer = pipe.read()
    if answer == READY:
        return 0
    sys.stderr.write(answer or f"The database's monitor ended early. See {places.log}.")
    return 1


def _daemonize(places: Places) -> None:
    """Leave the caller's terminal, folder and pipes: a caller that reads its pipe to the end must not wait for us."""
    os.setsid()
    os.chdir("/")
    nothing = os.open(os.devnull, os.O_RDWR)
    with open_log(places.log) as log:
        for there, here in ((nothing, 0), (log.fileno(), 1), (log.fileno(), 2)):
            os.dup2(there, here)
    # A caller in the background leaves SIGINT ignored, a supervisor leaves signals blocked.
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    for asked in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(asked, lambda *_: sys.exit())


def _serve(places: Places, write_end: int) -> None:
    """Start the server, report to the caller, monitor it to its end. The lock goes last: its next holder finds none."""
    server = Server(places)
    with places.lock.open("a+") as lock, os.fdopen(write_end, "w") as caller:
        try:
            mine = _lock_or_other_ready(lock, server)
            if mine:
                server.start()
        except ServerError as error:
            caller.write(str(error))
            return
        else:
            caller.write(READY)
            caller.close()
            if mine:
                _restart_until_unused(server)
        finally:
            server.stop()


def _lock_or_other_ready(lock: IO[str], server: Server) -> bool:
    """True with the lock in hand; False when another monitor's server takes connections."""
    deadline = time.monotonic() + LONGEST_START
    while not try_lock(lock):
        if server.answers():
            return False
        if time.monotonic() > deadline:
            raise ServerError(f"Another process keeps the database, but it does not answer. See {server.places.log}.")
        time.sleep(0.05)
    return True


def _restart_until_unused(server: Server) -> Never:
    """Start the server again whenever it dies. Ends by SIGTERM from `_end_when_unused`, which raises SystemExit."""
    threading.Thread(target=_end_when_unused, args=(server.places.users,), daemon=True).start()
    while True:
        assert server.process is not None
        server.process.wait()
        server.start()


def _end_when_unused(users: Path) -> None:
    """Wait for the last user, then end this process. The lock stays held: a new user waits and starts a new monitor."""
    with users.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        main_thread = threading.main_thread().ident
        assert main_thread is not None
        signal.pthread_kill(main_thread, signal.SIGTERM)
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
