"""An enquiry is stored with its mails: both or neither, and only once."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.jobs import registry
from core.mail import delivery, outbox
from core.models import OutgoingMail
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.promise import answer_due, default_site_settings
from experiences.enquiries.services import conversation, receiving, spam
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FROM_ELSEWHERE = spam.Sender(origin=spam.Origin.OTHER_SITE)


@pytest.fixture
def answers(catalogue) -> dict[str, Any]:
    return {
        "experience": catalogue.experience,
        "purpose": "book",
        "name": "Lena Berg",
        "email": "lena@example.org",
        "phone": "",
        "language": "sv",
        "page_language": "sv",
        "people": 6,
        "message": "Vi är sex vänner som vill baka en torsdag i februari.",
        "extra_answers": [],
    }


def receive(answers: dict[str, Any], **more: Any) -> Enquiry:
    return receiving.receive_enquiry(answers, submission=receiving.submission_key(answers), **more)


def mail_keys() -> set[str]:
    return {key.split(":", 2)[2] for key in OutgoingMail.objects.values_list("key", flat=True)}


def test_an_enquiry_comes_with_its_two_mails_and_its_history(answers):
    enquiry = receive(answers)
    assert (enquiry.status, enquiry.experience_title) == ("new", "Baka bröd på het plåt")
    assert mail_keys() == {"confirmation", "notice"}
    assert [(entry.kind, entry.data.get("mail")) for entry in enquiry.timeline.all()] == [
        ("received", None),
        ("mail", "confirmation"),
        ("mail", "notice"),
    ]
    assert enquiry.answer_due == answer_due(enquiry.created_at, default_site_settings())


def test_a_second_click_finds_the_first_enquiry(answers):
    first, second = receive(answers), receive(answers)
    assert first == second
    assert first.token == second.token
    assert Enquiry.objects.count() == 1
    assert OutgoingMail.objects.count() == 2
    assert TimelineEntry.objects.count() == 3


def test_capitals_and_spaces_make_no_other_enquiry(answers):
    same = answers | {"email": "Lena@Example.org", "message": f" {answers['message']}\n"}
    assert receiving.submission_key(same) == receiving.submission_key(answers)


def test_another_answer_or_another_day_makes_another_enquiry(answers):
    tomorrow = timezone.now() + timedelta(days=1)
    key = receiving.submission_key(answers)
    assert receiving.submission_key(answers | {"people": 7}) != key
    assert receiving.submission_key(answers, tomorrow) != key
    assert receiving.submission_key(answers | {"experience": None}) != key


@pytest.mark.parametrize(("field", "value"), [("page_language", "ar"), ("message_dir", "rtl")])
def test_what_the_browser_adds_makes_no_other_enquiry(answers, field, value):
    """The same form, sent again after the visitor has changed the language of the page."""
    assert receiving.submission_key(answers | {field: value}) == receiving.submission_key(answers)


def test_the_day_of_a_submission_is_stockholms(answers):
    before, after = datetime(2026, 11, 24, 22, 59, tzinfo=UTC), datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    assert receiving.submission_key(answers, before) != receiving.submission_key(answers, after)


def test_without_email_address_only_the_staff_get_a_mail(answers):
    receive(answers | {"email": "", "phone": "070-123 45 67"})
    assert mail_keys() == {"notice"}


def test_if_the_mails_cannot_be_written_there_is_no_enquiry(answers, monkeypatch):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(outbox, "put", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        receive(answers)
    assert Enquiry.objects.count() == OutgoingMail.objects.count() == TimelineEntry.objects.count() == 0


def test_the_database_refuses_an_enquiry_without_email_and_phone(answers):
    with pytest.raises(IntegrityError), transaction.atomic():
        receive(answers | {"email": "", "phone": ""})


def test_every_address_of_the_staff_gets_the_notice(answers, settings):
    settings.ENQUIRY_NOTICE_TO = ["a@example.se", "b@example.se"]
    receive(answers)
    assert mail_keys() == {"confirmation", "notice", "notice:1"}


def test_a_reference_is_short_says_its_year_and_has_no_letter_that_is_mistaken():
    night = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is New Year in Stockholm
    references = {receiving.new_reference(night) for _ in range(500)}
    assert len(references) > 490, "many are possible"
    assert all(re.fullmatch(r"SU-[34679CDFGHJKMNPQRTWXY]{4}-27", reference) for reference in references)


def test_a_taken_reference_is_drawn_again(answers, monkeypatch):
    drawn = iter(["SU-7K4M-26", "SU-7K4M-26", "SU-9XYW-26"])
    monkeypatch.setattr(receiving, "new_reference", lambda now: next(drawn))
    first, second = receive(answers), receive(answers | {"people": 2})
    assert (first.reference, second.reference) == ("SU-7K4M-26", "SU-9XYW-26")


def test_an_error_is_raised_when_no_reference_is_free(answers, monkeypatch):
    monkeypatch.setattr(receiving, "new_reference", lambda now: "SU-7K4M-26")
    receive(answers)
    with pytest.raises(RuntimeError, match="No free reference"):
        receive(answers | {"people": 2})


# --- Quarantine ---------------------------------------------------------------------------------------------------
def test_suspected_spam_is_stored_and_no_mail_is_queued(answers):
    enquiry = receive(answers, sender=FROM_ELSEWHERE)
    assert (enquiry.status, enquiry.spam_signs, enquiry.spam_score) == ("spam", ["other_site"], 10)
    assert enquiry.message == answers["message"]
    assert OutgoingMail.objects.count() == 0


def test_a_released_enquiry_is_due_from_now_and_its_mails_are_queued(answers):
    enquiry = receive(answers, sender=FROM_ELSEWHERE)
    Enquiry.objects.update(answer_due=enquiry.answer_due - timedelta(days=9))
    staff = UserFactory()
    free = conversation.release(enquiry, by=staff)
    assert free.status == "new"
    assert free.answer_due == answer_due(timezone.now(), default_site_settings())
    assert mail_keys() == {"confirmation", "notice"}
    change = free.timeline.get(kind="change")
    assert (change.author, change.data) == (staff, {"field": "status", "from": "spam", "to": "new"})


def test_releasing_twice_queues_mails_once(answers):
    enquiry, staff = receive(answers, sender=FROM_ELSEWHERE), UserFactory()
    conversation.release(enquiry, by=staff)
    conversation.release(enquiry, by=staff)
    assert OutgoingMail.objects.count() == 2
    assert enquiry.timeline.filter(kind="change").count() == 1


def test_releasing_an_enquiry_whose_mails_were_queued_queues_no_more(answers):
    enquiry = receive(answers)
    Enquiry.objects.update(status="spam")
    conversation.release(enquiry, by=UserFactory())
    assert OutgoingMail.objects.count() == 2
    assert enquiry.timeline.filter(kind="mail").count() == 2


def test_a_form_sent_again_without_what_a_password_manager_filled_in_comes_through(answers):
    first = receive(answers, sender=spam.Sender(filled_honeypot=True))
    assert first.status == "spam"
    second = receive(answers, sender=spam.Sender())
    assert (second, second.status, second.spam_signs, second.spam_score) == (first, "new", [], 0)
    assert second.answer_due == first.answer_due, "as the visitor read it"
    assert mail_keys() == {"confirmation", "notice"}
    change = second.timeline.get(kind="change")
    assert (change.author, change.data) == (None, {"field": "status", "from": "spam", "to": "new"})
    receive(answers, sender=spam.Sender(filled_honeypot=True))
    assert Enquiry.objects.get().status == "new", "what has come through stays"
    assert OutgoingMail.objects.count() == 2


def test_a_form_sent_from_a_saved_page_and_again_from_ours_comes_through(answers):
    receive(answers, sender=FROM_ELSEWHERE)
    assert receive(answers, sender=spam.Sender()).status == "new"


@pytest.mark.parametrize("sender", [spam.Sender(filled_honeypot=True), FROM_ELSEWHERE])
def test_a_form_sent_again_as_suspect_as_before_stays_in_quarantine(answers, sender):
    receive(answers, sender=spam.Sender(filled_honeypot=True))
    assert receive(answers, sender=sender).status == "spam"
    assert not OutgoingMail.objects.exists()


def test_what_is_written_stays_suspect_however_often_it_is_sent(answers):
    advert = answers | {"message": "We sell backlinks: https://links.example"}
    receive(advert, sender=spam.Sender(filled_honeypot=True))
    again = receive(advert, sender=spam.Sender())
    assert again.status == "spam"


def test_what_a_colleague_calls_spam_is_not_set_free_by_sending_it_again(answers):
    conversation.mark_reviewed(receive(answers, sender=spam.Sender(filled_honeypot=True)), by=UserFactory())
    assert receive(answers, sender=spam.Sender()).status == "spam"


# --- What the outbox keeps ------------------------------------------------------------------------------------------
def stored(key: str, days: float, status: str, **more: Any) -> OutgoingMail:
    mail = outbox.put(outbox.Mail(to="a@example.se", subject="Ämne", text="Ord", html="<p>", language="sv"), key=key)
    at = timezone.now() - timedelta(days=days)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        status=status, created_at=at, sent_at=at if status == "sent" else None, **more
    )
    return mail


def test_a_week_later_only_the_mails_of_an_enquiry_keep_their_text(answers, settings):
    about = receive(answers)
    OutgoingMail.objects.update(status="sent", sent_at=timezone.now(), created_at=timezone.now() - timedelta(days=99))
    stored("password", 8, "sent")
    stored("failed", 8, "failed")
    stored("young", 6, "sent")
    stored("waiting", 8, "due")
    stored("held", 8, "held", held_by="all")
    job = registry.get("blank_mail_texts")
    assert job.run(timezone.now()) == 2
    blank = set(OutgoingMail.objects.filter(text="", html="").values_list("key", flat=True))
    assert blank == {"password", "failed"}
    assert OutgoingMail.objects.get(key="password").subject == "Ämne"
    settings.MAIL_TEXT_DAYS = 5
    assert job.run(timezone.now()) == 1, "the days are a setting; what is blank is not written again"
    about.delete()
    assert job.run(timezone.now()) == 2, "the mails of a deleted enquiry"


# --- A mail that failed ---------------------------------------------------------------------------------------------
def test_staff_are_told_when_a_visitors_mail_has_failed(answers):
    enquiry = receive(answers | {"phone": "070-123 45 67"})
    mail = OutgoingMail.objects.get(key=mails.confirmation_key(enquiry))
    mail.error, mail.attempts = "550 no such user", 1
    delivery.mail_failed.send(sender=OutgoingMail, mail=mail)
    notice = OutgoingMail.objects.get(key=f"mail:{mail.pk}:failed:1:0")
    assert notice.to == "forfragan@example.se"
    for told in (enquiry.reference, "550 no such user", "070-123 45 67", f"/admin/enquiries/{enquiry.pk}/"):
        assert told in notice.text


def test_staff_get_no_notice_about_a_failed_notice(answers):
    enquiry = receive(answers)
    mail = OutgoingMail.objects.get(key=f"enquiry:{enquiry.pk}:notice")
    delivery.mail_failed.send(sender=OutgoingMail, mail=mail)
    assert OutgoingMail.objects.count() == 2


def test_staff_are_told_when_a_mail_about_no_enquiry_has_failed(db):
    mail = outbox.put(outbox.Mail(to="x@example.org", subject="Hi", text="Hi", language="sv"), key="digest:1")
    delivery.mail_failed.send(sender=OutgoingMail, mail=mail)
    assert "digest:1" in OutgoingMail.objects.exclude(pk=mail.pk).get().subject


def test_administrators_alone_are_told_when_a_mail_about_an_account_has_failed(db):
    UserFactory(admin=True, email="petra@example.org")
    UserFactory(username="gone", email="gone@example.org", is_superuser=True, is_active=False)
    reset = outbox.Mail(to="x@example.org", subject="Nytt lösenord", text="/admin/password_reset/…", language="sv")
    mail = outbox.put(reset, key="django:1:0")
    delivery.mail_failed.send(sender=OutgoingMail, mail=mail)
    notice = OutgoingMail.objects.exclude(pk=mail.pk).get()
    assert notice.to == "petra@example.org"
    assert "password_reset" not in notice.text
