"""Publishes and unpublishes pages at the time that an editor has set.

Wagtail's command `publish_scheduled` needs a cron job, and stops at the first page that is refused, whose schedule is
then lost. Here the worker does it, or our command of that name, each page in a transaction of its own.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q, QuerySet
from wagtail.models import Page, Revision

from core.jobs import refused_hours
from core.pages import publishing
from core.pages.publishing import Refused

logger = logging.getLogger(__name__)


class SomeFailed(RuntimeError):
    """Some pages failed, and not because they were refused."""


def run_scheduled(now: datetime) -> None:
    """Unpublish expired pages, then publish revisions that are due; the oldest time first.

    A page that fails or is refused stops no other. One that is refused is tried once more after others were published,
    as these may have been missing; then it is reported to its editor, and tried again later (refused_hours.py). Raises
    SomeFailed at the end, so that the job is shown as failing.
    """
    ended = Page.objects.live().filter(expire_at__lt=now).order_by("expire_at", "pk").values_list("pk", flat=True)
    failed = [key for key in list(ended) if not _try(_end, key, now)]
    due = list(_due(now).values_list("pk", flat=True))
    while due:
        wrong, refused = _publish(due, now)
        failed += wrong
        if len(refused) == len(due):
            break
        due = refused
    failed += [key for key in due if not _try(_go_live, key, now, partial(_report, now))]
    refused_hours.forget_obsolete()
    if failed:
        raise SomeFailed(f"{len(failed)} scheduled pages failed; the log says which, and why")


def _due(now: datetime) -> QuerySet[Revision]:
    """Revisions whose time has come, without those that were refused and are to be tried later."""
    # Not one that is further ahead than we set it: a clock was wrong.
    waiting = Q(refused_hour__next_try__gt=now, refused_hour__next_try__lte=now + refused_hours.PAUSE)
    return Revision.objects.filter(approved_go_live_at__lt=now).exclude(waiting).order_by("approved_go_live_at", "pk")


def _publish(keys: list[int], now: datetime) -> tuple[list[int], list[int]]:
    """Publish these revisions. Returns those that failed, and those that were refused."""
    refused: list[int] = []
    failed = [key for key in keys if not _try(_go_live, key, now, lambda key, _error: refused.append(key))]
    return failed, refused


def _try(
    act: Callable[[int, datetime], None],
    key: int,
    now: datetime,
    when_refused: Callable[[int, Refused], None] = lambda key, error: None,
) -> bool:
    """One page or revision. False after an exception: its time is left, so that the next minute tries again."""
    try:
        try:
            with transaction.atomic():
                publishing.take_turn()
                act(key, now)
        except Refused as error:
            when_refused(key, error)
    except Exception:
        logger.exception("%s was not done for %s; the next minute tries again", act.__name__.strip("_"), key)
        return False
    return True


def _report(now: datetime, key: int, error: Refused) -> None:
    refused_hours.report(Revision.objects.get(pk=key), error, now)


def _end(key: int, now: datetime) -> None:
    """Unpublish a page if it is still live under a lock: its Swedish page or another worker may have done it."""
    page = Page.objects.live().filter(pk=key, expire_at__lt=now).select_for_update(skip_locked=True).first()
    if page:
        page.specific.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _go_live(key: int, now: datetime) -> None:
    revision = _due(now).filter(pk=key).select_for_update(skip_locked=True, of=("self",)).first()
    if revision:
        revision.publish(log_action="wagtail.publish.scheduled")
        # Both times have passed: unpublish at once, not a minute later.
        _end(int(revision.object_id), now)
