"""An enquiry comes in, or out of quarantine: with its line in the timeline and its mails, all or none.

What staff do with it afterwards stands in `conversation`.
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
from core.models import OutgoingMail, SiteSettings, User
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.promise import STOCKHOLM, answer_due, our_promise
from experiences.enquiries.services import spam

Kind, Status = TimelineEntry.Kind, Enquiry.Status

# Without what is misheard or misread (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), and without A and E: no words come about.
REFERENCE_LETTERS = "34679CDFGHJKMNPQRTWXY"
REFERENCE_TRIES = 20
UNSAID = spam.Sender()


# --- It comes in --------------------------------------------------------------------------------------------------
@transaction.atomic
def receive_enquiry(answers: Mapping[str, Any], *, submission: str, sender: spam.Sender = UNSAID) -> Enquiry:
    """Keep an enquiry and promise its mails. The same submission again gives the first one, and changes nothing.

    `answers` are fields of `Enquiry`. What looks like spam waits in quarantine: kept, no mail promised.
    """
    now, ours = timezone.now(), our_promise()
    enquiry, is_new = _keep(answers, submission, now, ours)
    if not is_new:
        return enquiry
    _log(enquiry, Kind.RECEIVED, at=now)
    signs = spam.signs_of(answers, sender, now)
    enquiry.spam_signs, enquiry.spam_score = list(signs), spam.score(signs)
    if spam.is_suspect(signs):
        enquiry.status = Status.SPAM
    else:
        _promise_mails(enquiry, ours, source=sender.address)
    enquiry.save(update_fields=["spam_signs", "spam_score", "status"])
    return enquiry


def submission_key(answers: Mapping[str, Any], now: datetime | None = None) -> str:
    """The same for the same answers on the same day in Stockholm, whatever their capitals and spaces."""
    day = timezone.localdate(now, STOCKHOLM)
    said = [
        f"{name}={_normal(answers[name])}" for name in sorted(answers) if name not in ("page_language", "message_dir")
    ]
    return salted_hmac("enquiries.submission", "\n".join([str(day), *said]), algorithm="sha256").hexdigest()


def _normal(value: Any) -> str:
    return " ".join(str(getattr(value, "pk", value)).casefold().split())


def _keep(answers: Mapping[str, Any], submission: str, now: datetime, ours: SiteSettings) -> tuple[Enquiry, bool]:
    """The row of a submission, and whether we wrote it. Eight at once: one writes, seven wait for it and find it."""
    due = answer_due(now, ours)
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
        kept = Enquiry.objects.select_related("experience").filter(submission=submission).first()
        if kept:
            return kept, kept.token == enquiry.token
        # Nobody has this submission, and still it was not written: the reference is taken.
    raise RuntimeError("No free reference was found: are the year's used up?")


def new_reference(now: datetime | None = None) -> str:
    """What is said on the phone: SU-7K4M-26. Not yet known to be free."""
    year = timezone.localtime(now, STOCKHOLM).year % 100
    letters = "".join(secrets.choice(REFERENCE_LETTERS) for _ in range(4))
    return f"SU-{letters}-{year:02}"


def new_token() -> str:
    """For the address of the confirmation page: 256 bits, nobody guesses it."""
    return secrets.token_urlsafe(32)


def _promise_mails(enquiry: Enquiry, ours: SiteSettings, *, source: str = "") -> None:
    """The visitor's confirmation and the staff's notice. A second call promises nothing new.

    `source`: the address that the enquiry was sent from. Above a cap on mails the confirmation waits.
    """
    if enquiry.email:
        confirmation, key = mails.confirmation(enquiry, ours), mails.confirmation_key(enquiry)
        _promise(enquiry, confirmation, key, what="confirmation", source=source)
    for number, address in enumerate(settings.ENQUIRY_NOTICE_TO):
        key = f"enquiry:{enquiry.pk}:notice" + (f":{number}" if number else "")
        _promise(enquiry, mails.staff_notice(enquiry, address, ours), key, what="notice")


def _promise(enquiry: Enquiry, mail: outbox.Mail, key: str, *, what: str, source: str = "") -> None:
    row = outbox.put(mail, key=key, source=source)
    entry = TimelineEntry(enquiry=enquiry, kind=Kind.MAIL, at=row.created_at, data={"mail": what}, mail=row)
    TimelineEntry.objects.bulk_create([entry], ignore_conflicts=True)


# --- Quarantine ---------------------------------------------------------------------------------------------------
@transaction.atomic
def release(enquiry: Enquiry, *, by: User) -> Enquiry:
    """Set it free: it is new as if it had just come, with a promise from now on, and its mails leave."""
    enquiry = Enquiry.objects.select_for_update(of=("self",)).select_related("experience").get(pk=enquiry.pk)
    if enquiry.status != Status.SPAM:
        return enquiry
    _log(enquiry, Kind.CHANGE, author=by, data={"field": "status", "from": Status.SPAM, "to": Status.NEW})
    enquiry.status = Status.NEW
    ours = our_promise()
    enquiry.answer_due = answer_due(timezone.now(), ours)
    enquiry.save(update_fields=["status", "answer_due"])
    _promise_mails(enquiry, ours)
    return enquiry


def withdraw_held_mails(enquiry: Enquiry) -> None:
    """For an enquiry that goes to quarantine: what was held back is not sent. `release` promises it again."""
    held = OutgoingMail.objects.held().filter(timeline_entry__enquiry=enquiry).select_for_update(of=("self",))
    keys = [mail.pk for mail in held]
    TimelineEntry.objects.filter(mail__in=keys).delete()
    OutgoingMail.objects.filter(pk__in=keys).delete()


def _log(enquiry: Enquiry, kind: str, **what: Any) -> TimelineEntry:
    return TimelineEntry.objects.create(enquiry=enquiry, kind=kind, **what)
