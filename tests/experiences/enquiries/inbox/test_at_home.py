"""What the admin's home and Wagtail's reports show of the inbox, and to whom."""

import re

import pytest

from core.people import roles
from experiences.enquiries.services import conversation
from tests.experiences.enquiries.factories import EnquiryFactory, mail_about
from tests.experiences.enquiries.inbox.test_inbox import html, page, references
from tests.people import browser, person

pytestmark = pytest.mark.django_db


# --- The admin's home -------------------------------------------------------------------------------------------------


def test_the_admins_home_shows_what_waits(staff, anna):
    late = EnquiryFactory(overdue=True)
    EnquiryFactory()
    EnquiryFactory(owner=anna, status="open")
    EnquiryFactory(spam=True)
    mail_about(late, status="failed")
    text = re.sub(r"<svg.*?</svg>", "", html(staff, "/admin/"), flags=re.DOTALL)
    shown = re.findall(r'enquiry-waiting__count">(\d+)</span>\s*<span>\s*(.*?)\s*</span>', text)
    assert shown == [
        ("1", "Overdue"),
        ("2", "No owner yet"),
        ("1", "Mine to answer"),
        ("1", "E-mails that could not be sent"),
        ("1", "Suspected spam to look at"),
    ]


def test_what_waits_is_counted_in_one_query(staff, anna, queries):
    from experiences.enquiries.inbox.waiting import count_waiting

    assert queries(count_waiting, anna) == 1
    empty = queries(staff, "/admin/")
    EnquiryFactory.create_batch(20, overdue=True)
    assert queries(staff, "/admin/") == empty


def test_each_number_links_to_a_list_of_as_many_rows(staff, anna):
    EnquiryFactory.create_batch(2, overdue=True)
    EnquiryFactory(owner=anna, status="open")
    mail_about(EnquiryFactory(status="booked", owner=anna), status="failed")
    EnquiryFactory.create_batch(3, spam=True)
    text = html(staff, "/admin/")
    links = re.findall(r'<a href="([^"]+)">\s*<span class="enquiry-waiting__count">(\d+)</span>', text)
    assert [count for _, count in links] == ["2", "2", "1", "1", "3"]
    for url, count in links:
        assert len(references(staff, url.replace("&amp;", "&"))) == int(count), url


def test_users_without_the_inbox_have_no_panel_at_home():
    EnquiryFactory(overdue=True)
    assert "What is waiting" in html(browser(person(roles.COACHES)), "/admin/")
    text = html(browser(person(roles.EDITORS)), "/admin/")
    assert "What is waiting" not in text


# --- Wagtail's reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [roles.LEAD, roles.ENQUIRY_STAFF])
def test_the_site_history_tells_what_staff_did(role, anna):
    enquiry = EnquiryFactory()
    conversation.take(enquiry, by=anna)
    text = html(browser(person(role)), "/admin/reports/site-history/")
    assert "Took the enquiry" in text
    assert f'href="{page(enquiry)}"' in text


def test_editors_do_not_see_the_history_of_the_inbox(anna):
    conversation.take(EnquiryFactory(), by=anna)
    assert "Took the enquiry" not in html(browser(person(roles.EDITORS)), "/admin/reports/site-history/")
