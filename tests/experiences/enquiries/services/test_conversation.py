"""What staff do with an enquiry: its state, its timeline, its mails, also when two act at once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from wagtail.models import ModelLogEntry

from core.mail import outbox
from core.models import OutgoingMail, User
from experiences.enquiries.models import Enquiry, TimelineEntry
from experiences.enquiries.services import conversation
from experiences.enquiries.services.conversation import newest_entry_id
from tests.experiences.enquiries.factories import EnquiryFactory, mail_about
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return UserFactory(username="anna", first_name="Anna", last_name="Ek")


@pytest.fixture
def bo() -> User:
    return UserFactory(username="bo", first_name="Bo", last_name="Lund")


@pytest.fixture
def enquiry() -> Enquiry:
    return EnquiryFactory()


def history(enquiry: Enquiry) -> list[tuple[str, Any, Any]]:
    entries = enquiry.timeline.exclude(kind="received").order_by("pk")
    return [(entry.kind, entry.data.get("from"), entry.data.get("to")) for entry in entries]


def reply(enquiry: Enquiry, by: User, text: str = "Fredag går bra.", **more: Any) -> TimelineEntry:
    values = {"subject": "Din förfrågan", "seen": newest_entry_id(enquiry)} | more
    return conversation.reply(enquiry, by=by, text=text, **values)


# --- Whose it is ------------------------------------------------------------------------------------------------------


def test_a_taken_enquiry_is_owned_and_open(enquiry, anna):
    conversation.take(enquiry, by=anna)
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.status) == (anna, "open")
    assert history(enquiry) == [("change", None, "Anna Ek"), ("change", "new", "open")]


def test_taking_twice_is_taking_once(enquiry, anna):
    conversation.take(enquiry, by=anna)
    conversation.take(enquiry, by=anna)
    assert len(history(enquiry)) == 2


def test_an_owned_enquiry_cannot_be_taken(enquiry, anna, bo):
    conversation.take(enquiry, by=anna)
    with pytest.raises(conversation.AlreadyOwned) as refused:
        conversation.take(enquiry, by=bo)
    assert refused.value.owner == anna
    enquiry.refresh_from_db()
    assert enquiry.owner == anna


def test_an_enquiry_given_back_is_unowned_and_new(enquiry, anna):
    conversation.take(enquiry, by=anna)
    conversation.give_back(enquiry, by=anna, seen=newest_entry_id(enquiry))
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.status) == (None, "new")


def test_an_answered_enquiry_given_back_has_the_same_state(enquiry, anna):
    reply(enquiry, anna)
    conversation.give_back(enquiry, by=anna, seen=newest_entry_id(enquiry))
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.status) == (None, "waiting_visitor")


def test_an_enquiry_handed_over_is_the_colleagues(enquiry, anna, bo):
    conversation.take(enquiry, by=anna)
    conversation.hand_over(enquiry, by=anna, to=bo, seen=newest_entry_id(enquiry))
    enquiry.refresh_from_db()
    assert enquiry.owner == bo
    assert history(enquiry)[-1] == ("change", "Anna Ek", "Bo Lund")


# --- Replies ----------------------------------------------------------------------------------------------------------


def test_a_reply_is_a_mail_an_entry_and_a_state(enquiry, anna):
    entry = reply(enquiry, anna)
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.status) == (anna, "waiting_visitor")
    assert enquiry.answered_at is not None
    assert entry.mail == OutgoingMail.objects.get()
    assert entry.mail.key == f"enquiry:{enquiry.pk}:reply:{entry.pk}"
    assert (entry.mail.to, entry.mail.status, entry.mail.automatic) == (enquiry.email, "due", False)
    assert [kind for kind, _, _ in history(enquiry)] == ["change", "reply", "change"]


def test_the_subject_of_a_reply_has_the_reference_once(enquiry, anna):
    assert reply(enquiry, anna).mail.subject == f"Din förfrågan [{enquiry.reference}]"
    second = reply(enquiry, anna, text="Eller lördag?", subject=f"Om {enquiry.reference}")
    assert second.mail.subject == f"Om {enquiry.reference}"


@pytest.mark.parametrize(("language", "direction"), [("sv", "ltr"), ("ar", "rtl")])
def test_a_reply_is_in_the_visitors_language(anna, language, direction):
    enquiry = EnquiryFactory(language=language)
    entry = reply(enquiry, anna, text="<b>نعم</b> & ja")
    assert (entry.text_dir, entry.mail.language) == (direction, language)
    assert f'<html lang="{language}" dir="{direction}">' in entry.mail.html
    assert "&lt;b&gt;نعم&lt;/b&gt; &amp; ja" in entry.mail.html
    assert "<b>نعم</b> & ja" in entry.mail.text
    assert "Anna Ek" in entry.mail.text


def test_a_name_is_plain_in_the_text_and_escaped_in_the_html(anna):
    enquiry = EnquiryFactory(name="O'Connor & <Söner>")
    mail = reply(enquiry, anna).mail
    assert "O'Connor & <Söner>" in mail.text
    assert "O&#x27;Connor &amp; &lt;Söner&gt;" in mail.html


def test_the_writer_chooses_the_state_afterwards_and_the_first_answers_time_stays(enquiry, anna):
    reply(enquiry, anna)
    enquiry.refresh_from_db()
    first = enquiry.answered_at
    reply(enquiry, anna, text="Här är vårt förslag.", then="offer_sent")
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.answered_at) == ("offer_sent", first)


def test_a_second_click_sends_no_second_mail(enquiry, anna):
    seen = newest_entry_id(enquiry)
    first, second = reply(enquiry, anna, seen=seen), reply(enquiry, anna, seen=seen)
    assert first == second
    assert OutgoingMail.objects.count() == 1


def test_the_same_words_may_be_sent_again_on_purpose(enquiry, anna):
    reply(enquiry, anna)
    reply(enquiry, anna)
    assert OutgoingMail.objects.count() == 2


def test_a_reply_is_refused_when_a_colleagues_is_unseen(enquiry, anna, bo):
    seen = newest_entry_id(enquiry)
    reply(enquiry, anna, seen=seen)
    with pytest.raises(conversation.UnseenEntries) as news:
        reply(enquiry, bo, text="Lördag går bra.", seen=seen)
    assert "reply" in [entry.kind for entry in news.value.entries]
    assert OutgoingMail.objects.count() == 1


def test_a_mail_entry_never_counts_as_unseen(enquiry, anna):
    seen = newest_entry_id(enquiry)
    mail_about(enquiry)
    reply(enquiry, anna, seen=seen)


def test_a_visitor_without_email_address_cannot_be_mailed(anna):
    enquiry = EnquiryFactory(phone_only=True)
    with pytest.raises(conversation.NoEmailAddress):
        reply(enquiry, anna)
    assert not OutgoingMail.objects.exists()
    assert history(enquiry) == []


def test_a_quarantined_enquiry_cannot_be_replied_to(anna):
    enquiry = EnquiryFactory(spam=True)
    with pytest.raises(conversation.Quarantined):
        reply(enquiry, anna)
    assert not OutgoingMail.objects.exists()


def test_a_reply_is_rolled_back_when_its_mail_cannot_be_stored(enquiry, anna, monkeypatch):
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr(outbox, "put", fail)
    with pytest.raises(RuntimeError):
        reply(enquiry, anna)
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.owner, history(enquiry)) == ("new", None, [])


def test_a_failed_mail_is_sent_again(enquiry, anna):
    mail = mail_about(enquiry, status="failed", attempts=14)
    conversation.send_again(enquiry, by=anna, mail=mail)
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("due", 0)
    assert history(enquiry)[-1] == ("change", None, "again")


def test_a_mail_of_another_enquiry_is_not_sent_again(enquiry, anna):
    mail = mail_about(EnquiryFactory(), status="failed")
    conversation.send_again(enquiry, by=anna, mail=mail)
    mail.refresh_from_db()
    assert mail.status == "failed"


# --- Calls, notes, states ---------------------------------------------------------------------------------------------


def test_a_call_answers_the_enquiry(anna):
    enquiry = EnquiryFactory(phone_only=True)
    entry = conversation.log_call(
        enquiry, by=anna, text="Hon kommer på fredag.", then="booked", seen=newest_entry_id(enquiry)
    )
    enquiry.refresh_from_db()
    assert (entry.kind, entry.data) == ("note", {"call": True})
    assert (enquiry.owner, enquiry.status) == (anna, "booked")
    assert enquiry.answered_at is not None


def test_a_note_is_never_mailed_and_changes_nothing(enquiry, anna, bo):
    seen = newest_entry_id(enquiry)
    conversation.take(enquiry, by=bo)
    conversation.add_note(enquiry, by=anna, text="Ring efter fem.", seen=seen)
    conversation.add_note(enquiry, by=anna, text="Ring efter fem.", seen=seen)
    enquiry.refresh_from_db()
    assert [kind for kind, _, _ in history(enquiry)].count("note") == 1
    assert (enquiry.owner, enquiry.answered_at) == (bo, None)
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("status", [status for status in Enquiry.Status.values if status not in {"new", "reopened"}])
def test_every_state_can_be_reached(enquiry, anna, status):
    conversation.change_status(enquiry, by=anna, status=status, reason="Därför.", seen=newest_entry_id(enquiry))
    enquiry.refresh_from_db()
    assert enquiry.status == status
    assert history(enquiry) == [("change", "new", status)]
    assert enquiry.timeline.last().text == "Därför."


@pytest.mark.parametrize("ended", ["delivered", "closed", "declined", "duplicate"])
def test_an_ended_enquiry_can_be_reopened(enquiry, anna, ended):
    conversation.change_status(enquiry, by=anna, status=ended, reason="Därför.", seen=newest_entry_id(enquiry))
    enquiry.refresh_from_db()
    assert "booked" not in conversation.next_states(enquiry)
    conversation.change_status(enquiry, by=anna, status="reopened", seen=newest_entry_id(enquiry))
    enquiry.refresh_from_db()
    assert enquiry.status == "reopened"
    assert "booked" in conversation.next_states(enquiry)


@pytest.mark.parametrize("status", ["new", "reopened"])
def test_an_open_enquiry_cannot_become_new_or_reopened(enquiry, anna, status):
    """New means that it never had an owner, reopened that it had ended."""
    conversation.take(enquiry, by=anna)
    with pytest.raises(ValueError, match=f"open to {status}"):
        conversation.change_status(enquiry, by=anna, status=status, seen=newest_entry_id(enquiry))


def test_a_state_is_not_changed_when_a_colleagues_change_is_unseen(enquiry, anna, bo):
    seen = newest_entry_id(enquiry)
    conversation.change_status(enquiry, by=bo, status="booked", seen=seen)
    with pytest.raises(conversation.UnseenEntries):
        conversation.change_status(enquiry, by=anna, status="closed", seen=seen)
    enquiry.refresh_from_db()
    assert enquiry.status == "booked"


def test_a_quarantined_enquiry_can_only_be_released(anna):
    enquiry = EnquiryFactory(spam=True)
    with pytest.raises(conversation.Quarantined):
        conversation.change_status(enquiry, by=anna, status="open", seen=newest_entry_id(enquiry))


# --- Quarantine -------------------------------------------------------------------------------------------------------


def test_the_mails_of_a_released_enquiry_are_queued(anna):
    enquiry = EnquiryFactory(spam=True)
    conversation.release(enquiry, by=anna)
    enquiry.refresh_from_db()
    assert enquiry.status == "new"
    assert {mail.key.split(":")[2] for mail in OutgoingMail.objects.all()} == {"confirmation", "notice"}
    assert ("change", "spam", "new") in history(enquiry)


def test_reviewed_spam_remains_and_is_no_longer_to_review(anna):
    enquiry = EnquiryFactory(spam=True)
    assert list(Enquiry.objects.to_review()) == [enquiry]
    conversation.mark_reviewed(enquiry, by=anna)
    conversation.mark_reviewed(enquiry, by=anna)
    assert list(Enquiry.objects.to_review()) == []
    assert list(Enquiry.objects.reviewed_spam()) == [enquiry]
    assert history(enquiry) == [("change", "spam", "spam")]


def test_an_enquiry_that_staff_call_spam_loses_its_held_mails(enquiry, anna):
    """They would leave as soon as there is room, to whoever was named as the sender."""
    held, of_another = (mail_about(of, status="held", held_by="recipient") for of in (enquiry, EnquiryFactory()))
    conversation.change_status(enquiry, by=anna, status="spam", seen=newest_entry_id(enquiry))
    assert list(OutgoingMail.objects.filter(pk__in=[held.pk, of_another.pk])) == [of_another]


def test_an_enquiry_that_staff_call_spam_needs_no_review(enquiry, anna):
    conversation.change_status(enquiry, by=anna, status="spam", seen=newest_entry_id(enquiry))
    assert not Enquiry.objects.to_review().exists()


# --- The log ----------------------------------------------------------------------------------------------------------


def test_wagtails_log_says_who_did_what_and_holds_no_text(enquiry, anna):
    conversation.take(enquiry, by=anna)
    reply(enquiry, anna, text="Hemliga ord.")
    conversation.add_note(enquiry, by=anna, text="Hemliga ord.", seen=newest_entry_id(enquiry))
    logged = list(ModelLogEntry.objects.order_by("pk").values_list("action", "user__username", "label", "data"))
    assert [(action, who) for action, who, _, _ in logged] == [
        ("enquiries.status", "anna"),
        ("enquiries.take", "anna"),
        ("enquiries.status", "anna"),
        ("enquiries.reply", "anna"),
        ("enquiries.note", "anna"),
    ]
    assert {label for _, _, label, _ in logged} == {enquiry.reference}
    assert "Hemliga" not in str(logged)
    assert enquiry.name not in str(logged)


# --- Two at once ------------------------------------------------------------------------------------------------------


def at_once(*actions: Callable[[], Any]) -> list[Any]:
    """What each action returned or raised. Each runs in a thread and a connection of its own, started together."""
    start, outcomes = threading.Barrier(len(actions)), [None] * len(actions)

    def run(number: int, action: Callable[[], Any]) -> None:
        start.wait()
        try:
            outcomes[number] = action()
        except Exception as error:
            outcomes[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_of_two_colleagues_who_take_at_once_one_owns_it_and_the_other_is_told(enquiry, anna, bo):
    outcomes = at_once(lambda: conversation.take(enquiry, by=anna), lambda: conversation.take(enquiry, by=bo))
    enquiry.refresh_from_db()
    [taken] = [outcome for outcome in outcomes if isinstance(outcome, conversation.AlreadyOwned)]
    assert enquiry.owner == taken.owner
    assert [to for _, _, to in history(enquiry)] == [enquiry.owner.get_full_name(), "open"]


@pytest.mark.django_db(transaction=True)
def test_of_two_replies_at_once_one_is_sent_and_the_other_refused(enquiry, anna, bo):
    seen = newest_entry_id(enquiry)
    outcomes = at_once(
        lambda: reply(enquiry, anna, text="Fredag.", seen=seen), lambda: reply(enquiry, bo, text="Lördag.", seen=seen)
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["TimelineEntry", "UnseenEntries"]
    assert OutgoingMail.objects.count() == TimelineEntry.objects.filter(kind="reply").count() == 1


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_send_one_reply(enquiry, anna):
    seen = newest_entry_id(enquiry)
    outcomes = at_once(*[lambda: reply(enquiry, anna, seen=seen)] * 8)
    assert len(set(outcomes)) == 1
    assert OutgoingMail.objects.count() == 1
