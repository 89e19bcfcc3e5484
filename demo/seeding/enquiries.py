"""Seeded enquiries with their timelines and mails: copies of the demo's, most of them ended long ago."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Model

from core.models import OutgoingMail
from demo.seeding.copies import Batch, Copy, Ids, Original
from demo.seeding.rows import Row, stored
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.services.receiving import REFERENCE_LETTERS, new_token
from experiences.enquiries.states import ENDED

MARK = "seed-"
DEMO_MARK = "demo-"
# Between one enquiry and the next: 10,000 have come in two years.
EARLIER = timedelta(minutes=105)
# Every so many-th may be one that has not ended.
UNDER_WAY = 20


class Conversation(Original):
    """An enquiry of the demo: its rows."""

    def __init__(self, enquiry: Enquiry) -> None:
        self.enquiry = enquiry
        super().__init__(
            [
                (Enquiry, stored(Enquiry, pk=enquiry.pk)),
                (OutgoingMail, stored(OutgoingMail, timeline_entry__enquiry=enquiry)),
                (TimelineEntry, stored(TimelineEntry, enquiry=enquiry)),
            ]
        )


def conversations() -> tuple[list[Conversation], list[Conversation]]:
    """The demo's enquiries: all, and those that have ended."""
    every = [
        Conversation(enquiry) for enquiry in Enquiry.objects.filter(submission__startswith=DEMO_MARK).order_by("pk")
    ]
    return every, [one for one in every if one.enquiry.status in ENDED]


class EnquiryCopy(Copy):
    """`experience`: primary key and title of a Swedish page."""

    def __init__(self, original: Conversation, number: int, experience: tuple[int, str], ids: Ids) -> None:
        super().__init__(original, {}, ids, EARLIER * number)
        self.number = number
        self.experience = experience

    def add_to(self, batch: Batch) -> None:
        """Add all its rows to a batch."""
        self.write_to(batch, self.change)

    def change(self, model: type[Model], new: Row, old: Row) -> bool:
        if change := self.CHANGES.get(model):
            change(self, new, old)
        return True

    def enquiry(self, new: Row, old: Row) -> None:
        new.update(
            reference=reference(self.number),
            submission=f"{MARK}{self.number}",
            token=new_token(),
            name=f"{old['name']} {self.number}",
            email=old["email"] and f"{self.number}.{old['email']}",
        )
        if old["experience_id"]:
            new["experience_id"], new["experience_title"] = self.experience

    def mail(self, new: Row, old: Row) -> None:
        new.update(
            key=f"{MARK}{self.number}:{old['id']}",
            message_id=f"<{MARK}{self.number}.{old['id']}@example.se>",
            to=f"{self.number}.{old['to']}",
            status=OutgoingMail.Status.SENT,
            sent_at=new["sent_at"] or new["created_at"],
        )

    CHANGES: ClassVar[dict[type[Model], Callable[[Any, Row, Row], None]]] = {Enquiry: enquiry, OutgoingMail: mail}


def reference(number: int) -> str:
    """Of the form of `receiving.new_reference`, in the year 00: no visitor's is the same."""
    letters = ""
    for _place in range(4):
        number, letter = divmod(number, len(REFERENCE_LETTERS))
        letters = REFERENCE_LETTERS[letter] + letters
    return f"SU-{letters}-00"
