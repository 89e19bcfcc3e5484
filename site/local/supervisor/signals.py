"""Signals, fetched one at a time instead of handled: no handler ever runs in the middle of something."""

import signal

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


class Stopped(Exception):
    """The supervisor is asked to end: Ctrl-C, SIGTERM, or the terminal is gone. `by`: the signal."""

    def __init__(self, by: int) -> None:
        super().__init__(by)
        self.by = by


def block_signals() -> None:
    """Block the stop signals and SIGCHLD: they wait until `wait_for_event` fetches them.

    Blocked signals arrive even where they were ignored, as SIGINT is in a background job. A SIGHUP that is ignored
    at the start (nohup) stays ignored.
    """
    if signal.getsignal(signal.SIGHUP) == signal.SIG_IGN:
        STOP_SIGNALS.discard(signal.SIGHUP)
    signal.pthread_sigmask(signal.SIG_BLOCK, {*STOP_SIGNALS, signal.SIGCHLD})


def wait_for_event(seconds: float) -> None:
    """Sleep until a child has ended, at most for `seconds`. Raises Stopped on a stop signal."""
    event = signal.sigtimedwait({*STOP_SIGNALS, signal.SIGCHLD}, seconds)
    if event and event.si_signo in STOP_SIGNALS:
        raise Stopped(event.si_signo)
