"""Pages that go live, or end, at an hour that an editor chose.

Wagtail's command `publish_scheduled` needs a cron of its own, and stops at the first page that is refused, which then
loses its hour. Here the mail worker keeps the hours, and each page stands for itself.

An hour that has passed counts only while it is still to be carried out. Wagtail keeps it in the page, in each version
and in each copy; its form then refuses every later save, and a page that is published anew ends at once.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

from core.publishing import NotYet

logger = logging.getLogger(__name__)


def keep(now: datetime) -> None:
    """Withdraw what has ended, publish what is due: the oldest hour first, each in a transaction of its own."""
    ended = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at", "pk")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    for act, keys in ((_end, ended), (_go_live, due)):
        for key in list(keys.values_list("pk", flat=True)):
            _try(act, key, now)


def _try(act: Callable[[int, datetime], None], key: int, now: datetime) -> None:
    """What breaks, or has to wait for another page, keeps its hour and is tried again with the next minute."""
    try:
        with transaction.atomic():
            act(key, now)
    except NotYet as reason:
        logger.info("Revision %s waits: %s", key, reason)
    except Exception:
        logger.exception("%s was not done for %s; the next minute tries again", act.__name__.strip("_"), key)


def _end(key: int, now: datetime) -> None:
    """Asked anew under a lock: a translation has gone with its Swedish page, another worker may have been here."""
    page = Page.objects.live().filter(pk=key, expire_at__lt=now).select_for_update(skip_locked=True).first()
    if page:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _go_live(key: int, now: datetime) -> None:
    due = Revision.objects.filter(pk=key, approved_go_live_at__lt=now)
    revision = due.select_for_update(skip_locked=True).first()
    if revision:
        revision.publish(log_action="wagtail.publish.scheduled")
        # No worker was here between both hours: never seen, rather than live until the next minute.
        _end(int(revision.object_id), now)


# --- Hours that have passed -----------------------------------------------------------------------------------------
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
