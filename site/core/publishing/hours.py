"""The hours at which a page goes live or ends: when they count, and when they are forgotten.

An hour that has passed counts only while it is still to be carried out (core.jobs.schedule). Wagtail keeps it in the
page, in each version and in each copy; its form then refuses every later save, and a page that is published anew ends
at once.
"""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime


def settle(page: Any) -> None:
    """Before a page's row is saved: a live page has gone live, one that is not live has ended.

    A new page with an hour to come is not live until then. Wagtail's form for new pages makes it live first, and takes
    that back when it sets the hour.
    """
    if page.live and page._state.adding and page.go_live_at and not _is_past(page.go_live_at):
        page.live = False
    name = "go_live_at" if page.live else "expire_at"
    if _is_past(getattr(page, name)):
        setattr(page, name, None)


def forget_past_hours(draft: Any, row: Any) -> None:
    """As a version is read. `row`: the page as it is now.

    Kept while a worker has still to carry them out: the version that is due, the end of a page that is live.
    """
    past = [name for name in ("go_live_at", "expire_at") if _is_past(getattr(draft, name))]
    if not past or row.revisions.filter(approved_go_live_at__lte=timezone.now()).exists():
        return
    is_due = row.live and _is_past(row.expire_at)
    for name in past:
        if name != "expire_at" or not is_due:
            setattr(draft, name, None)


def has_ended(page: Any, hour: datetime | None) -> bool:
    """Whether this is the end that the page has had, sent by a form that was opened before it.

    `page`: its draft, read after it. A browser sends no seconds.
    """
    version = page.latest_revision if _is_past(hour) and page.expire_at is None else None
    stored = version and parse_datetime(version.content.get("expire_at") or "")
    return bool(hour and stored and stored.replace(second=0, microsecond=0) == hour.replace(second=0, microsecond=0))


def _is_past(hour: datetime | None) -> bool:
    return hour is not None and hour <= timezone.now()
