"""By when we answer: one reckoning for the form, the confirmation, the mail and the staff's clock."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _

from core.languages.display import hour, long_day
from core.models import SiteSettings

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# Where the settings name no closing time.
USUAL_CLOSING = time(16)
SATURDAY = 5


class Promise(Protocol):
    """What was promised: `SiteSettings`, or the facts that a page has read from them."""

    @property
    def answer_days(self) -> int: ...
    @property
    def closes(self) -> time | None: ...


def our_promise() -> SiteSettings:
    """That of our site, where there is no request to say which; as shipped where nobody has said anything."""
    return SiteSettings.objects.filter(site__is_default_site=True).first() or SiteSettings()


def answer_due(came_in: datetime, promise: Promise) -> datetime:
    """Closing time of the last promised working day, in UTC. The day on which it came in does not count.

    So an evening, a night or a Sunday costs nobody anything: two working days always means two whole ones of ours.
    """
    day = came_in.astimezone(STOCKHOLM).date()
    for _number in range(max(1, promise.answer_days)):
        day = next_working_day(day)
    return datetime.combine(day, promise.closes or USUAL_CLOSING, tzinfo=STOCKHOLM).astimezone(UTC)


def next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Not a weekend, a public holiday or an eve on which Sweden does not work."""
    return day.weekday() < SATURDAY and day not in days_off(day.year)


@lru_cache(maxsize=8)
def days_off(year: int) -> frozenset[date]:
    """Public holidays, and the three eves that the Annual Leave Act (1977:480) equals with Sundays."""
    sweden = holidays.country_holidays(
        "SE", years=year, expand=False, categories=(holidays.PUBLIC, holidays.DE_FACTO), include_sundays=False
    )
    return frozenset(sweden)


def in_words(due: datetime) -> str:
    """In the active language: Thursday 26 November at 16:00."""
    return _("%(day)s at %(time)s") % {"day": long_day(due), "time": hour(due)}
