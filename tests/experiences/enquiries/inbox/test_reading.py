"""What staff read in the lists and on an enquiry's page is in order and true."""

from __future__ import annotations

import pytest

from experiences.enquiries.services import conversation
from experiences.enquiries.services.conversation import newest_entry_id
from tests.experiences.enquiries.factories import EnquiryFactory
from tests.experiences.enquiries.inbox.test_inbox import html, page

pytestmark = pytest.mark.django_db


def test_staff_read_numbers_in_an_arabic_conversation_in_their_order(staff, anna):
    enquiry = EnquiryFactory(arabic=True, message="رقمي <b> 0470-00 00 00", when_text="يوم 2027-02-04")
    conversation.reply(enquiry, by=anna, subject="Hej", text="السعر 450 kr", seen=newest_entry_id(enquiry))
    text = html(staff, page(enquiry))
    assert 'dir="rtl">رقمي &lt;b&gt; <bdi dir="ltr">0470-00 00 00</bdi></div>' in text
    assert '<dd dir="auto">يوم <bdi dir="ltr">2027-02-04</bdi></dd>' in text
    assert 'lang="ar">السعر <bdi dir="ltr">450 kr</bdi></div>' in text
