"""Stores an enquiry that a visitor has sent, and puts its mails into the outbox.

What staff do with it afterwards is in `conversation`.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from core.mail import outbox
from core.models import OutgoingMail, SiteSettings
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.promise import STOCKHOLM, answer_due, default_site_settings
from experiences.enquiries.services import spam

Kind, Status = TimelineEntry.Kind, Enquiry.Status

# Without what is misheard or misread (0 O, 1 I L, 2 Z, 5 S, 8 B, U V). Without A and E, so that no words are formed.
REFERENCE_LETTERS = "34679CDFGHJKMNPQRTWXY"
REFERENCE_TRIES = 20
UNKNOWN_SENDER = spam.Sender()


@transaction.atomic
def receive_enquiry(answers: Mapping[str, Any], *, submission: str, sender: spam.Sender = UNKNOWN_SENDER) -> Enquiry:
    """Store an enquiry and put its mails into the outbox, in one transaction.

    `answers`: field values of `Enquiry`. `submission`: see `submission_key`; the same one again returns the first
    enquiry, and changes nothing but that it may lead it out of quarantine. Suspected spam is stored in quarantine, and
    no mail is queued for it.
    """
    now, site_settings = timezone.now(), default_site_settings()
    enquiry, is_new = _store(answers, submission, now, site_settings)
    if is_new:
        TimelineEntry.objects.create(enquiry=enquiry, kind=Kind.RECEIVED, at=now)
        _judge(enquiry, spam.signs_of(answers, sender, now), sender, site_settings)
    elif enquiry.status == Status.SPAM:
        _judge_again(enquiry, sender, site_settings)
    return enquiry


def _judge(enquiry: Enquiry, signs: list[spam.Sign], sender: spam.Sender, site_settings: SiteSettings) -> None:
    """Save the signs of spam, and put the enquiry into quarantine or its mails into the outbox."""
    status = Status.SPAM if spam.is_suspect(signs) else Status.NEW
    if status == Status.NEW:
        queue_mails(enquiry, site_settings, source=sender.address)
    if (enquiry.status, enquiry.spam_signs) != (status, signs):
        enquiry.status, enquiry.spam_signs, enquiry.spam_score = status, list(signs), spam.score(signs)
        enquiry.save(update_fields=["spam_signs", "spam_score", "status"])


def _judge_again(enquiry: Enquiry, sender: spam.Sender, site_settings: SiteSettings) -> None:
    """Lead an enquiry out of quarantine that is sent again without what made its sender suspect.

    The promised time stays: the visitor has read it. Where a colleague has said that it is spam, nothing changes.
    """
    locked = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    signs = spam.signs_when_sent_again(locked.spam_signs, sender)
    if spam.is_suspect(signs) or not Enquiry.objects.to_review().filter(pk=enquiry.pk).exists():
        return
    data = {"field": "status", "from": Status.SPAM, "to": Status.NEW}
    TimelineEntry.objects.create(enquiry=enquiry, kind=Kind.CHANGE, data=data)
    _judge(enquiry, signs, sender, site_settings)


def submission_key(answers: Mapping[str, Any], now: datetime | None = None) -> str:
    """An HMAC of the answers and of the day in Stockholm, by which a form sent twice is recognised.

    Upper case and repeated or outer white space are ignored, and so are `page_language` and `message_dir`.
    """
    day = timezone.localdate(now, STOCKHOLM)
    names = sorted(set(answers) - {"page_language", "message_dir"})
    values = [f"{name}={_normalised(answers[name])}" for name in names]
    return salted_hmac("enquiries.submission", "\n".join([str(day), *values]), algorithm="sha256").hexdigest()


def _normalised(value: Any) -> str:
    return " ".join(str(getattr(value, "pk", value)).casefold().split())


def _store(
    answers: Mapping[str, Any], submission: str, now: datetime, site_settings: SiteSettings
) -> tuple[Enquiry, bool]:
    """The row of a submission, and whether this call has inserted it.

    Safe when the same submission comes several times at once: one inserts, the others wait for it and get its row.
    """
    due = answer_due(now, site_settings)
    experience = answers.get("experience")
    for _try in range(REFERENCE_TRIES):
        enquiry = Enquiry(
            **{"experience_title": experience.title if experience else "", **answers},
            submission=submission,
            reference=new_reference(now),
            token=new_token(),
            created_at=now,
            answer_due=due,
        )
        Enquiry.objects.bulk_create([enquiry], ignore_conflicts=True)
        stored = Enquiry.objects.select_related("experience").filter(submission=submission).first()
        if stored:
            if is_new := stored.token == enquiry.token:
                stored.experience = experience  # Read by the form with what the mails ask of it: one query less.
            return stored, is_new
        # The conflict was not about the submission: the reference is taken. Try another.
    raise RuntimeError("No free reference was found: are the year's used up?")


def new_reference(now: datetime | None = None) -> str:
    """A random reference for an enquiry, with the year: SU-7K4M-26. Short, as it is said on the phone; may be taken."""
    year = timezone.localtime(now, STOCKHOLM).year % 100
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(4))
    return f"SU-{letters}-{year:02}"


def new_token() -> str:
    """A secret for the URL of the confirmation page: 256 random bits."""
    return secrets.token_urlsafe(32)


def queue_mails(enquiry: Enquiry, site_settings: SiteSettings, *, source: str = "") -> None:
    """Put the visitor's confirmation and the staff's notices into the outbox. A second call queues nothing new.

    `source`: the IP address that the enquiry was sent from. Above a cap on mails (`core.mail.caps`) the confirmation is
    held back.
    """
    if enquiry.email:
        confirmation, key = mails.confirmation(enquiry, site_settings), mails.confirmation_key(enquiry)
        _queue_mail(enquiry, confirmation, key, what="confirmation", source=source)
    for number, address in enumerate(settings.ENQUIRY_NOTICE_TO):
        key = f"enquiry:{enquiry.pk}:notice" + (f":{number}" if number else "")
        _queue_mail(enquiry, mails.staff_notice(enquiry, address, site_settings), key, what="notice")


def _queue_mail(enquiry: Enquiry, mail: outbox.Mail, key: str, *, what: str, source: str = "") -> None:
    row = outbox.put(mail, key=key, source=source)
    entry = TimelineEntry(enquiry=enquiry, kind=Kind.MAIL, at=row.created_at, data={"mail": what}, mail=row)
    TimelineEntry.objects.bulk_create([entry], ignore_conflicts=True)


def delete_held_mails(enquiry: Enquiry) -> None:
    """Delete the enquiry's mails that are held back, for one that is put into quarantine. `queue_mails` undoes it."""
    held = OutgoingMail.objects.held().filter(timeline_entry__enquiry=enquiry).select_for_update(of=("self",))
    ids = [mail.pk for mail in held]
    TimelineEntry.objects.filter(mail__in=ids).delete()
    OutgoingMail.objects.filter(pk__in=ids).delete()
