"""Repeated work: signals that the worker sends each minute and each hour. A job is a receiver.

    @receiver(registry.each_hour)
    def delete_old_counts(now, **kwargs): ...

Each worker process has its own timer: a job must be safe to run twice, and in two processes at once.
"""

import time
from collections.abc import Callable

from django.dispatch import Signal
from django.utils import timezone

# Sent with `now` when a worker starts, and then once in each interval.
each_minute = Signal()
each_hour = Signal()
SECONDS = {each_minute: 60, each_hour: 3600}


class Timer:
    """Sends each signal whose interval has passed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.next = dict.fromkeys(SECONDS, clock())

    def run_due(self) -> None:
        """Run the jobs that are due. Safe to call at any time. An exception in a job is logged; the others run."""
        for signal, seconds in SECONDS.items():
            if self.clock() >= self.next[signal]:
                self.next[signal] = self.clock() + seconds
                signal.send_robust(sender=Timer, now=timezone.now())
