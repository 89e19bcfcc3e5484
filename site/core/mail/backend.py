"""EMAIL_BACKEND: puts the mails of Django and Wagtail into the outbox."""

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
    """Writes one outbox row for each recipient. The worker sends them by the backend `OUTBOX_CARRIER`.

    Raises ValueError for a mail with attachments.
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
    """The caps that count it: password resets, which anyone may request for an account; not Wagtail's notifications."""
    return [] if message.extra_headers.get("Auto-Submitted") else [Cap.RECIPIENT]


def _replace_earlier(row: OutgoingMail) -> None:
    """Delete earlier held mails with the same recipient and subject: of several password links the last is enough."""
    same = OutgoingMail.objects.held().filter(to=row.to, subject=row.subject, key__startswith="django:")
    same.exclude(pk=row.pk).delete()


def html_of(message: EmailMessage) -> str:
    """The HTML alternative of a mail, or an empty string."""
    alternatives = getattr(message, "alternatives", [])
    return next((str(content) for content, kind in alternatives if kind == "text/html"), "")
