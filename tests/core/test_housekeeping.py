"""What is due each hour is done each hour, by whoever has time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from core import housekeeping


class Clock:
    """Seconds, moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def connected(receiver: Any) -> Iterator[None]:
    others, housekeeping.due.receivers = housekeeping.due.receivers, []
    housekeeping.due.connect(receiver, weak=False)
    try:
        yield
    finally:
        housekeeping.due.receivers = others
        housekeeping.due.sender_receivers_cache.clear()


def test_it_is_due_at_the_start_and_then_each_hour():
    done: list[float] = []
    clock = Clock()
    house = housekeeping.Housekeeper(clock)
    with connected(lambda **kwargs: done.append(clock.now)):
        for minutes in range(0, 121, 10):
            clock.now = 1000.0 + 60 * minutes
            house.keep()
    assert done == [1000, 1000 + 3600, 1000 + 7200]


def test_one_that_breaks_is_logged_and_tried_again(caplog):
    def broken(**kwargs: Any) -> None:
        raise ValueError("no room")

    clock = Clock()
    house = housekeeping.Housekeeper(clock)
    with connected(broken):
        house.keep()
        house.keep()
        assert len(caplog.records) == 1
        clock.now += 3600
        house.keep()
    assert len(caplog.records) == 2
    assert "ValueError: no room" in caplog.text
