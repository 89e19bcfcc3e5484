"""Pages that go live, or end, at an hour that an editor chose.

Wagtail's command `publish_scheduled` needs a cron of its own, and stops at the first page that is refused, which then
loses its hour. Here the worker publishes and withdraws, each page in a transaction of its own.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from wagtail.models import Page, Revision

from core.publishing.refusals import NotYet

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
