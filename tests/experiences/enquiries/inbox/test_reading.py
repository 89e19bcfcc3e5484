"""What staff read in the lists and on an enquiry's page is in order and true."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from experiences.enquiries.services import conversation
from experiences.enquiries.services.conversation import newest_entry_id
from tests.experiences.enquiries.factories import EnquiryFactory
from tests.experiences.enquiries.inbox.test_inbox import INBOX, QUARANTINE, html, page

pytestmark = pytest.mark.django_db


def test_staff_read_numbers_in_an_arabic_conversation_in_their_order(staff, anna):
    enquiry = EnquiryFactory(arabic=True, message="رقمي <> 0470-00 00 00", when_text="يوم 2027-02-04")
    conversation.reply(enquiry, by=anna, subject="Hej", text="السعر 450 kr", seen=newest_entry_id(enquiry))
    text = html(staff, page(enquiry))
    assert 'dir="rtl">رقمي &lt;&gt; <bdi dir="ltr">0470-00 00 00</bdi></div>' in text
    assert '<dd dir="auto">يوم <bdi dir="ltr">2027-02-04</bdi></dd>' in text
    assert 'lang="ar">السعر <bdi dir="ltr">450 kr</bdi></div>' in text


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (INBOX, "No enquiry has come in yet."),
        (f"{INBOX}?waiting=us", "Nothing is waiting for our answer."),
        (f"{INBOX}?waiting=us&owner=me", "Nothing is waiting for your answer."),
        (f"{INBOX}?waiting=us&owner=nobody", "Every enquiry that waits has an owner."),
        (f"{INBOX}?waiting=overdue", "Nothing is overdue."),
        (f"{INBOX}?waiting=mail", "No e-mail has failed."),
        (f"{INBOX}?waiting=held", "No e-mail is held back."),
        (f"{INBOX}?waiting=overdue&language=ar", "No enquiries match your query."),
        (f"{INBOX}?waiting=overdue&q=qwrtz", "No enquiries match your query."),
        (QUARANTINE, "There is no suspected spam."),
        (f"{QUARANTINE}?reviewed=no", "There is nothing to look at."),
        (f"{QUARANTINE}?reviewed=yes", "Nothing is marked as spam."),
    ],
)
def test_an_empty_list_says_what_there_is_none_of(staff, address, told):
    assert f"<p>{told}</p>" in html(staff, address)


def test_a_reopened_enquiry_that_was_answered_waits_for_us_again(staff):
    enquiry = EnquiryFactory(status="reopened", answered_at=timezone.now())
    for address in (INBOX, page(enquiry)):
        text = " ".join(re.sub(r"<[^>]+>", " ", html(staff, address)).split())
        assert "Answered before, waiting for us again" in text
        assert "Answered in time" not in text
