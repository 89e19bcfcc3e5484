"""The outbox: a mail is a row, written in the transaction of what it is about and sent by a worker (delivery.py)."""

import logging
from collections.abc import Collection, Sequence
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

# Held mails that one call looks at: the worker has due mail to send meanwhile.
HELD_AT_ONCE = 100


@dataclass(frozen=True)
class Mail:
    """A mail to one address.

    `automatic`: written by the site, not by a person. `caps`: the caps (caps.py) that count an automatic mail and may
    hold it back; none for a mail to staff. `thread`: Message-IDs of the earlier mails that it continues, oldest first.
    """

    to: str
    subject: str
    text: str
    language: str
    html: str = ""
    reply_to: str = ""
    thread: Sequence[str] = ()
    automatic: bool = True
    caps: Collection[str] = tuple(Cap)


def put(mail: Mail, *, key: str, source: str = "") -> OutgoingMail:
    """Store a mail for the worker. Call it in the transaction of what the mail is about.

    `key`: a second call with the same key returns the first row. `source`: IP address of the visitor whose request
    causes the mail. An automatic mail above a cap is held back.
    """
    row = OutgoingMail(
        key=key,
        message_id=make_msgid(domain=_our_domain()),
        to=mail.to,
        reply_to=mail.reply_to,
        in_reply_to=mail.thread[-1] if mail.thread else "",
        references=" ".join(mail.thread),
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
    """Hold a mail back, at least until the next hour begins."""
    if mail.status != OutgoingMail.Status.HELD:
        logger.warning("Mail %s is held back by the cap: %s", mail.key, cap)
    mail.status, mail.held_by, mail.counted_by = OutgoingMail.Status.HELD, cap, [list(pair) for pair in keys]
    mail.next_try = hour_of(now) + timedelta(hours=1)
    mail.save(update_fields=["status", "held_by", "counted_by", "next_try"])


def release(mail: OutgoingMail) -> None:
    """Make a held mail due now, whatever the caps say. Does nothing for other mails."""
    OutgoingMail.objects.held().filter(pk=mail.pk).update(
        status=OutgoingMail.Status.DUE, held_by="", counted_by=[], next_try=timezone.now()
    )


def release_below_caps(now: datetime) -> None:
    """Make held mails due that are below every cap now, the oldest first; at most HELD_AT_ONCE."""
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
                release(mail)


def _keys_to_ask(mail: OutgoingMail, now: datetime) -> mail_caps.Keys:
    """The counters of a held mail; after a day without the network's, which is deleted by then (privacy page)."""
    if now - mail.created_at < timedelta(hours=22):
        return list(mail.counted_by)
    return [pair for pair in mail.counted_by if pair[0] != Cap.NETWORK]


def retry(mail: OutgoingMail) -> None:
    """Make a failed mail due again, for another five days of tries."""
    OutgoingMail.objects.filter(pk=mail.pk, status=OutgoingMail.Status.FAILED).update(
        status=OutgoingMail.Status.DUE, attempts=0, first_try=None, next_try=timezone.now()
    )


def _our_domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
