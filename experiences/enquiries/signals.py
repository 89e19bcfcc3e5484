"""A receiver of a signal from the mail delivery, and the repeated jobs of the enquiries."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from core.jobs import registry
from core.mail import delivery, outbox
from core.models import OutgoingMail, User
from experiences.enquiries import mails
from experiences.enquiries.models import TimelineEntry
from experiences.enquiries.services import spam


@receiver(delivery.mail_failed)
def tell_staff_of_failed_mail(mail: OutgoingMail, **kwargs: Any) -> None:
    """Queue a notice to the staff about a mail that could not be sent.

    None about a mail to the staff themselves: the notice would go to the same mailbox. The inbox and the log show it.
    """
    addresses = told_of_failed(mail)
    if mail.to in addresses:
        return
    entry = TimelineEntry.objects.filter(mail=mail).select_related("enquiry__experience").first()
    for number, address in enumerate(addresses):
        notice = mails.failure_notice(mail, entry.enquiry if entry else None, address)
        outbox.put(notice, key=f"mail:{mail.pk}:failed:{mail.attempts}:{number}")


def told_of_failed(mail: OutgoingMail) -> list[str]:
    """The staff's addresses. About an account (a link for a new password): the administrators', who alone see users."""
    if not mail.key.startswith("django:"):  # core.mail.backend
        return list(settings.ENQUIRY_NOTICE_TO)
    administrators = User.objects.filter(is_superuser=True, is_active=True).exclude(email="")
    return list(administrators.order_by("pk").values_list("email", flat=True))


@registry.job(_("Deleting old sending rates"), every=timedelta(hours=1))
def delete_sending_rates(now: datetime) -> int:
    """Delete counts of hours that are over. Each enquiry does it too; this is for sites that get none for days."""
    return spam.prune(now)


@registry.job(_("Blanking the texts of old e-mails"), every=timedelta(hours=1))
def blank_mail_texts(now: datetime) -> int:
    """Blank what mails said that belong to no enquiry: a new password, a page to approve, a failed mail.

    Here and not in core, which knows no enquiry. The mails of a deleted enquiry belong to none.
    """
    old = OutgoingMail.objects.done().filter(created_at__lt=now - timedelta(days=settings.MAIL_TEXT_DAYS))
    return old.filter(timeline_entry=None).blank_texts()
