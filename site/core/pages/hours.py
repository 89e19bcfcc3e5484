"""Go-live and expiry times: what is live at a moment, and removing times that have passed.

Wagtail leaves such a time in the page, in its revisions and copies: its form then refuses every later save, and a page
that is published again expires at once. A past time is left only while the worker has still to act on it
(core.jobs.schedule).
"""

from datetime import datetime

from django.db.models import CharField, DateTimeField, Exists, OuterRef, Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision
from wagtail.query import PageQuerySet


def live_at(pages: PageQuerySet, at: datetime) -> PageQuerySet:
    """Of these pages, those that are live at that moment, now or by what editors have scheduled."""
    if at <= timezone.now():
        return pages.filter(live=True)
    staying = Q(live=True) & (Q(expire_at=None) | Q(expire_at__gt=at))
    keys = Cast(OuterRef("pk"), CharField())
    coming = Revision.page_revisions.filter(object_id=keys, approved_go_live_at__lte=at)
    end = Cast(KeyTextTransform("expire_at", "content"), DateTimeField())
    lasting = coming.annotate(end=end).filter(Q(end=None) | Q(end__gt=at))
    found: PageQuerySet = pages.filter(Exists(lasting) | staying & ~Exists(coming))
    return found


def clear_past(page: Page) -> None:
    """Before a page's row is saved: clear a past go-live time of a live page, a past expiry of one that is not live.

    A new page with a go-live time to come is not live until then: Wagtail's form for new pages makes it live first, and
    takes that back when it sets the time.
    """
    if page.live and page._state.adding and is_to_come(page.go_live_at):
        page.live = False
    name = "go_live_at" if page.live else "expire_at"
    if _is_past(getattr(page, name)):
        setattr(page, name, None)


def clear_past_in_revision(draft: Page, row: Page) -> None:
    """Clear past times in a page that is read from a revision. `row`: the page as it is now.

    Left while the worker has still to act on them: a revision that is due, the expiry of a live page.
    """
    past = [name for name in ("go_live_at", "expire_at") if _is_past(getattr(draft, name))]
    if not past or row.revisions.filter(approved_go_live_at__lte=timezone.now()).exists():
        return
    is_due = row.live and _is_past(row.expire_at)
    for name in past:
        if name != "expire_at" or not is_due:
            setattr(draft, name, None)


def has_expired(page: Page, hour: datetime | None) -> bool:
    """Whether a form sends the expiry time of a page that has expired since the form was opened.

    `page`: its draft, read after it expired, without that time. `hour`: the submitted `expire_at`; compared with the
    one in the latest revision, without seconds, which browsers do not send.
    """
    version = page.latest_revision if _is_past(hour) and page.expire_at is None else None
    stored = version and parse_datetime(version.content.get("expire_at") or "")
    return bool(hour and stored and stored.replace(second=0, microsecond=0) == hour.replace(second=0, microsecond=0))


def is_to_come(hour: datetime | None) -> bool:
    """Whether an hour is set and lies ahead."""
    return hour is not None and hour > timezone.now()


def _is_past(hour: datetime | None) -> bool:
    return hour is not None and hour <= timezone.now()
