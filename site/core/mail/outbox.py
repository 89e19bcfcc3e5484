"""Mail that is never lost: written as a row in the transaction of what it is about, sent by a worker (delivery.py)."""

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.mail import caps as mail_caps
from core.mail.caps import Cap
from core.mail.models import OutgoingMail
from core.web.counters import hour_of

logger = logging.getLogger(__name__)

# Held mails that are looked at in one round: the worker has mail to send meanwhile.
HELD_AT_ONCE = 100


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
        now, keys = timezone.now(), mail_caps.keys_of(mail.to, source, mail.caps)
        if cap := mail_caps.take(keys, now):
            _hold(kept, cap, keys, now)
    return kept


# --- Above a cap --------------------------------------------------------------------------------------------------
def _hold(mail: OutgoingMail, cap: str, keys: mail_caps.Keys, now: datetime) -> None:
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


def let_go_what_has_room(now: datetime) -> None:
    """Held mails whose hour has come: those below every cap now leave, the longest waiting first."""
    waiting = OutgoingMail.objects.held().filter(next_try__lte=now).order_by("created_at", "pk")
    for pk in waiting.values_list("pk", flat=True)[:HELD_AT_ONCE]:
        with transaction.atomic():
            mail = waiting.filter(pk=pk).free().first()
            if mail is None:
                continue
            keys = _keys_to_ask(mail, now)
            if cap := mail_caps.take(keys, now):
                _hold(mail, cap, keys, now)
            else:
                let_go(mail)


def _keys_to_ask(mail: OutgoingMail, now: datetime) -> mail_caps.Keys:
    """After a day we no longer know from which network it was asked for, as the privacy page promises."""
    if now - mail.created_at < timedelta(hours=22):
        return list(mail.counted_by)
    return [pair for pair in mail.counted_by if pair[0] != Cap.NETWORK]


def again(mail: OutgoingMail) -> None:
    """Give a failed mail five new days: the cause was mended."""
    OutgoingMail.objects.filter(pk=mail.pk, status=OutgoingMail.Status.FAILED).update(
        status=OutgoingMail.Status.DUE, attempts=0, first_try=None, next_try=timezone.now()
    )


def _our_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
