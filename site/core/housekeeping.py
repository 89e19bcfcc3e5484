"""Small work that is due again each hour. The mail worker asks for it while it waits; a room says what it is.

    @receiver(housekeeping.due)
    def forget_old_counts(now, **kwargs): ...

Safe to do twice, and by two workers at once: each process keeps its own hour.
"""

import time
from collections.abc import Callable
from datetime import timedelta

from django.dispatch import Signal
from django.utils import timezone

# Sent with `now`, at a worker's start and then each hour.
due = Signal()
INTERVAL = timedelta(hours=1)


class Housekeeper:
    """`keep()` as often as one likes: work is done when it is due. Django logs one that breaks; the rest go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.next = clock()

    def keep(self) -> None:
        if self.clock() < self.next:
            return
        self.next = self.clock() + INTERVAL.total_seconds()
        due.send_robust(sender=Housekeeper, now=timezone.now())
