"""The process that owns the embedded server: started by the first who needs it, gone after the last.

    python -m local.embedded_postgres.keeper VAR_DIR

returns as soon as the server takes connections; a copy of it stays behind, starts the server again when it
dies, and ends it when no process holds the `users` file any more. The kernel lets go of that file at any end
of a process, so nothing has to be signed off.
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
    """Exit code 0 when the server is ready. Else the reason is on stderr."""
    places = Places(Path(var))
    ear, mouth = os.pipe()
    if os.fork() == 0:
        os.close(ear)
        _stand_alone(places)
        _keep(places, mouth)
        return 0
    os.close(mouth)
    with os.fdopen(ear) as heard:
        answer = heard.read()
    if answer == READY:
        return 0
    sys.stderr.write(answer or f"The database's keeper ended early. See {places.log}.")
    return 1


def _stand_alone(places: Places) -> None:
    """Leave the caller's terminal, folder and pipes: nobody waits for the end of a pipe that we keep open."""
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


def _keep(places: Places, mouth: int) -> None:
    """The lock goes last: who gets it finds no server."""
    server = Server(places)
    with places.lock.open("a+") as lock, os.fdopen(mouth, "w") as caller:
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
                _stay(server)
        finally:
            server.stop()


def _lock_or_other_ready(lock: IO[str], server: Server) -> bool:
    """True with the lock in hand; False when another keeper's server takes connections."""
    deadline = time.monotonic() + LONGEST_START
    while not try_lock(lock):
        if server.answers():
            return False
        if time.monotonic() > deadline:
            raise ServerError(f"Another process keeps the database, but it does not answer. See {server.places.log}.")
        time.sleep(0.05)
    return True


def _stay(server: Server) -> Never:
    """Until the last user has gone. A server that died is started again."""
    threading.Thread(target=_end_when_unused, args=(server.places.users,), daemon=True).start()
    while True:
        assert server.process is not None
        server.process.wait()
        server.start()


def _end_when_unused(users: Path) -> None:
    """The lock is never let go of: who comes now waits for our end, and starts the next keeper."""
    with users.open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        main_thread = threading.main_thread().ident
        assert main_thread is not None
        signal.pthread_kill(main_thread, signal.SIGTERM)
        threading.Event().wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
