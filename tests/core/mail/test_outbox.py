"""Mail that is never lost: a real mail server, real workers, real kills."""

import re
import signal
import threading
import time
from collections import Counter
from contextlib import closing
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.mail import send_mail
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from core.mail import delivery, outbox
from core.mail.placeholders import placeholder
from core.models import OutgoingMail, User
from tests.core.workers import serving, wait_until
from tests.factories import UserFactory
from tests.template_database import server as server_of_databases


def promise(number: int = 1, **more: Any) -> OutgoingMail:
    words = {"to": f"guest{number}@example.org", "subject": f"Number {number}", "text": "Hej", "language": "sv"}
    return outbox.put(outbox.Mail(**words | more), key=f"test:{number}")


def now_due() -> None:
    OutgoingMail.objects.update(next_try=timezone.now())


# --- What Django and Wagtail mail ---------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_new_password_arrives_also_when_the_mail_server_was_away(client, settings, port):
    """pytest-django puts a mailbox of its own where the site's backend stands."""
    settings.EMAIL_BACKEND = "core.mail.backend.EmailBackend"
    user = UserFactory(admin=True, email="petra@example.se")
    client.post(reverse("wagtailadmin_password_reset"), {"email": user.email})
    mail = delivery.deliver_next()
    assert mail is not None
    assert (mail.to, mail.status, mail.language) == ("petra@example.se", "due", "sv")
    now_due()
    with serving(port) as mailbox:
        delivery.deliver_next()
    (mail,) = mailbox.mails()
    assert mail["To"] == "petra@example.se"
    assert "/admin/password_reset/confirm/" in mail.get_content()


def ask_for_a_password(client: Any, email: str = "petra@example.se") -> OutgoingMail:
    client.post(reverse("wagtailadmin_password_reset"), {"email": email})
    return OutgoingMail.objects.latest("pk")


@pytest.mark.django_db
def test_a_link_to_a_new_password_is_in_no_row_and_opens_the_form(client, settings, server):
    settings.EMAIL_BACKEND = "core.mail.backend.EmailBackend"
    user = UserFactory(admin=True, email="petra@example.se")
    stored = ask_for_a_password(client)
    link = re.compile(r"http\S+/password_reset/confirm/\S+")
    (kept,) = link.findall(stored.text)
    assert client.get(urlsplit(kept).path, follow=True).context["validlink"] is False
    delivery.deliver_next()
    (sent,) = link.findall(server.mails()[0].get_content())
    stored.refresh_from_db()
    assert stored.status == "sent"
    assert urlsplit(sent).path.split("/")[-2] not in str(vars(stored))
    form = client.get(urlsplit(sent).path, follow=True)
    assert form.context["validlink"] is True
    new = "Kardemumma och kanel 7"
    client.post(form.request["PATH_INFO"], {"new_password1": new, "new_password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"is_active": False}, {"email": "other@example.se"}])
def test_a_link_to_a_new_password_is_not_made_for_an_account_that_has_changed(client, settings, server, change):
    settings.EMAIL_BACKEND = "core.mail.backend.EmailBackend"
    user = UserFactory(admin=True, email="petra@example.se")
    stored = ask_for_a_password(client)
    User.objects.filter(pk=user.pk).update(**change)
    delivery.deliver_next()
    stored.refresh_from_db()
    assert (stored.status, server.arrived) == ("failed", [])
    assert "the account is gone" in stored.error


@pytest.mark.django_db
def test_a_placeholder_in_another_mail_gives_nobody_a_secret(server):
    user = UserFactory(admin=True, email="petra@example.se")
    promise(1, text=placeholder("password", user.pk))
    promise(2, text="secret~WyJwYXNzd29yZCIsMV0:1abc:forged~")
    OutgoingMail.objects.filter(key="test:2").update(next_try=timezone.now() - timedelta(hours=1))
    delivery.deliver_next()
    assert server.mails()[0].get_content().strip() == "secret~WyJwYXNzd29yZCIsMV0:1abc:forged~"
    assert delivery.deliver_next().status == "failed"


@pytest.mark.django_db
def test_each_reader_of_a_notification_gets_a_mail_of_their_own(settings):
    settings.EMAIL_BACKEND = "core.mail.backend.EmailBackend"
    send_mail("Att godkänna", "En sida väntar.", None, ["Anna <anna@example.se>", "bo@example.se"], html_message="<p>")
    mails = OutgoingMail.objects.order_by("to")
    assert [(mail.to, mail.text, mail.html) for mail in mails] == [
        ("anna@example.se", "En sida väntar.", "<p>"),
        ("bo@example.se", "En sida väntar.", "<p>"),
    ]


# --- Promised -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_mail_is_sent_as_it_was_promised(server):
    mail = promise(
        subject="Förfrågan سؤال", text="Hej\nhej\n", html="<p>Hej</p>", language="ar", reply_to="hej@example.se"
    )
    assert delivery.deliver_next() == mail
    (text,) = server.texts()
    for header in (
        f"Message-ID: {mail.message_id}",
        "Auto-Submitted: auto-generated",
        "Content-Language: ar",
        "Reply-To: hej@example.se",
        "To: guest1@example.org",
    ):
        assert header in text
    assert "text/html" in text
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.error) == ("sent", 1, "")
    assert mail.sent_at is not None
    assert delivery.deliver_next() is None


@pytest.mark.django_db
def test_what_a_person_wrote_is_not_marked_as_automatic_and_joins_its_thread(server):
    promise(automatic=False, thread=["<first@example.se>", "<second@example.se>"])
    delivery.deliver_next()
    (mail,) = server.mails()
    assert "Auto-Submitted" not in mail
    assert mail["In-Reply-To"] == "<second@example.se>"
    assert mail["References"] == "<first@example.se> <second@example.se>"


@pytest.mark.django_db
def test_a_mail_that_was_stored_before_an_upgrade_joins_its_thread(server):
    """It has no `references` yet."""
    promise()
    OutgoingMail.objects.update(in_reply_to="<first@example.se>")
    delivery.deliver_next()
    assert server.mails()[0]["References"] == "<first@example.se>"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words", ["Hej! Åsa är här.", "مرحبا بكم في فيكشو", "Ett ord. " * 300 + "Slut", "=20 = ?\n.\n..\nFrom me\n-- \nÅsa"]
)
def test_a_mail_has_seven_bits_and_short_lines_and_arrives_as_it_was_written(server, words):
    promise(text=words, html=f"<p>{words}</p>", subject=f"{words[:20]} – ämne")
    delivery.deliver_next()
    raw = server.arrived[0].content
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    plain, html = server.mails()[0].iter_parts()
    assert plain.get_content().splitlines() == words.splitlines()
    assert html.get_content().splitlines() == f"<p>{words}</p>".splitlines()


@pytest.mark.django_db
def test_a_thread_of_fifty_mails_names_them_all(server):
    thread = [f"<178000000.{number}.5550001234567890@mail.example.se>" for number in range(50)]
    promise(thread=thread)
    delivery.deliver_next()
    assert server.mails()[0]["References"].split() == thread
    assert max(map(len, server.arrived[0].content.split(b"\r\n"))) <= 998


@pytest.mark.django_db
def test_the_same_key_is_the_same_mail():
    first, second = promise(), promise(subject="Other words")
    assert first == second
    assert second.subject == "Number 1"


@pytest.mark.django_db
def test_a_subject_can_carry_no_header(server):
    promise(subject="Hello\r\nBcc: victim@example.org")
    delivery.deliver_next()
    assert server.arrived[0].rcpt_tos == ["guest1@example.org"]
    assert "\nBcc:" not in server.texts()[0]


@pytest.mark.django_db
def test_a_mail_falls_with_its_transaction():
    def break_after_it() -> None:
        with transaction.atomic():
            promise()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        break_after_it()
    assert not OutgoingMail.objects.exists()


# --- Failures -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_server_that_is_away_is_waited_for(port):
    mail = promise()
    delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("due", 1)
    assert "ConnectionRefusedError" in mail.error, "shown from the first failure"
    assert timedelta(seconds=1) < mail.next_try - timezone.now() <= timedelta(seconds=2)
    assert delivery.deliver_next() is None, "not before its time"
    now_due()
    with serving(port) as mailbox:
        delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.error) == ("sent", "")
    assert mail.message_id in mailbox.texts()[0], "the Message-ID is that of the first attempt"


def test_pauses_double_up_to_an_hour():
    assert [delivery.pause(n).total_seconds() for n in (1, 2, 3, 11, 12, 500)] == [2, 4, 8, 2048, 3600, 3600]


@pytest.mark.django_db
def test_it_is_tried_for_five_days_from_the_first_attempt_and_then_told(port):
    mail, told = promise(), []
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=9))
    delivery.deliver_next()
    mail.refresh_from_db()
    assert mail.status == "due", "that the worker was away counts for nothing"
    OutgoingMail.objects.update(first_try=timezone.now() - delivery.GIVE_UP_AFTER, next_try=timezone.now())

    def listen(mail: OutgoingMail, **kwargs: Any) -> None:
        told.append(mail.pk)

    delivery.mail_failed.connect(listen)
    try:
        delivery.deliver_next()
    finally:
        delivery.mail_failed.disconnect(listen)
    mail.refresh_from_db()
    assert (mail.status, told) == ("failed", [mail.pk])


@pytest.mark.django_db
def test_an_address_that_is_refused_fails_at_once_with_the_servers_words(server):
    server.replies["guest1@example.org"] = ["550 No such user here"]
    mail = promise()
    delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mail.error) == ("failed", 1, "550 No such user here")


@pytest.mark.django_db
def test_greylisting_is_waited_for(server):
    server.replies["guest1@example.org"] = ["451 Come back later", "250 OK"]
    mail = promise()
    delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.error) == ("due", "451 Come back later")
    now_due()
    delivery.deliver_next()
    mail.refresh_from_db()
    assert mail.status == "sent"


@pytest.mark.django_db
def test_a_refused_content_fails_at_once(server):
    async def refuse(*args: Any) -> str:
        return "554 Not wanted"

    server.handle_DATA = refuse  # type: ignore[method-assign]
    mail = promise()
    delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.error) == ("failed", "554 Not wanted")


@pytest.mark.django_db
def test_a_wrong_password_is_ours_to_mend_and_fails_no_mail(server, settings):
    """The server knows no login at all: the library says so before any mail is tried."""
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "site", "wrong"
    mail = promise()
    delivery.deliver_next()
    mail.refresh_from_db()
    assert mail.status == "due"
    assert mail.error


# --- Letters of any script --------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "written"),
    [("åsa@exämple.se", "åsa@xn--exmple-cua.se"), ("سميرة@مثال.example", "سميرة@xn--mgbh0fb.example")],
)
def test_an_address_with_letters_of_any_script_is_written_to_where_the_mail_server_can(port, to, written):
    mail = promise(to=to, subject="Förfrågan سؤال", text="Hej Åsa", html="<p>Hej Åsa</p>", reply_to="hej@exämple.se")
    with serving(port, enable_SMTPUTF8=True) as mailbox:
        delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.to) == ("sent", to)
    (envelope,) = mailbox.arrived
    assert envelope.rcpt_tos == [written]
    assert {"SMTPUTF8", "BODY=8BITMIME"} <= set(envelope.mail_options)
    read = message_from_bytes(envelope.content, policy=policy.SMTPUTF8)
    assert f"\r\nTo: {written}\r\n".encode() in envelope.content
    assert (read["Subject"], read["Message-ID"]) == ("Förfrågan سؤال", mail.message_id)
    assert read["Reply-To"] == "hej@xn--exmple-cua.se"
    assert read.get_body(["plain"]).get_content() == "Hej Åsa"


@pytest.mark.django_db
def test_a_domain_in_letters_needs_nothing_of_the_mail_server(port):
    mail = promise(to="lena@faß.example")
    with serving(port, enable_SMTPUTF8=False) as mailbox:
        delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.to) == ("sent", "lena@faß.example")
    assert mailbox.arrived[0].rcpt_tos == ["lena@xn--fa-hia.example"]


@pytest.mark.django_db
def test_where_the_mail_server_cannot_staff_are_told_at_once_and_in_words(port):
    mail = promise(to="åsa@exämple.se")
    with serving(port, enable_SMTPUTF8=False) as mailbox:
        delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts, mailbox.arrived) == ("failed", 1, [])
    told = delivery.own_reason(mail)
    assert "kan inte skicka till en adress med andra bokstäver än a till z före @" in told
    outbox.retry(mail)
    with serving(port, enable_SMTPUTF8=True):
        delivery.deliver_next()
    mail.refresh_from_db()
    assert mail.status == "sent"


@pytest.mark.django_db
@pytest.mark.parametrize("to", ["a@b@c", "å" * 80 + "@" + "ä" * 80, "", "\n"])
def test_an_address_that_breaks_the_library_stops_no_other_mail(server, to):
    broken = promise(1, to=to)
    OutgoingMail.objects.update(next_try=timezone.now() - timedelta(hours=1))
    fine = promise(2)
    delivery.deliver_next()
    delivery.deliver_next()
    for mail in (broken, fine):
        mail.refresh_from_db()
    assert fine.status == "sent"
    assert broken.status == "failed"
    assert broken.error


@pytest.mark.django_db
def test_a_listener_that_breaks_brings_no_mail_back(server):
    def broken(**kwargs: Any) -> None:
        raise RuntimeError("no")

    server.replies["guest1@example.org"] = ["550 No"]
    mail = promise()
    delivery.mail_failed.connect(broken)
    try:
        delivery.deliver_next()
    finally:
        delivery.mail_failed.disconnect(broken)
    mail.refresh_from_db()
    assert mail.status == "failed"


@pytest.mark.django_db
def test_a_failed_mail_can_be_sent_again_when_its_cause_is_mended(server):
    server.replies["guest1@example.org"] = ["550 No", "250 OK"]
    mail = promise()
    delivery.deliver_next()
    mail.refresh_from_db()
    outbox.retry(mail)
    delivery.deliver_next()
    mail.refresh_from_db()
    assert (mail.status, mail.attempts) == ("sent", 1)


@pytest.mark.django_db
def test_what_was_sent_is_not_sent_again(server):
    mail = promise()
    delivery.deliver_next()
    outbox.retry(mail)
    assert delivery.deliver_next() is None


@pytest.mark.django_db
def test_the_command_sends_what_is_due_and_says_what_it_did(server, capsys):
    server.replies["guest2@example.org"] = ["550 No"]
    server.replies["guest3@example.org"] = ["450 Later"]
    for number in (1, 2, 3):
        promise(number)
    call_command("work", once=True)
    assert capsys.readouterr().out.startswith("Sent: 1. Failed: 1. Waiting: 1 (")


# --- Workers ------------------------------------------------------------------------------------------------------
def all_sent() -> bool:
    return not OutgoingMail.objects.exclude(status="sent").exists()


@pytest.mark.slow
def test_two_workers_send_each_mail_once(server, workers):
    for number in range(60):
        promise(number)
    server.on_data = lambda: time.sleep(0.005)
    workers.start()
    workers.start()
    wait_until(all_sent, 90)
    arrived = Counter(envelope.rcpt_tos[0] for envelope in server.arrived)
    assert len(arrived) == 60
    assert set(arrived.values()) == {1}


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_loses_nothing(server, workers):
    on_the_wire = threading.Event()
    let_go = threading.Event()

    def hold() -> None:
        on_the_wire.set()
        let_go.wait(20)

    server.on_data = hold
    mail = promise()
    worker = workers.start()
    assert on_the_wire.wait(60)
    assert OutgoingMail.objects.due(timezone.now()).exists(), "others still see it as due"
    with transaction.atomic():
        assert not OutgoingMail.objects.due(timezone.now()).free().exists(), "and cannot take it meanwhile"
    worker.kill()
    worker.wait()
    server.on_data = lambda: None
    let_go.set()
    workers.start()
    wait_until(all_sent, 60)
    texts = server.texts()
    assert 1 <= len(texts) <= 2, "twice at most, where it was on the wire"
    assert all(mail.message_id in text for text in texts), "and then a mailbox can tell"


@pytest.mark.slow
def test_a_worker_that_is_asked_to_end_finishes_the_mail_in_hand(server, workers):
    on_the_wire = threading.Event()

    def slowly() -> None:
        on_the_wire.set()
        time.sleep(0.5)

    server.on_data = slowly
    for number in range(5):
        promise(number)
    worker = workers.start()
    assert on_the_wire.wait(60)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(20) == 0
    sent = OutgoingMail.objects.filter(status="sent").count()
    assert sent == len(server.arrived)
    assert 1 <= sent < 5


@pytest.mark.slow
def test_a_worker_outlives_the_absence_of_its_database(server, workers):
    promise(1)
    worker = workers.start()
    wait_until(all_sent, 60)
    ours = connection.connection.info
    with closing(server_of_databases()) as other:
        ended = other.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = %s AND pid <> %s",
            [ours.dbname, ours.backend_pid],
        ).fetchone()
    assert ended
    assert ended[0] >= 1
    promise(2)
    wait_until(all_sent, 60)
    assert worker.poll() is None, "the same worker goes on"


def test_a_log_says_what_the_server_answered_and_to_nobodys_address():
    answer = '550 5.1.1 <lena.berg@example.org>: no such user; "huda@example.com" (samer@xn--exmpel-cua.se) refused'
    assert delivery.for_the_log(answer) == '550 5.1.1 <(address)>: no such user; "(address)" ((address)) refused'
