"""Mail that is never lost: written as a row in the transaction of what it is about, sent by a worker.

The worker holds the row's lock while the mail server answers. If it is killed meanwhile, the lock falls with its
connection, the row is due as before, and the next worker sends it: at worst twice, under the same Message-ID.
"""

import logging
import re
import smtplib
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import InterfaceError, OperationalError, connection, transaction
from django.dispatch import Signal, receiver
from django.utils import timezone
from django.utils.translation import get_language

from core.jobs.registry import Housekeeper, each_minute
from core.mail import caps
from core.mail.caps import Cap
from core.mail.models import OutgoingMail
from core.web.counters import hour_of

logger = logging.getLogger(__name__)

# Sent with `mail` when one has failed for good, in the transaction that says so: receivers tell a person.
mail_failed = Signal()

GIVE_UP_AFTER = timedelta(days=5)  # As long as mail servers themselves keep trying (RFC 5321, 4.5.4.1).
LONGEST_PAUSE = timedelta(hours=1)
POLL_SECONDS = 0.5
LONGEST_ERROR = 500
# Held mails that are looked at in one round: the worker has mail to send meanwhile.
HELD_AT_ONCE = 100
# About us, not about the mail: the password, TLS, a relay that does not know us. A person sets it right meanwhile.
OURS_TO_MEND = frozenset({530, 534, 535, 538})
# Mail servers like to repeat whom they refuse. The staff see it beside the mail; a log is no place for it.
ADDRESS = re.compile(r"[^\s<>:;,\"'()]+@[^\s<>:;,\"'()]+")
DATABASE_IS_AWAY = (OperationalError, InterfaceError)


@dataclass(frozen=True)
class Mail:
    """What is to be sent, to one address.

    `automatic`: no person wrote it. Then `caps` say what counts it and may hold it back: everything, unless it goes to
    our own people.
    """

    to: str
    subject: str
    text: str
    language: str
    html: str = ""
    reply_to: str = ""
    in_reply_to: str = ""
    automatic: bool = True
    caps: Collection[str] = tuple(Cap)


def put(mail: Mail, *, key: str, source: str = "") -> OutgoingMail:
    """Promise a mail. Call it inside the transaction of what it is about; a key that is known gives its mail again.

    `source`: the address of the visitor who makes us write it. An automatic mail above a cap is held back.
    """
    row = OutgoingMail(
        key=key,
        message_id=make_msgid(domain=_our_domain()),
        to=mail.to,
        reply_to=mail.reply_to,
        in_reply_to=mail.in_reply_to,
        subject=" ".join(mail.subject.split())[:250],
        text=mail.text,
        html=mail.html,
        language=mail.language,
        automatic=mail.automatic,
    )
    OutgoingMail.objects.bulk_create([row], ignore_conflicts=True)
    kept = OutgoingMail.objects.get(key=key)
    is_new = kept.message_id == row.message_id
    if is_new and mail.automatic and mail.caps:
        now, keys = timezone.now(), caps.keys_of(mail.to, source, mail.caps)
        if cap := caps.take(keys, now):
            _hold(kept, cap, keys, now)
    return kept


# --- Above a cap --------------------------------------------------------------------------------------------------
def _hold(mail: OutgoingMail, cap: str, keys: caps.Keys, now: datetime) -> None:
    """Until the next hour at least."""
    if mail.status != OutgoingMail.Status.HELD:
        logger.warning("Mail %s is held back by the cap: %s", mail.key, cap)
    mail.status, mail.held_by, mail.counted_by = OutgoingMail.Status.HELD, cap, [list(pair) for pair in keys]
    mail.next_try = hour_of(now) + timedelta(hours=1)
    mail.save(update_fields=["status", "held_by", "counted_by", "next_try"])


def let_go(mail: OutgoingMail) -> None:
    """A held mail leaves now, whatever the caps say. Nothing for one that is not held."""
    OutgoingMail.objects.held().filter(pk=mail.pk).update(
        status=OutgoingMail.Status.DUE, held_by="", counted_by=[], next_try=timezone.now()
    )


@receiver(each_minute)
def let_go_what_has_room(now: datetime, **kwargs: Any) -> None:
    """Held mails whose hour has come: those below every cap now leave, the longest waiting first."""
    waiting = OutgoingMail.objects.held().filter(next_try__lte=now).order_by("created_at", "pk")
    for pk in waiting.values_list("pk", flat=True)[:HELD_AT_ONCE]:
        with transaction.atomic():
            mail = waiting.filter(pk=pk).free().first()
            if mail is None:
                continue
            keys = _keys_to_ask(mail, now)
            if cap := caps.take(keys, now):
                _hold(mail, cap, keys, now)
            else:
                let_go(mail)


def _keys_to_ask(mail: OutgoingMail, now: datetime) -> caps.Keys:
    """After a day we no longer know from which network it was asked for, as the privacy page promises."""
    if now - mail.created_at < timedelta(hours=22):
        return list(mail.counted_by)
    return [pair for pair in mail.counted_by if pair[0] != Cap.NETWORK]


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


def again(mail: OutgoingMail) -> None:
    """Give a failed mail five new days: the cause was mended."""
    OutgoingMail.objects.filter(pk=mail.pk, status=OutgoingMail.Status.FAILED).update(
        status=OutgoingMail.Status.DUE, attempts=0, first_try=None, next_try=timezone.now()
    )


def deliver_next(due_by: datetime | None = None) -> OutgoingMail | None:
    """Try the mail that has waited longest. None: nothing is due (by then), or other workers hold it all."""
    with transaction.atomic():
        mail = OutgoingMail.objects.due(due_by or timezone.now()).free().first()
        if mail:
            _attempt(mail)
    return mail


def deliver_forever(stopping: Callable[[], bool]) -> None:
    """Send what is due until asked to stop, and then end after the mail in hand. Outlives the database's absence.

    What is due by the clock (core.jobs.registry) is done while no mail waits.
    """
    away, house = False, Housekeeper()
    while not stopping():
        try:
            if idle := deliver_next() is None:
                house.keep()
            away = False
        except DATABASE_IS_AWAY as error:
            if not away:
                logger.warning("The database is away, mail waits: %s", error)
            away = idle = True
            connection.close()
        if idle:
            time.sleep(POLL_SECONDS)


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


def _our_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
