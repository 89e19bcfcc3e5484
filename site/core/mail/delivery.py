"""Sends the mails of the outbox.

The row is locked while the mail server answers. If the worker is killed meanwhile, PostgreSQL releases the lock and
another worker sends the mail: in the worst case twice, with the same Message-ID.
"""

import logging
import re
import smtplib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import utf8_charset_qp
from django.db import InterfaceError, OperationalError, transaction
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from core.mail.models import OutgoingMail
from core.mail.placeholders import fill_in
from core.mail.smtp import NoLettersBeforeTheAt

logger = logging.getLogger(__name__)

# Sent with `mail` when a mail has failed for good, in the same transaction: receivers notify staff.
mail_failed = Signal()

GIVE_UP_AFTER = timedelta(days=5)  # As long as mail servers themselves keep trying (RFC 5321, 4.5.4.1).
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 500
# Our configuration is wrong, not the mail: password, TLS, a relay that refuses us. Tried again: it will be fixed.
OURS_TO_MEND = frozenset({530, 534, 535, 538})
# `OutgoingMail.error` for an address that the mail server cannot write to: a msgid.
NO_LETTERS_BEFORE_THE_AT = gettext_noop(
    "Our mail server cannot write to an address with letters other than a to z before the @ (it lacks SMTPUTF8)."
    " Ask for another address or call. Whoever runs the site can change the mail server."
)
# Mail servers repeat addresses in their answers. Staff see them in the inbox; a log must not have them.
ADDRESS = re.compile(r"[^\s<>:;,\"'()]+@[^\s<>:;,\"'()]+")
DATABASE_IS_AWAY = (OperationalError, InterfaceError)


def deliver_next(due_by: datetime | None = None) -> OutgoingMail | None:
    """Try the mail that has been due longest, by `due_by` or now; None if none is due and unlocked."""
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
                raise ValueError("the backend sent no mail")
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
        headers |= {"In-Reply-To": mail.in_reply_to, "References": mail.references or mail.in_reply_to}
    message = EmailMultiAlternatives(
        mail.subject,
        fill_in(mail.text, mail.to),
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    # Lines of 7 bits: not every server on the way takes others (8BITMIME, RFC 6152).
    message.encoding = utf8_charset_qp
    if mail.html:
        message.attach_alternative(fill_in(mail.html, mail.to), "text/html")
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
    """The mail server's answer without e-mail addresses."""
    return ADDRESS.sub("(address)", error)


def pause(attempts: int) -> timedelta:
    """The time until the next attempt: 2 s, 4 s, 8 s … one hour."""
    return min(LONGEST_PAUSE, timedelta(seconds=2 ** min(attempts, 12)))


def _may_pass(error: Exception) -> bool:
    """Whether another attempt can succeed: server down, busy, greylisting (4xx), or an error in our configuration."""
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
    """The error as staff see it: the server's answer, else the exception's name and text."""
    match error:
        case NoLettersBeforeTheAt():
            words = NO_LETTERS_BEFORE_THE_AT
        case smtplib.SMTPRecipientsRefused():
            answers = [f"{code} {_decoded(text)}" for code, text in _refusals(error).values()]
            words = "; ".join(answers)
        case smtplib.SMTPResponseException():
            words = f"{error.smtp_code} {_decoded(error.smtp_error)}"
        case _:
            words = f"{type(error).__name__}: {error}"
    return words.replace("\x00", "")[:LONGEST_ERROR]


def own_reason(mail: OutgoingMail) -> str:
    """Why the site could not send it, in the active language; empty if the mail server or a library has said it."""
    return gettext(mail.error) if mail.error == NO_LETTERS_BEFORE_THE_AT else ""


def _decoded(answer: bytes | str) -> str:
    return answer.decode(errors="replace") if isinstance(answer, bytes) else answer


def _tell(mail: OutgoingMail) -> None:
    """Send `mail_failed`. An exception in a receiver is logged, and does not make the mail due again."""
    try:
        with transaction.atomic():
            mail_failed.send(sender=OutgoingMail, mail=mail)
    except DATABASE_IS_AWAY:
        raise
    except Exception:
        logger.exception("A receiver of mail_failed broke for mail %s", mail.key)
