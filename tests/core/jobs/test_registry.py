"""What is due each minute or hour is done then, by whoever has time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.dispatch import Signal

from core.jobs import registry


class Clock:
    """Seconds, moved by hand."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def alone(signal: Signal, receiver: Any) -> Iterator[None]:
    """What the site's rooms do at that time is left out."""
    others, signal.receivers = signal.receivers, []
    signal.connect(receiver, weak=False)
    try:
        yield
    finally:
        signal.receivers = others
        signal.sender_receivers_cache.clear()


def nothing(**kwargs: Any) -> None:
    """For the signal that a test is not about."""


@pytest.mark.parametrize(
    ("signal", "other", "seconds"),
    [
        (registry.each_minute, registry.each_hour, 60),
        (registry.each_hour, registry.each_minute, 3600),
    ],
)
def test_it_is_due_at_the_start_and_then_each_time(signal, other, seconds):
    done: list[float] = []
    clock = Clock()
    timer = registry.Timer(clock)
    with alone(signal, lambda **kwargs: done.append(clock.now)), alone(other, nothing):
        for tenths in range(21):
            clock.now = 1000 + seconds * tenths / 10
            timer.run_due()
    assert done == [1000, 1000 + seconds, 1000 + 2 * seconds]


def test_one_that_breaks_is_logged_and_tried_again(caplog):
    def broken(**kwargs: Any) -> None:
        raise ValueError("no room")

    clock = Clock()
    timer = registry.Timer(clock)
    with alone(registry.each_hour, broken), alone(registry.each_minute, nothing):
        timer.run_due()
        timer.run_due()
        assert len(caplog.records) == 1
        clock.now += 3600
        timer.run_due()
    assert len(caplog.records) == 2
    assert "ValueError: no room" in caplog.text
