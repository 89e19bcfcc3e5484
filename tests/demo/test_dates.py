"""The fixed days of the demo, whichever day it is loaded on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Any

import holidays
from django.utils import timezone

from demo import content_files as content
from demo.loader import fixed_date

EXPERIENCES = [content.read(content.SOURCE, name) for name in content.names("experiences")]
LOADED_ON = [date(2026, 1, 1) + timedelta(days=number) for number in range(3 * 365)]


def visits(day: date, monkeypatch: Any) -> Iterator[tuple[str, datetime, datetime]]:
    """Place, start and end of each fixed day of a demo that is loaded on a day."""
    noon = datetime.combine(day, datetime.min.time(), tzinfo=UTC) + timedelta(hours=11)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    for experience in EXPERIENCES:
        for written in experience.get("dates", []):
            start = fixed_date(written, 0).start
            yield experience["place"], start, start + timedelta(minutes=experience["duration"])


def test_no_two_experiences_are_at_one_place_at_once(monkeypatch):
    for day in LOADED_ON:
        for (place, start, end), (other, begins, ends) in combinations(visits(day, monkeypatch), 2):
            assert place != other or end <= begins or ends <= start, f"{place}, {start}, loaded on {day}"


def test_no_day_is_a_public_holiday_and_all_are_still_to_come(monkeypatch):
    sweden = holidays.country_holidays("SE", years=range(2026, 2031), include_sundays=False)
    for day in LOADED_ON:
        for _place, start, _end in visits(day, monkeypatch):
            assert start.date() not in sweden, f"{sweden.get(start.date())}, loaded on {day}"
            assert start.date() > day
