"""Factories of enquiries and their mails."""

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from core.mail import outbox
from core.models import OutgoingMail
from experiences.enquiries.models import Enquiry, TimelineEntry


class EnquiryFactory(DjangoModelFactory):
    """Lena Berg wants to bake bread: new, unowned, due in two days, in Swedish."""

    class Meta:
        model = Enquiry
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"SU-{n:04}-26")
    submission = factory.Sequence(lambda n: f"submission-{n}")
    token = factory.Sequence(lambda n: f"token-{n}")
    experience_title = "Baka bröd på het plåt"
    name = "Lena Berg"
    email = factory.Sequence(lambda n: f"guest{n}@example.org")
    language = "sv"
    page_language = "sv"
    people = 6
    message = "Vi är sex vänner som vill baka en fredag."
    answer_due = factory.LazyFunction(lambda: timezone.now() + timedelta(days=2))

    class Params:
        arabic = factory.Trait(
            name="ليلى حداد", language="ar", page_language="ar", message="نود أن نتعلم خبز الخبز.", message_dir="rtl"
        )
        phone_only = factory.Trait(email="", phone="070-123 45 67")
        overdue = factory.Trait(answer_due=factory.LazyFunction(lambda: timezone.now() - timedelta(hours=3)))
        spam = factory.Trait(status="spam", spam_score=10, spam_signs=["links", "hidden_field"])

    @factory.post_generation
    def came_in(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        TimelineEntry.objects.create(enquiry=self, kind="received", at=self.created_at)


def mail_about(enquiry: Enquiry, **state: Any) -> OutgoingMail:
    """The confirmation of an enquiry, in a state: `mail_about(enquiry, status="failed", error="550")`."""
    mail = outbox.put(
        outbox.Mail(to=enquiry.email, subject="Vi har din förfrågan", text="Tack", language="sv"),
        key=f"enquiry:{enquiry.pk}:confirmation",
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(**state)
    TimelineEntry.objects.create(enquiry=enquiry, kind="mail", mail=mail, data={"mail": "confirmation"})
    mail.refresh_from_db()
    return mail
