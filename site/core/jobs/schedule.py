"""Publishes and unpublishes pages at the time that an editor has set.

Wagtail's command `publish_scheduled` needs a cron job, and stops at the first page that is refused, whose schedule is
then lost. Here the worker does it, each page in a transaction of its own.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from core.pages.publishing import Refused

logger = logging.getLogger(__name__)


def run_scheduled(now: datetime) -> None:
    """Unpublish expired pages, then publish revisions that are due; the oldest time first."""
    ended = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at", "pk")
    due = Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at", "pk")
    for act, keys in ((_end, ended), (_go_live, due)):
        for key in list(keys.values_list("pk", flat=True)):
            _try(act, key, now)


def _try(act: Callable[[int, datetime], None], key: int, now: datetime) -> None:
    """One page or revision. After an exception, or `Refused`, its time is left, so that the next minute tries again."""
    try:
        with transaction.atomic():
            act(key, now)
    except Refused as reason:
        logger.info("Revision %s waits: %s", key, reason)
    except Exception:
        logger.exception("%s was not done for %s; the next minute tries again", act.__name__.strip("_"), key)


def _end(key: int, now: datetime) -> None:
    """Unpublish a page if it is still live under a lock: its Swedish page or another worker may have done it."""
    page = Page.objects.live().filter(pk=key, expire_at__lt=now).select_for_update(skip_locked=True).first()
    if page:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _go_live(key: int, now: datetime) -> None:
    due = Revision.objects.filter(pk=key, approved_go_live_at__lt=now)
    revision = due.select_for_update(skip_locked=True).first()
    if revision:
        revision.publish(log_action="wagtail.publish.scheduled")
        # Both times have passed: unpublish at once, not a minute later.
        _end(int(revision.object_id), now)
