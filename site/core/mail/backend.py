"""What Django and Wagtail mail goes by way of the outbox too."""

from collections.abc import Sequence
from email.utils import parseaddr
from uuid import uuid4

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils.translation import get_language

from core.mail.caps import Cap
from core.mail.models import OutgoingMail
from core.mail.outbox import Mail, put


class EmailBackend(BaseEmailBackend):
    """What Django and Wagtail mail (a new password, a page to approve) is kept here too, until it has arrived.

    The worker itself sends by `OUTBOX_CARRIER`. Each reader gets a mail of their own; attachments are not for us.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        with transaction.atomic():
            for message in email_messages:
                _put_message(message)
        return len(email_messages)


def _put_message(message: EmailMessage) -> None:
    if message.attachments:
        raise ValueError("the outbox keeps no attachments")
    group = uuid4()
    for number, reader in enumerate(message.recipients()):
        mail = Mail(
            to=parseaddr(reader)[1] or reader,
            subject=str(message.subject),
            text=str(message.body),
            html=html_of(message),
            language=get_language() or "",
            reply_to=", ".join(message.reply_to),
            caps=_caps_of(message),
        )
        row = put(mail, key=f"django:{group}:{number}")
        if row.status == OutgoingMail.Status.HELD:
            _replace_earlier(row)


def _caps_of(message: EmailMessage) -> list[str]:
    """Anybody may ask for a new password in the name of an account. What Wagtail notifies of, a colleague has done."""
    return [] if message.extra_headers.get("Auto-Submitted") else [Cap.RECIPIENT]


def _replace_earlier(row: OutgoingMail) -> None:
    """Of several links to a new password, asked for again and again, the last one is enough to wait."""
    same = OutgoingMail.objects.held().filter(to=row.to, subject=row.subject, key__startswith="django:")
    same.exclude(pk=row.pk).delete()


def html_of(message: EmailMessage) -> str:
    """The mail as HTML, where it has such an alternative."""
    alternatives = getattr(message, "alternatives", [])
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
