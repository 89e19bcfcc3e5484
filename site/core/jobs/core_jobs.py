"""The repeated jobs of core's rooms. Other apps register theirs in a module that their AppConfig imports."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.jobs import registry, schedule
from core.mail import caps, delivery, outbox
from core.mail.models import OutgoingMail
from core.media import uploads


@registry.job(_("Publishing and ending pages on schedule"), every=timedelta(minutes=1))
def page_schedule(now: datetime) -> None:
    schedule.run_scheduled(now)


# Before the delivery: `manage.py work --once` sends what it has released.
@registry.job(_("Releasing e-mails that were held back"), every=timedelta(minutes=1))
def release_held_mail(now: datetime) -> None:
    outbox.release_below_caps(now)


# Shared, as each mail is locked by itself: one worker that waits for a slow mail server holds up no other.
@registry.job(_("Sending e-mails"), every=timedelta(seconds=0.5), shared=True)
def deliver_mail(now: datetime) -> OutgoingMail | None:
    """Send the next mail that is due. Returned, so that the worker calls this again at once; None if none is due."""
    return delivery.deliver_next(due_by=now)


@registry.job(_("Deleting old counts of e-mails"), every=timedelta(hours=1))
def delete_mail_counts(now: datetime) -> None:
    caps.forget_counts(now)


@registry.job(_("Deleting abandoned uploads"), every=timedelta(hours=1))
def delete_abandoned_uploads(now: datetime) -> None:
    uploads.clear_abandoned(now)
