"""Scheduled publications that were refused at their hour: reported to the editor once, and tried again later.

Tried again each hour, and in the minute after a Swedish page was published, which may be what was missing.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from core.jobs.models import RefusedHour
from core.languages import display
from core.mail import outbox
from core.pages import publishing
from core.pages.publishing import Refused
from core.people.models import User

logger = logging.getLogger(__name__)

LOG_ACTION = "core.refused_at_its_hour"
PAUSE = timedelta(hours=1)


@transaction.atomic
def report(revision: Revision, error: Refused, now: datetime) -> None:
    """Note when to try again. The first time, tell the editor who set the hour, and the page's history."""
    page = revision.content_object
    _row, is_new = RefusedHour.objects.update_or_create(
        revision=revision, defaults={"next_try": now + PAUSE}, create_defaults={"page": page, "next_try": now + PAUSE}
    )
    if not is_new:
        return
    codes = [refusal.code for refusal in error.refusals]
    logger.warning("Revision %s was refused at its hour: %s", revision.pk, ", ".join(codes))
    log(instance=page, action=LOG_ACTION, revision=revision, data={"reasons": [str(error)]})
    people = (revision.user, page.owner)
    if editor := next((one for one in people if one and one.is_active and one.email), None):
        outbox.put(_notice(editor, page, revision), key=f"schedule:{revision.pk}:refused")


def _notice(editor: User, page: Page, revision: Revision) -> outbox.Mail:
    language = _language_of(editor)
    with translation.override(language):
        reasons = [f"– {refusal.words}" for refusal in publishing.refusals(revision.as_object())]
        moment = revision.approved_go_live_at
        hour = f"{display.long_day(moment)} {display.clock(moment)}"
        title = page.get_admin_display_title()
        was_to_be = _("“%(title)s” was to be published on %(hour)s. It was not, because something is missing:")
        lines = [
            was_to_be % {"title": title, "hour": hour},
            "\n".join(reasons),
            _(
                "If it is somewhere else, such as another page, put it right there: this one is then published "
                "automatically within the hour. If it is on the page itself, open it, choose “Cancel scheduled "
                "publish”, put it right and publish it:"
            ),
            settings.WAGTAILADMIN_BASE_URL + publishing.edit_link(page),
        ]
        text = "\n\n".join(lines)
        subject = _("Not published at its scheduled time: %(title)s") % {"title": title}
    return outbox.Mail(to=editor.email, subject=subject, text=text, language=language, caps=())


def _language_of(user: User) -> str:
    profile = getattr(user, "wagtail_userprofile", None)
    return str(profile.get_preferred_language()) if profile else settings.LANGUAGE_CODE


def try_again() -> None:
    """Let the next minute try all of them: a page was published, which may be what they wait for."""
    RefusedHour.objects.filter(next_try__gt=timezone.now()).update(next_try=timezone.now())


def forget_obsolete() -> None:
    """Those that were published meanwhile, or whose hour an editor has taken back."""
    RefusedHour.objects.filter(revision__approved_go_live_at=None).delete()
