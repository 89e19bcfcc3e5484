"""The inbox in the admin: permissions, lists, an enquiry's page, the panel on the home page."""

import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from core.models import OutgoingMail
from core.people import roles
from experiences.enquiries import mails
from experiences.enquiries.models import Enquiry
from experiences.enquiries.promise import default_site_settings
from experiences.enquiries.services import conversation
from experiences.enquiries.services.conversation import newest_entry_id
from tests.experiences.enquiries.factories import EnquiryFactory, mail_about
from tests.factories import UserFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db

INBOX = "/admin/enquiries/"
QUARANTINE = "/admin/enquiries/quarantine/"
ACTIONS = ("take", "give-back", "hand-over", "reply", "call", "note", "state", "release", "spam")


def page(enquiry: Enquiry, action: str = "") -> str:
    return f"{INBOX}{enquiry.pk}/{action}{'/' if action else ''}"


def html(client: Client, url: str) -> str:
    """The page at `url`, in English: the tests compare with msgids."""
    response = client.get(url)
    assert response.status_code == 200, response
    return response.content.decode()


def references(client: Client, url: str) -> list[str]:
    """The references of the enquiries in a list, in its order."""
    return re.findall(r'href="/admin/enquiries/\d+/"[^>]*>\s*([A-Z]{2}-[\d-]+)', html(client, url))


def references_found(client: Client, query: str) -> set[str]:
    """The references of the enquiries that the inbox finds. The query itself is shown on the page too."""
    return set(references(client, f"{INBOX}?{urlencode({'q': query})}"))


def send(client: Client, enquiry: Enquiry, form: str, address: str = "", **fields: Any) -> Any:
    """Post a form as a browser does: with its prefix, and with `seen` as on a page that was just loaded."""
    data = {f"{form}-{name}": value for name, value in {"seen": newest_entry_id(enquiry), **fields}.items()}
    return client.post(page(enquiry, address or form), data)


# --- Who gets in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees", "answers"),
    [
        (roles.ENQUIRY_STAFF, True, True),
        (roles.COACHES, True, False),
        (roles.LEAD, True, False),
        (roles.EDITORS, False, False),
        (roles.TRANSLATORS, False, False),
    ],
)
def test_each_role_sees_and_does_only_what_it_may(role, sees, answers):
    enquiry, client = EnquiryFactory(), browser(person(role))
    for url in (INBOX, f"{INBOX}results/", QUARANTINE, f"{QUARANTINE}results/", page(enquiry)):
        response = client.get(url)
        assert (response.status_code == 200) == sees, url
        assert sees or response.headers["Location"] == "/admin/"
    for action in ACTIONS:
        response = client.post(page(enquiry, action), {})
        assert answers or response.headers["Location"] == "/admin/", action
    enquiry.refresh_from_db()
    assert (enquiry.owner is not None) == answers
    assert ("Send the reply" in client.get(page(enquiry), follow=True).content.decode()) == answers


def test_a_script_request_without_permission_gets_403():
    client = browser(person(roles.EDITORS))
    assert client.get(INBOX, headers={"x-requested-with": "XMLHttpRequest"}).status_code == 403


def test_anonymous_users_are_redirected_to_the_login(client):
    for url in (INBOX, QUARANTINE, page(EnquiryFactory())):
        assert client.get(url).headers["Location"].startswith("/admin/login/")


def test_an_enquiry_that_is_not_there_is_404(staff):
    assert staff.get(f"{INBOX}123456/").status_code == 404
    assert staff.post(f"{INBOX}123456/take/").status_code == 404


def test_a_post_without_csrf_token_is_refused(anna):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(anna)
    enquiry = EnquiryFactory()
    assert strict.post(page(enquiry, "take")).status_code == 403
    enquiry.refresh_from_db()
    assert enquiry.owner is None


def test_only_those_who_may_see_it_find_it_in_the_menu():
    def menu(role: str) -> set[str]:
        return set(re.findall(r'"url": "([^"]+)"', html(browser(person(role)), "/admin/")))

    assert INBOX in menu(roles.COACHES)
    assert not [url for url in menu(roles.EDITORS) if url.startswith(INBOX)]


# --- The list ---------------------------------------------------------------------------------------------------------


def test_enquiries_without_owner_come_first_then_the_newest(staff, anna):
    now = timezone.now()
    old = EnquiryFactory(created_at=now - timedelta(days=3))
    mine = EnquiryFactory(created_at=now, owner=anna, status="open")
    ended = EnquiryFactory(created_at=now - timedelta(days=1), status="closed")
    new = EnquiryFactory(created_at=now - timedelta(days=2))
    EnquiryFactory(spam=True)
    assert references(staff, INBOX) == [one.reference for one in (new, old, mine, ended)]


def test_a_row_shows_all_of_it_as_text(staff, anna):
    EnquiryFactory(arabic=True, overdue=True, purpose="gift", owner=anna, status="open", experience_title="")
    (row,) = re.findall(r'<tr class="enquiry-row.*?</tr>', html(staff, INBOX), re.DOTALL)
    for words in ("ليلى حداد", "Help me choose", "Gift", "Arabic", "Open", "Anna Ek", "Today", "Overdue since"):
        assert words in row, words
    assert '<bdi dir="auto">ليلى حداد</bdi>' in row


def test_a_visitors_text_is_escaped_in_the_list_and_on_the_page(staff):
    enquiry = EnquiryFactory(name="<script>x</script>", message="<img src=x>", arrange="<b>", when_text="<i>")
    for url in (INBOX, page(enquiry)):
        assert "<script>x" not in html(staff, url)
    assert "<img src=x>" not in html(staff, page(enquiry))
    assert "&lt;img src=x&gt;" in html(staff, page(enquiry))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=open&status=closed", ["mine", "ended"]),
        ("owner=me", ["mine"]),
        ("owner=nobody", ["late", "ended"]),
        ("waiting=us", ["late", "mine"]),
        ("waiting=overdue", ["late"]),
        ("waiting=mail", ["late"]),
        ("language=ar", ["late"]),
        ("purpose=press", ["ended"]),
        ("experience=null", ["late", "mine", "ended"]),
        ("created_at_to=2020-01-31", ["ended"]),
        ("created_at_from=2020-02-01", ["late", "mine"]),
    ],
)
def test_filters_narrow_the_list(staff, anna, query, found):
    rows = {
        "late": EnquiryFactory(arabic=True, overdue=True),
        "mine": EnquiryFactory(owner=anna, status="open"),
        "ended": EnquiryFactory(status="closed", purpose="press", created_at="2020-01-15T12:00Z"),
    }
    mail_about(rows["late"], status="failed")
    assert references(staff, f"{INBOX}?{query}") == [rows[name].reference for name in found]


def test_a_colleague_and_an_experience_can_be_filtered_by(staff, bo, catalogue):
    theirs = EnquiryFactory(owner=bo, experience=catalogue.experience)
    EnquiryFactory()
    choices = re.findall(r'<label[^>]*>\s*<input type="radio"[^>]*>\s*([^<]+?)\s*</label>', html(staff, INBOX))
    assert {"Bo Lund", catalogue.experience.title} <= set(choices)
    assert references(staff, f"{INBOX}?owner={bo.pk}") == [theirs.reference]
    assert references(staff, f"{INBOX}?experience={catalogue.experience.pk}") == [theirs.reference]


def test_an_invalid_filter_value_is_no_error(staff):
    for query in ("owner=999999", "owner=x", "experience=x", "status=x", "created_at_from=x", "p=99", "ordering=x"):
        assert staff.get(f"{INBOX}?{query}").status_code == 200, query


@pytest.mark.parametrize(
    "words", ["SU-", "berg", "lena fredag", "guest", "070-1234567", "+46 70 123 45 67", "0701234567", "bröd"]
)
def test_search_finds_words_in_any_field(staff, words):
    enquiry = EnquiryFactory(phone="070-123 45 67")
    EnquiryFactory(reference="XX-1", name="Bo", email="b@b.se", message="Nej", experience_title="Annat")
    assert references(staff, INBOX) == ["XX-1", enquiry.reference]
    assert references(staff, f"{INBOX}?q={words.replace('+', '%2B')}") == [enquiry.reference]


@pytest.mark.parametrize("query", ["sofia", "SOFÍA", "o'neill", "o´neill sofia", "sofia, vaxjo", "växjö–alvesta"])
def test_search_finds_words_without_accents_and_with_any_sign(staff, query):
    enquiry = EnquiryFactory(name="Sofía O’Neill", message="Vi tar tåget Växjö-Alvesta.")
    EnquiryFactory()
    assert references_found(staff, query) == {enquiry.reference}


@pytest.mark.parametrize("query", ["سميره", "سميرة", "سَمِيرة"])
def test_search_finds_an_arabic_name_as_people_type_it(staff, query):
    enquiry = EnquiryFactory(name="سميرة خوري")
    EnquiryFactory(arabic=True)
    assert references_found(staff, query) == {enquiry.reference}


@pytest.mark.parametrize(
    "copied",
    [
        "\u2066{0}\u2069",
        "رقمكم المرجعي: \u2066{0}\u2069.",
        "{0}.",
        "({0})",
        "Ny förfrågan {0}: Laga mat (kopia)",
        "su-0007-26",
        "SU–0007–26",
        "SU\u20110007\u201126",
        "SU\u22120007\u221226",
        "SU\u00ad0007\u00ad26",
        "SU000726",
        "ＳＵ－０００７－２６",
        "SU-٠٠٠٧-٢٦",
        "0007–26",
    ],
)
def test_search_finds_a_reference_however_it_was_copied(staff, copied):
    enquiry = EnquiryFactory(reference="SU-0007-26")
    EnquiryFactory(reference="SU-0008-26")
    assert references_found(staff, copied.format(enquiry.reference)) == {enquiry.reference}


def test_the_arabic_mail_writes_the_reference_so_that_the_inbox_finds_it(staff):
    """Between marks that keep it together in a line from right to left."""
    enquiry = EnquiryFactory(arabic=True)
    EnquiryFactory()
    mail = mails.confirmation(enquiry, default_site_settings())
    line = next(line for line in mail.text.splitlines() if enquiry.reference in line)
    assert not line.isprintable()
    assert references_found(staff, line) == {enquiry.reference}


def test_a_query_that_looks_like_a_reference_finds_words_too(staff):
    enquiry = EnquiryFactory(message="Vi bor på Su-Anna-25.")
    assert references_found(staff, "su-anna-25") == {enquiry.reference}


def test_search_finds_nothing_when_one_word_does_not_match(staff):
    EnquiryFactory()
    assert references(staff, f"{INBOX}?q=lena+lördag") == []


def test_the_list_has_pages(staff):
    EnquiryFactory.create_batch(30)
    assert len(references(staff, INBOX)) == 25
    assert len(references(staff, f"{INBOX}?p=2")) == 5


def test_twenty_enquiries_cost_the_inbox_no_more_queries_than_one(staff, anna, queries):
    EnquiryFactory(owner=anna)
    EnquiryFactory(spam=True)
    one, spam = queries(staff, INBOX), queries(staff, QUARANTINE)
    EnquiryFactory.create_batch(19, owner=anna)
    EnquiryFactory.create_batch(19, spam=True)
    assert queries(staff, INBOX) == one <= 12
    assert queries(staff, QUARANTINE) == spam <= 12


# --- An enquiry's page ------------------------------------------------------------------------------------------------


def test_the_visitors_text_has_its_own_direction(staff):
    text = html(staff, page(EnquiryFactory(arabic=True, when_text="يوم سبت", phone="070-123 45 67")))
    assert '<div class="enquiry-message" dir="rtl">نود أن نتعلم خبز الخبز.</div>' in text
    assert '<dd dir="auto">يوم سبت</dd>' in text
    assert 'href="tel:+46701234567"' in text
    assert re.search(r'<textarea[^>]*name="reply-text"[^>]*dir="rtl"', text)
    assert re.search(r'<textarea[^>]*name="reply-text"[^>]*lang="ar"', text)


def test_the_editors_own_questions_are_shown_with_their_answers(staff):
    enquiry = EnquiryFactory(extra_answers=[{"question": "Vegetariskt?", "answer": "Två av oss"}])
    text = html(staff, page(enquiry))
    assert "Vegetariskt?" in text
    assert "Två av oss" in text


def test_the_experience_is_linked_and_for_editors_its_edit_page_too(catalogue, anna):
    enquiry = EnquiryFactory(experience=catalogue.experience)
    edit = f"/admin/pages/{catalogue.experience.pk}/edit/"
    text = html(browser(anna), page(enquiry))
    assert catalogue.experience.url in text
    assert edit not in text
    assert edit in html(browser(UserFactory(admin=True)), page(enquiry))


def test_more_from_the_same_person_is_shown(staff):
    enquiry = EnquiryFactory(email="lena@example.org")
    earlier, other = EnquiryFactory(email="Lena@example.org"), EnquiryFactory()
    text = html(staff, page(enquiry))
    assert earlier.reference in text
    assert other.reference not in text


def test_the_timeline_shows_everything_in_order(staff, anna, bo):
    enquiry = EnquiryFactory()
    mail_about(enquiry, status="sent", sent_at=timezone.now(), attempts=1)
    conversation.take(enquiry, by=anna)
    conversation.reply(enquiry, by=anna, subject="Hej", text="Fredag går bra.", seen=newest_entry_id(enquiry))
    conversation.add_note(enquiry, by=bo, text="Hon ringde.", seen=newest_entry_id(enquiry))
    conversation.hand_over(enquiry, by=anna, to=bo, seen=newest_entry_id(enquiry))
    text = html(staff, page(enquiry))
    told = [
        "The enquiry came in",
        "Confirmation to the visitor",
        "Anna Ek took it",
        "Anna Ek changed the state: New → Open",
        "Anna Ek replied",
        "Fredag går bra.",
        "Anna Ek changed the state: Open → Waiting for the visitor",
        "Bo Lund wrote a note",
        "Hon ringde.",
        "Anna Ek handed it over to Bo Lund",
    ]
    timeline = text[text.index("enquiry-timeline") :]
    places = [timeline.find(words) for words in told]
    assert -1 not in places, told[places.index(-1)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({"status": "due"}, ["Waiting to be sent"]),
        ({"status": "due", "attempts": 3, "error": "450 greylisted"}, ["Not sent yet", "3 times", "450 greylisted"]),
        ({"status": "sent", "sent_at": timezone.now()}, ["Sent"]),
        ({"status": "failed", "attempts": 1, "error": "550 <no>"}, ["Could not be sent", "once", "550 &lt;no&gt;"]),
    ],
)
def test_each_mail_shows_its_state(staff, state, told):
    enquiry = EnquiryFactory()
    mail_about(enquiry, **state)
    text = html(staff, page(enquiry))
    for words in told:
        assert words in text, words
    assert ("Send again" in text) == (state["status"] == "failed")


def test_a_failed_mail_is_sent_again_from_its_timeline_entry(staff):
    enquiry = EnquiryFactory()
    mail = mail_about(enquiry, status="failed")
    other = EnquiryFactory()
    assert staff.post(f"{page(other)}mail/{mail.timeline_entry.pk}/").status_code == 404
    staff.post(f"{page(enquiry)}mail/{mail.timeline_entry.pk}/")
    mail.refresh_from_db()
    assert mail.status == "due"


def test_a_long_conversation_costs_no_more_queries_than_a_short_one(staff, anna, queries, catalogue):
    enquiry = EnquiryFactory(experience=catalogue.experience)
    conversation.reply(enquiry, by=anna, subject="Hej", text="Ett", seen=newest_entry_id(enquiry))
    short = queries(staff, page(enquiry))
    for text in ("Två", "Tre", "Fyra"):
        conversation.reply(enquiry, by=anna, subject="Hej", text=text, seen=newest_entry_id(enquiry))
    assert queries(staff, page(enquiry)) == short <= 18


# --- What is done there -----------------------------------------------------------------------------------------------


def test_an_enquiry_can_be_taken_answered_noted_and_closed(staff, anna):
    """By the forms of its page alone."""
    enquiry = EnquiryFactory(arabic=True)
    assert "It is yours now." in staff.post(page(enquiry, "take"), follow=True).content.decode()
    done = send(staff, enquiry, "reply", subject="Re: مرحبا", text="السبت مناسب.", then="offer_sent")
    assert re.search(r'<p class="enquiry-line__subject" dir="rtl" lang="ar">Re: مرحبا', html(staff, page(enquiry)))
    assert done.headers["Location"] == page(enquiry)
    assert enquiry.email in html(staff, page(enquiry))
    send(staff, enquiry, "note", text="Samira kan lördag.")
    send(staff, enquiry, "state", status="closed", reason="")
    enquiry.refresh_from_db()
    assert (enquiry.owner, enquiry.status) == (anna, "closed")
    assert OutgoingMail.objects.get().language == "ar"
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert actions == {"enquiries.take", "enquiries.status", "enquiries.reply", "enquiries.note"}


def test_an_enquiry_can_be_given_back_and_handed_over(staff, bo):
    enquiry = EnquiryFactory()
    staff.post(page(enquiry, "take"))
    send(staff, enquiry, "give_back", "give-back")
    enquiry.refresh_from_db()
    assert enquiry.owner is None
    send(staff, enquiry, "hand_over", "hand-over", to=bo.pk)
    enquiry.refresh_from_db()
    assert enquiry.owner == bo


def test_an_enquiry_is_handed_over_only_to_users_who_may_answer(staff):
    enquiry, coach = EnquiryFactory(), person(roles.COACHES)
    assert send(staff, enquiry, "hand_over", "hand-over", to=coach.pk).status_code == 422
    enquiry.refresh_from_db()
    assert enquiry.owner is None


@pytest.mark.parametrize(
    ("form", "fields", "told"),
    [
        ("reply", {"subject": "Hej", "text": " ", "then": "open"}, "Write what you want to say."),
        ("reply", {"subject": "", "text": "Mina ord", "then": "open"}, "Write a subject."),
        ("reply", {"subject": "Hej\r\nBcc: x@example.org", "text": "Mina ord", "then": "open"}, "on one line"),
        ("reply", {"subject": "Hej", "text": "Mina ord", "then": "spam"}, "Select a valid choice"),
        ("note", {"text": ""}, "Write the note."),
        ("state", {"status": "", "reason": "Mina ord"}, "Choose a state."),
        ("state", {"status": "declined", "reason": ""}, "Write why we decline"),
        ("hand_over", {"to": ""}, "Choose a colleague."),
    ],
)
def test_an_error_is_shown_at_its_field_and_the_typed_text_remains(staff, form, fields, told):
    enquiry = EnquiryFactory()
    response = send(staff, enquiry, form, form.replace("_", "-"), **fields)
    text = response.content.decode()
    assert response.status_code == 422
    assert told in text
    assert "<title>Error: " in re.sub(r"\s+", " ", text).replace("<title> ", "<title>")
    assert "autofocus" in text
    assert "Mina ord" not in fields.values() or "Mina ord" in text
    enquiry.refresh_from_db()
    assert enquiry.status == "new"
    assert not OutgoingMail.objects.exists()


def test_reloading_an_error_page_leads_to_the_enquiry(staff):
    enquiry = EnquiryFactory()
    assert staff.get(page(enquiry, "reply")).headers["Location"] == page(enquiry)


def test_a_reply_with_a_colleagues_unseen_is_shown_again_as_it_was_typed(staff, bo):
    enquiry = EnquiryFactory()
    seen = newest_entry_id(enquiry)
    conversation.reply(enquiry, by=bo, subject="Hej", text="Lördag går bra.", seen=seen)
    refused = send(staff, enquiry, "reply", subject="Hej", text="Mina ord", then="open", seen=seen)
    text = refused.content.decode()
    assert refused.status_code == 409
    assert "Mina ord" in text
    assert "Lördag går bra." in text
    assert "Bo Lund replied" in text
    assert OutgoingMail.objects.count() == 1
    now_seen = re.search(r'name="reply-seen" value="(\d+)"', text)
    assert now_seen
    send(staff, enquiry, "reply", subject="Hej", text="Mina ord", then="open", seen=now_seen[1])
    assert OutgoingMail.objects.count() == 2


@pytest.mark.parametrize("seen", ["", "x", "-1"])
def test_an_invalid_seen_value_means_that_nothing_was_seen(staff, bo, seen):
    enquiry = EnquiryFactory()
    conversation.change_status(enquiry, by=bo, status="booked", seen=newest_entry_id(enquiry))
    assert send(staff, enquiry, "note", text="Hej", seen=seen).status_code == 302
    told = send(staff, enquiry, "state", status="closed", reason="", seen=seen)
    assert told.status_code == 409
    assert "Bo Lund changed the state: New → Booked" in told.content.decode()
    enquiry.refresh_from_db()
    assert enquiry.status == "booked"


def test_a_seen_value_that_no_entry_has_is_no_error(staff):
    enquiry = EnquiryFactory()
    assert send(staff, enquiry, "state", status="closed", reason="", seen="9" * 40).status_code == 302


def test_taking_an_owned_enquiry_names_its_owner(staff, bo):
    enquiry = EnquiryFactory()
    conversation.take(enquiry, by=bo)
    text = staff.post(page(enquiry, "take"), follow=True).content.decode()
    assert "Bo Lund got there first" in text
    enquiry.refresh_from_db()
    assert enquiry.owner == bo


def test_an_enquiry_without_email_address_offers_a_call_and_no_reply(staff):
    enquiry = EnquiryFactory(phone_only=True)
    text = html(staff, page(enquiry))
    assert "reply-text" not in text
    assert 'href="tel:+46701234567"' in text
    send(staff, enquiry, "call", text="Hon kommer fredag.", then="booked")
    enquiry.refresh_from_db()
    assert (enquiry.status, enquiry.answered_at is not None) == ("booked", True)
    assert "Anna Ek called the visitor" in html(staff, page(enquiry))
    assert send(staff, enquiry, "reply", subject="Hej", text="Hej", then="open").status_code == 302
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize(
    "query", ["\u200f{0}\u200b", "{0}\u2800", "علی\u200cرضا", "\u2067٠٧٠-١٢٣ ٤٥ ٦٧\u2069", "ali\u00ad@example.org"]
)
def test_search_ignores_invisible_characters_in_a_copied_query(staff, query):
    enquiry = EnquiryFactory(name="علی\u200cرضا", email="ali@example.org", phone="070-123 45 67")
    EnquiryFactory()
    assert references_found(staff, query.format(enquiry.reference)) == {enquiry.reference}


# --- A mail above a cap ---------------------------------------------------------------------------------------------


def held_mail(enquiry: Enquiry) -> OutgoingMail:
    return mail_about(enquiry, status="held", held_by="recipient", next_try=timezone.now() + timedelta(hours=1))


def test_staff_see_that_a_confirmation_is_held_back_and_send_it_with_one_click(staff):
    enquiry, other = EnquiryFactory(), EnquiryFactory()
    mail = held_mail(enquiry)
    assert references(staff, f"{INBOX}?waiting=held") == [enquiry.reference] != other.reference
    assert "E-mails held back" in html(staff, "/admin/")
    text = html(staff, page(enquiry))
    assert "Because of many e-mails to the same mailbox." in text
    (action,) = re.findall(r'action="(/admin/enquiries/\d+/mail/\d+/)"', text)
    assert "The e-mail is being sent now." in staff.post(action, follow=True).content.decode()
    mail.refresh_from_db()
    assert (mail.status, mail.held_by) == ("due", "")
    assert "Anna Ek sent a held e-mail at once" in html(staff, page(enquiry))
    assert ModelLogEntry.objects.filter(action="enquiries.send_now", user__username="anna").exists()


def test_users_who_only_read_cannot_send_a_held_mail():
    enquiry, client = EnquiryFactory(), browser(person(roles.COACHES))
    mail = held_mail(enquiry)
    text = html(client, page(enquiry))
    assert "Held back" in text
    assert "Send now" not in text
    answer = client.post(f"{page(enquiry)}mail/{mail.timeline_entry.pk}/")
    assert answer.headers["Location"] == "/admin/"
    mail.refresh_from_db()
    assert mail.status == "held"


def test_a_held_confirmation_of_spam_is_not_sent_until_its_release(staff):
    enquiry = EnquiryFactory()
    held_mail(enquiry)
    send(staff, enquiry, "state", status="spam", reason="Samma text som de andra")
    assert not OutgoingMail.objects.exists()
    staff.post(page(enquiry, "release"))
    assert OutgoingMail.objects.get(to=enquiry.email).status == "due"


# --- Quarantine -------------------------------------------------------------------------------------------------------


def test_the_quarantine_shows_the_signs_as_text(staff):
    enquiry = EnquiryFactory(spam=True)
    assert references(staff, INBOX) == []
    text = html(staff, QUARANTINE)
    assert references(staff, QUARANTINE) == [enquiry.reference]
    assert "Several links" in text
    assert "The field that people do not see was filled in" in text
    assert "Suspected spam (1)" in html(staff, INBOX)


def test_a_release_from_the_list_returns_to_the_list(staff):
    enquiry = EnquiryFactory(spam=True)
    done = staff.post(page(enquiry, "release"), {"next": QUARANTINE}, follow=True)
    assert done.request["PATH_INFO"] == QUARANTINE
    assert f"{enquiry.reference} is in the inbox" in done.content.decode()
    assert references(staff, INBOX) == [enquiry.reference]
    assert OutgoingMail.objects.filter(to=enquiry.email).exists()
    assert ModelLogEntry.objects.filter(action="enquiries.release", user__username="anna").exists()


def test_an_enquiry_called_spam_remains_and_is_no_longer_to_review(staff):
    enquiry = EnquiryFactory(spam=True)
    staff.post(page(enquiry, "spam"), {"next": "https://evil.example/"})
    assert references(staff, f"{QUARANTINE}?reviewed=no") == []
    assert references(staff, f"{QUARANTINE}?reviewed=yes") == [enquiry.reference]
    assert "Suspected spam (0)" in html(staff, INBOX)
    assert "Anna Ek marked it as spam" in html(staff, page(enquiry))


def test_in_quarantine_nothing_can_be_answered(staff):
    enquiry = EnquiryFactory(spam=True)
    assert "reply-text" not in html(staff, page(enquiry))
    send(staff, enquiry, "reply", subject="Hej", text="Hej", then="open")
    send(staff, enquiry, "state", status="open", reason="")
    enquiry.refresh_from_db()
    assert enquiry.status == "spam"
    assert not OutgoingMail.objects.exists()


def test_users_who_only_read_cannot_release_or_review():
    client = browser(person(roles.COACHES))
    enquiry = EnquiryFactory(spam=True)
    assert ">Release" not in html(client, QUARANTINE)
    assert ">Release" not in html(client, page(enquiry))
