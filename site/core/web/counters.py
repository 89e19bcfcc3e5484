"""How often something happened in an hour and in a day, under a key that tells nobody what it was.

A model of its own for each purpose (subclasses of `HourlyCount`), so that each is forgotten in its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac

# With the hour that runs, a day: what is older is forgotten before it is a day old.
EARLIER_HOURS = timedelta(hours=22)


class HourlyCount(models.Model):
    """How often in the hour that begins at `hour`. The key is an HMAC: what was counted cannot be found again."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.hour:%F %H} {self.count}"


@dataclass(frozen=True)
class Count:
    """In the hour that runs, and in it and the 22 before it."""

    hour: int
    day: int


def key_of(kind: str, value: str) -> str:
    """Nobody can find the value again, nor compare it with another site's. Empty for an empty one."""
    return salted_hmac(kind, value, algorithm="sha256").hexdigest() if value else ""


def hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def add(model: type[HourlyCount], keys: Sequence[str], now: datetime) -> dict[str, Count]:
    """One more for each key in this hour; the new counts. The keys stay locked until the transaction ends.

    In the order given: callers that count the same keys in the same order wait for each other, and never both at once.
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


def take_back(model: type[HourlyCount], keys: Sequence[str], now: datetime) -> None:
    """One less for each key, in the transaction that added it."""
    counts = model._default_manager.filter(key__in=keys, hour=hour_of(now))
    counts.update(count=models.F("count") - 1)


@transaction.atomic(savepoint=False)
def prune(model: type[HourlyCount], before: datetime) -> int:
    """Forget a thousand counts of hours before then; how many. Those that another is pruning are left to it."""
    rows = model._default_manager
    old = rows.filter(hour__lt=before).order_by("pk").select_for_update(skip_locked=True)
    return rows.filter(pk__in=old.values("pk")[:1000]).delete()[0]
