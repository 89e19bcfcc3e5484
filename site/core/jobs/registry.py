"""Small work that is due again each minute or hour. The mail worker asks for it while it waits; a room says what it is.

    @receiver(housekeeping.each_hour)
    def forget_old_counts(now, **kwargs): ...

Safe to do twice, and by two workers at once: each process keeps its own time.
"""

import time
from collections.abc import Callable

from django.dispatch import Signal
from django.utils import timezone

# Sent with `now`, at a worker's start and then as often as they say.
each_minute = Signal()
each_hour = Signal()
SECONDS = {each_minute: 60, each_hour: 3600}


class Housekeeper:
    """`keep()` as often as one likes: work is done when it is due. Django logs one that breaks; the rest go on."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.next = dict.fromkeys(SECONDS, clock())

    def keep(self) -> None:
        for signal, seconds in SECONDS.items():
            if self.clock() >= self.next[signal]:
                self.next[signal] = self.clock() + seconds
                signal.send_robust(sender=Housekeeper, now=timezone.now())
