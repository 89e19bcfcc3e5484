"""Counts events by the hour and the day, under a hashed key (HMAC) from which the value cannot be found.

Each purpose has a model of its own (a subclass of `HourlyCount`), so that each can be deleted after its own time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac

# With the current hour a day: counts are deleted before they are a day old.
EARLIER_HOURS = timedelta(hours=22)


class HourlyCount(models.Model):
    """The number of events in the hour that begins at `hour` (UTC). `key`: see `key_of`."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.hour:%F %H} {self.count}"


@dataclass(frozen=True)
class Count:
    """In the current hour; in the current hour and the 22 before it."""

    hour: int
    day: int


def key_of(kind: str, value: str) -> str:
    """An HMAC of the value with SECRET_KEY; empty for an empty value."""
    return salted_hmac(kind, value, algorithm="sha256").hexdigest() if value else ""


def hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def add(model: type[HourlyCount], keys: Sequence[str], now: datetime) -> dict[str, Count]:
    """Add one for each key in this hour. Returns the new counts. The rows stay locked until the transaction ends.

    They are locked in the order given: callers that use the same order cannot deadlock.
    """
    if not keys:
        return {}
    hour, table = hour_of(now), connection.ops.quote_name(model._meta.db_table)
    values = ", ".join(["(%s, %s, 1)"] * len(keys))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH counted AS (INSERT INTO {table} (key, hour, count) VALUES {values}"  # noqa: S608 (names of ours)
            f" ON CONFLICT (key, hour) DO UPDATE SET count = {table}.count + 1 RETURNING key, count)"
            f" SELECT key, count, count + COALESCE((SELECT SUM(earlier.count) FROM {table} earlier"
            " WHERE earlier.key = counted.key AND earlier.hour >= %s AND earlier.hour < %s), 0) FROM counted",
            [*(parameter for key in keys for parameter in (key, hour)), hour - EARLIER_HOURS, hour],
        )
        return {key: Count(in_hour, int(in_day)) for key, in_hour, in_day in cursor.fetchall()}


def subtract(model: type[HourlyCount], keys: Sequence[str], now: datetime) -> None:
    """Subtract one for each key, in the transaction that added it."""
    counts = model._default_manager.filter(key__in=keys, hour=hour_of(now))
    counts.update(count=models.F("count") - 1)


@transaction.atomic(savepoint=False)
def prune(model: type[HourlyCount], before: datetime) -> int:
    """Delete up to 1,000 counts of earlier hours. Returns how many. Rows locked by another process are skipped."""
    rows = model._default_manager
    old = rows.filter(hour__lt=before).order_by("pk").select_for_update(skip_locked=True)
    return rows.filter(pk__in=old.values("pk")[:1000]).delete()[0]
