"""Sends what is in the outbox.

The worker holds the row's lock while the mail server answers. If it is killed meanwhile, the lock falls with its
connection, the row is due as before, and the next worker sends it: at worst twice, under the same Message-ID.
"""

import logging
import re
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import InterfaceError, OperationalError, transaction
from django.dispatch import Signal
from django.utils import timezone

from core.mail.models import OutgoingMail

logger = logging.getLogger(__name__)

# Sent with `mail` when one has failed for good, in the transaction that says so: receivers tell a person.
mail_failed = Signal()

GIVE_UP_AFTER = timedelta(days=5)  # As long as mail servers themselves keep trying (RFC 5321, 4.5.4.1).
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 500
# About us, not about the mail: the password, TLS, a relay that does not know us. A person sets it right meanwhile.
OURS_TO_MEND = frozenset({530, 534, 535, 538})
# Mail servers like to repeat whom they refuse. The staff see it beside the mail; a log is no place for it.
ADDRESS = re.compile(r"[^\s<>:;,\"'()]+@[^\s<>:;,\"'()]+")
DATABASE_IS_AWAY = (OperationalError, InterfaceError)


def deliver_next(due_by: datetime | None = None) -> OutgoingMail | None:
    """Try the mail that has waited longest. None: nothing is due (by then), or other workers hold it all."""
    with transaction.atomic():
        mail = OutgoingMail.objects.due(due_by or timezone.now()).free().first()
        if mail:
            _attempt(mail)
    return mail


def _attempt(mail: OutgoingMail) -> None:
    mail.attempts += 1
    mail.first_try = mail.first_try or timezone.now()
    try:
        with transaction.atomic():  # A backend may write to our database, as the demo's mailbox does.
            if not get_connection(settings.OUTBOX_CARRIER).send_messages([_message(mail)]):
                raise ValueError("there is nobody to send it to")
    except DATABASE_IS_AWAY:
        raise
    except Exception as error:
        _note_failure(mail, error)
    else:
        mail.status, mail.sent_at, mail.error = OutgoingMail.Status.SENT, timezone.now(), ""
    mail.save()
    if mail.status == OutgoingMail.Status.FAILED:
        _tell(mail)


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    headers = {"Message-ID": mail.message_id, "Content-Language": mail.language}
    if mail.automatic:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if mail.in_reply_to:
        headers |= {"In-Reply-To": mail.in_reply_to, "References": mail.in_reply_to}
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _note_failure(mail: OutgoingMail, error: Exception) -> None:
    now = timezone.now()
    assert mail.first_try is not None
    mail.error = _in_words(error)
    if _may_pass(error) and now - mail.first_try < GIVE_UP_AFTER:
        mail.next_try = now + pause(mail.attempts)
        logger.warning("Mail %s waits until %s: %s", mail.key, mail.next_try, for_the_log(mail.error))
    else:
        mail.status = OutgoingMail.Status.FAILED
        logger.error("Mail %s failed: %s", mail.key, for_the_log(mail.error))


def for_the_log(error: str) -> str:
    """The mail server's answer without anybody's address."""
    return ADDRESS.sub("(address)", error)


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: 2 s, 4 s, 8 s … an hour."""
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(attempts, 12)))


def _may_pass(error: Exception) -> bool:
    """Whether another attempt can succeed: the server is away, busy or greylists (4xx), or we are set up wrongly."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            return all(code < 500 for code, _ in _refusals(error).values())
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError() | smtplib.SMTPAuthenticationError():
            return True
        case smtplib.SMTPResponseException():
            return error.smtp_code < 500 or error.smtp_code in OURS_TO_MEND
        case OSError():  # smtplib's other errors are such too.
            return True
    # The library itself cannot make a mail of it: it never will.
    return False


def _refusals(error: smtplib.SMTPRecipientsRefused) -> Mapping[str, tuple[int, bytes]]:
    return error.recipients


def _in_words(error: Exception) -> str:
    """For the staff: the server's own answer, else the error's name and words."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            answers = [f"{code} {_decoded(text)}" for code, text in _refusals(error).values()]
            words = "; ".join(answers)
        case smtplib.SMTPResponseException():
            words = f"{error.smtp_code} {_decoded(error.smtp_error)}"
        case _:
            words = f"{type(error).__name__}: {error}"
    return words.replace("\x00", "")[:LONGEST_ERROR]


def _decoded(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _tell(mail: OutgoingMail) -> None:
    """A receiver that breaks must not bring the mail back into the queue."""
    try:
        with transaction.atomic():
            mail_failed.send(sender=OutgoingMail, mail=mail)
    except DATABASE_IS_AWAY:
        raise
    except Exception:
        logger.exception("Nobody could be told that mail %s failed", mail.key)
