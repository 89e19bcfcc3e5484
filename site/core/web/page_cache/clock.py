"""When pages change by themselves: at midnight (in Stockholm, "tomorrow" becomes "today"), and when rooms say."""

from collections.abc import Callable, Iterable
from datetime import datetime, time, timedelta

from django.utils import timezone

# Each is given a moment and returns the next one after it at which any page changes by itself, or None.
_next_changes: list[Callable[[datetime], datetime | None]] = []


def changes_pages(next_change: Callable[[datetime], datetime | None]) -> Callable[[datetime], datetime | None]:
    """A decorator: register a function that returns the next moment, after the one given, at which pages change."""
    _next_changes.append(next_change)
    return next_change


def next_change(now: datetime) -> datetime:
    """The next moment at which any page changes without a change of content. At most a day ahead; in UTC or local."""
    registered: Iterable[datetime | None] = (ask(now) for ask in _next_changes)
    return min([midnight_after(now), *(moment for moment in registered if moment is not None)])


def midnight_after(now: datetime) -> datetime:
    """The beginning of the next day in Django's current time zone."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
