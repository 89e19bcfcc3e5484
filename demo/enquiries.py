"""A dozen demo enquiries in all states, with timelines of a few weeks."""

import tomllib
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone, translation

from core.languages.table import direction
from core.mail import outbox
from core.models import OutgoingMail
from demo import content_files as content
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.promise import answer_due, default_site_settings
from experiences.enquiries.services import receiving
from experiences.models import ExperiencePage

ANSWERS = (
    "name",
    "email",
    "phone",
    "language",
    "page_language",
    "purpose",
    "people",
    "when_text",
    "arrange",
    "message",
    "status",
)


def load_enquiries() -> None:
    """Creates the enquiries of `enquiries.toml`. Their times are days before now."""
    file = content.CONTENT / content.SOURCE / "enquiries.toml"
    for number, written in enumerate(tomllib.loads(file.read_text(encoding="utf-8"))["enquiries"]):
        Conversation(number, written).make()


class Conversation:
    """One enquiry with its timeline. `written`: its entry in the file."""

    def __init__(self, number: int, written: dict[str, Any]) -> None:
        self.number = number
        self.written = written
        self.now = timezone.now()
        self.came = self.ago(written["days_ago"])

    def ago(self, days: float) -> datetime:
        """So many days before now."""
        return self.now - timedelta(days=days)

    def make(self) -> None:
        """Create the enquiry (`self.enquiry`) and its timeline; the method named by an entry's `kind` makes it."""
        self.enquiry = self.make_enquiry()
        self.entry(TimelineEntry.Kind.RECEIVED, self.came)
        for entry in self.written.get("timeline", []):
            getattr(self, entry["kind"])(entry, self.ago(entry["days_ago"]))

    def make_enquiry(self) -> Enquiry:
        answers = {name: self.written[name] for name in ANSWERS if self.written.get(name) not in (None, "")}
        slug = self.written.get("experience")
        page = ExperiencePage.objects.filter(slug=slug, locale__language_code=content.SOURCE).first() if slug else None
        timeline = self.written.get("timeline", [])
        answers_given = [entry["days_ago"] for entry in timeline if entry["kind"] in ("reply", "call")]
        return Enquiry.objects.create(
            reference=receiving.new_reference(),
            submission=f"demo-{self.number}",
            token=receiving.new_token(),
            experience=page,
            experience_title=page.title if page else "",
            message_dir=direction(self.written["language"]),
            owner=self.user(self.written.get("owner", "")),
            created_at=self.came,
            answer_due=answer_due(self.came, default_site_settings()),
            answered_at=self.ago(max(answers_given)) if answers_given else None,
            spam_score=10 if self.written["status"] == Enquiry.Status.SPAM else 0,
            spam_signs=["links"] if self.written["status"] == Enquiry.Status.SPAM else [],
            **answers,
        )

    def user(self, username: str) -> Any:
        return get_user_model().objects.filter(username=username).first() if username else None

    def entry(self, kind: str, at: datetime, **fields: Any) -> None:
        TimelineEntry.objects.create(enquiry=self.enquiry, kind=kind, at=at, **fields)

    def reply(self, written: dict[str, Any], at: datetime) -> None:
        wording = {"text": written["text"], "text_dir": direction(self.enquiry.language)}
        self.entry("reply", at, author=self.staff(), mail=self.sent(written, at), **wording)

    def call(self, written: dict[str, Any], at: datetime) -> None:
        self.entry("note", at, author=self.staff(), text=written["text"], data={"call": True})

    def note(self, written: dict[str, Any], at: datetime) -> None:
        self.entry("note", at, author=self.staff(), text=written["text"])

    def change(self, written: dict[str, Any], at: datetime) -> None:
        data = {"field": "status", "from": written["from"], "to": written["to"]}
        self.entry("change", at, author=self.staff(), text=written.get("text", ""), data=data)

    def staff(self) -> Any:
        return self.enquiry.owner or self.user("staff")

    def sent(self, written: dict[str, Any], at: datetime) -> OutgoingMail | None:
        """The reply as a sent mail of the outbox; None if the enquiry has no e-mail address."""
        if not self.enquiry.email:
            return None
        with translation.override(self.enquiry.language):
            subject = mails.reply_subject(self.enquiry)
        wording = mails.reply(self.enquiry, subject=subject, text=written["text"], by=self.staff())
        mail = outbox.put(wording, key=f"demo:{self.number}:{written['days_ago']}")
        OutgoingMail.objects.filter(pk=mail.pk).update(
            status=OutgoingMail.Status.SENT, attempts=1, created_at=at, sent_at=at
        )
        return mail
