"""The date by which we answer: computed here for the form, the confirmation page, the mails and the inbox."""

import sys
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import holidays
from django.utils.translation import gettext as _

from core.languages.display import hour, long_day
from core.models import SiteSettings

STOCKHOLM = ZoneInfo("Europe/Stockholm")
# When the site settings have no closing time.
USUAL_CLOSING = time(16)
SATURDAY = 5


class AnswerSettings(Protocol):
    """The settings that the date depends on: a `SiteSettings` row, or the `SiteFacts` of a request."""

    @property
    def answer_days(self) -> int: ...
    @property
    def closes(self) -> time | None: ...


def default_site_settings() -> SiteSettings:
    """The settings of the default site, for code without a request. Unsaved defaults where none are stored."""
    return SiteSettings.objects.filter(site__is_default_site=True).first() or SiteSettings()


def answer_due(came_in: datetime, settings: AnswerSettings) -> datetime:
    """By when an enquiry that came in at `came_in` is answered: closing time of a working day, in UTC.

    The day on which it came in does not count, so that "two working days" are always two whole ones.
    """
    day = came_in.astimezone(STOCKHOLM).date()
    for _number in range(max(1, settings.answer_days)):
        day = next_working_day(day)
    return datetime.combine(day, settings.closes or USUAL_CLOSING, tzinfo=STOCKHOLM).astimezone(UTC)


def next_working_day(day: date) -> date:
    """The first working day after `day`."""
    day += timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    """Not a weekend, a public holiday or an eve on which Sweden does not work."""
    return day.weekday() < SATURDAY and day not in days_off(day.year)


@lru_cache(maxsize=8)
def days_off(year: int) -> frozenset[date]:
    """Swedish public holidays, and the three eves that the Annual Leave Act (1977:480) treats as Sundays."""
    categories = (holidays.PUBLIC, holidays.DE_FACTO)
    return frozenset(sweden()(years=year, expand=False, categories=categories, include_sundays=False))


def sweden() -> Any:
    """The library's class for Sweden, without the 250 other countries that its package imports: 9 MB a process."""
    name = "holidays.countries"
    if name not in sys.modules:
        package = ModuleType(name)
        package.__path__ = [str(Path(holidays.__file__).with_name("countries"))]
        sys.modules[name] = package
    return import_module(f"{name}.sweden").Sweden


def due_in_words(due: datetime) -> str:
    """The date in the active language: "Thursday 26 November at 16:00"."""
    return _("%(day)s at %(time)s") % {"day": long_day(due), "time": hour(due)}
