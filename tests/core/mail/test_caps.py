"""Nobody can make us write to a stranger again and again; what is above a cap waits, and is never lost."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.forms import PasswordResetForm
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection, connections
from django.test import RequestFactory
from django.utils import timezone
from wagtail.admin.mail import send_mail

from config.settings.base import env_cap
from core.mail import caps, outbox
from core.mail.caps import Cap, mailbox_of
from core.models import MailCount, OutgoingMail
from core.web import client, counters
from tests.factories import UserFactory

NOW = timezone.now


@pytest.fixture(autouse=True)
def _small_caps(settings: Any) -> None:
    settings.MAIL_CAPS = {"recipient": (3, 5), "network": (6, 8), "all": (20, 30)}


def promise(to: str = "anna@example.se", source: str = "", **more: Any) -> OutgoingMail:
    key = f"test:{OutgoingMail.objects.count()}"
    return outbox.put(outbox.Mail(to=to, subject="Hej", text="Hej", language="sv", **more), key=key, source=source)


def held(mails: list[OutgoingMail]) -> list[str]:
    return [mail.held_by for mail in mails]


def an_hour_later(monkeypatch: Any, hours: int = 1) -> None:
    later = timezone.now() + timedelta(hours=hours)
    monkeypatch.setattr(timezone, "now", lambda: later)


# --- One mailbox ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "spelling",
    [
        "Anna@Example.SE",
        "ANNA@example.se",
        "anna+1@example.se",
        "anna+news+2@EXAMPLE.se.",
        '"anna"@example.se',
        '"an\\na"@example.se',
        "anna\u200b@example.se\u061c",
    ],
)
def test_one_mailbox_is_counted_once_however_its_address_is_spelled(spelling):
    assert mailbox_of(spelling) == "anna@example.se"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lena@växjö.example", "LENA@xn--vxj-qla6g.example"),
        ("lena@VÄXJÖ.example", "lena@växjö.example."),
        ("anna.berg@gmail.com", "a.n.n.a.berg+x@googlemail.com"),
    ],
)
def test_two_ways_to_write_one_domain(one, other):
    assert mailbox_of(one) == mailbox_of(other)


@pytest.mark.parametrize("other", ["anna.b@example.se", "annab@example.com", "+annab@example.se"])
def test_another_mailbox_is_not_meant(other):
    assert mailbox_of("annab@example.se") != mailbox_of(other)


@pytest.mark.django_db
def test_the_fourth_mail_of_an_hour_waits_and_is_written_to_as_typed():
    mails = [promise(to) for to in ("anna@example.se", "Anna@example.se", "anna+1@example.se", "ANNA+2@example.se")]
    assert held(mails) == ["", "", "", Cap.RECIPIENT]
    last = OutgoingMail.objects.get(pk=mails[3].pk)
    assert (last.to, last.status) == ("ANNA+2@example.se", "held")
    assert last.next_try > timezone.now()
    assert promise("bo@example.se").status == "due"


@pytest.mark.django_db
def test_a_held_mail_leaves_by_itself_when_there_is_room_the_longest_waiting_first(monkeypatch):
    mails = [promise() for _ in range(7)]
    an_hour_later(monkeypatch)
    outbox.release_below_caps(timezone.now())
    states = [OutgoingMail.objects.get(pk=mail.pk).status for mail in mails]
    assert states == ["due"] * 5 + ["held"] * 2, "three in an hour, five in a day"
    an_hour_later(monkeypatch)
    outbox.release_below_caps(timezone.now())
    assert OutgoingMail.objects.held().count() == 2
    an_hour_later(monkeypatch, 23)
    outbox.release_below_caps(timezone.now())
    assert not OutgoingMail.objects.held().exists()
    assert not OutgoingMail.objects.exclude(held_by="").exists()
    assert not OutgoingMail.objects.exclude(counted_by=[]).exists()


@pytest.mark.django_db
def test_a_mail_worker_started_by_cron_lets_go_as_well(monkeypatch, capsys):
    for _ in range(4):
        promise()
    call_command("work", once=True)
    assert "Sent: 3. Failed: 0. Waiting: 0. Held back: 1 (" in capsys.readouterr().out
    an_hour_later(monkeypatch)
    call_command("work", once=True)
    assert "Sent: 1." in capsys.readouterr().out


@pytest.mark.django_db
def test_what_is_held_back_takes_no_room_of_those_that_come_later(monkeypatch):
    for _ in range(30):
        promise()
    an_hour_later(monkeypatch)
    assert promise().status == "due"


@pytest.mark.django_db
def test_the_same_mail_promised_twice_counts_once():
    for _ in range(5):
        outbox.put(outbox.Mail(to="anna@example.se", subject="Hej", text="Hej", language="sv"), key="one")
    assert [promise().status, promise().status, promise().status] == ["due", "due", "held"]


@pytest.mark.django_db
def test_what_a_colleague_writes_is_never_held_back_nor_what_our_own_people_are_told():
    assert {promise(automatic=False).status for _ in range(9)} == {"due"}
    assert {promise(caps=()).status for _ in range(9)} == {"due"}


# --- One network, all -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize("network", ["203.0.113.{}", "2001:db8:1:2::{}", "2001:db8:1:{}::1", "::ffff:203.0.113.{}"])
def test_a_network_writes_to_so_many_strangers_in_an_hour(network):
    mails = [promise(f"guest{n}@example.se", network.format(n)) for n in range(1, 9)]
    assert held(mails) == [""] * 6 + [Cap.NETWORK] * 2
    assert promise("guest99@example.se", "198.51.100.1").status == "due"


@pytest.mark.django_db
def test_after_a_day_a_held_mail_no_longer_knows_its_network(monkeypatch, settings):
    settings.MAIL_CAPS = settings.MAIL_CAPS | {"recipient": (0, 0)}
    promise(source="203.0.113.7")
    an_hour_later(monkeypatch, 23)
    outbox.release_below_caps(timezone.now())
    assert [cap for cap, _key in OutgoingMail.objects.get().counted_by] == ["all", "recipient"]


@pytest.mark.django_db
def test_above_all_caps_everything_waits():
    mails = [promise(f"guest{n}@example.se", f"198.51.{n}.1") for n in range(22)]
    assert held(mails) == [""] * 20 + [Cap.ALL] * 2


@pytest.mark.django_db
def test_no_address_is_kept_in_a_counter_and_none_for_longer_than_a_day():
    promise(source="203.0.113.7")
    assert all(len(row.key) == 64 for row in MailCount.objects.all())
    assert MailCount.objects.count() == 3
    caps.forget_counts(timezone.now() + timedelta(hours=22))
    assert MailCount.objects.count() == 3, "a day is still counted"
    caps.forget_counts(timezone.now() + timedelta(hours=23))
    assert not MailCount.objects.exists()


@pytest.mark.django_db
def test_a_cap_costs_one_query_and_two_more_where_it_holds_a_mail_back(django_assert_num_queries):
    keys, now = caps.keys_of("anna@example.se", "203.0.113.7", list(Cap)), timezone.now()
    for _ in range(3):
        with django_assert_num_queries(1):
            assert caps.take(keys, now) == ""
    with django_assert_num_queries(2):
        assert caps.take(keys, now) == Cap.RECIPIENT


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_get_no_more_than_the_cap():
    """Each on a connection of its own, as in as many processes."""
    ready, taken = threading.Barrier(8), []

    def ask() -> None:
        ready.wait()
        with connection.cursor():
            taken.append(caps.take(caps.keys_of("anna@example.se", "203.0.113.7", list(Cap)), NOW()))
        connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [""] * 3 + [Cap.RECIPIENT] * 5
    counts = {row.key: row.count for row in MailCount.objects.all()}
    assert counts[counters.key_of("core.mail.recipient", "anna@example.se")] == 3


# --- A new password -------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_nobody_can_bomb_a_colleague_with_new_passwords_and_the_last_link_waits(settings, rf):
    settings.EMAIL_BACKEND = "core.mail.backend.EmailBackend"
    UserFactory(admin=True, email="petra@example.se")
    for _ in range(9):
        form = PasswordResetForm({"email": "petra@example.se"})
        assert form.is_valid()
        form.save(request=rf.get("/"), email_template_name="wagtailadmin/account/password_reset/email.txt")
    assert OutgoingMail.objects.filter(status="due").count() == 3
    assert OutgoingMail.objects.held().count() == 1


@pytest.mark.django_db
def test_what_wagtail_tells_of_a_colleagues_work_is_not_held_back(settings):
    settings.EMAIL_BACKEND = "core.mail.backend.EmailBackend"
    for n in range(9):
        send_mail(f"Sida {n} väntar", "Att godkänna", ["petra@example.se"])
    assert OutgoingMail.objects.filter(status="due").count() == 9


# --- Where a visitor comes from -------------------------------------------------------------------------------------
def address(forwarded: str, connected: str = "10.0.0.1") -> str:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client.address_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR=connected))


@pytest.mark.parametrize(
    "written",
    [
        "203.0.113.7",
        "203.0.113.7:51234",
        " 203.0.113.7 ",
        '"203.0.113.7:80"',
        "[::ffff:203.0.113.7]:443",
        "::ffff:203.0.113.7",
        "::FFFF:CB00:7107",
    ],
)
def test_an_address_is_one_address_however_a_proxy_writes_it(settings, written):
    settings.TRUSTED_PROXY_COUNT = 1
    assert address(f"6.6.6.6, {written}") == "203.0.113.7"


@pytest.mark.parametrize("written", ["[2001:DB8::7]:443", "2001:db8:0:0::7", "2001:db8::7%eth0", '"[2001:db8::7]"'])
def test_an_address_of_version_six_too(settings, written):
    settings.TRUSTED_PROXY_COUNT = 1
    assert address(written) == "2001:db8::7"


@pytest.mark.parametrize("junk", ["unknown", "_hidden", "unix:", "1.2.3", "a" * 5000, "';--", "203.0.113.7.8", ":::"])
def test_junk_in_front_of_our_proxys_word_changes_nothing(settings, junk):
    settings.TRUSTED_PROXY_COUNT = 1
    assert address(f"{junk}, 203.0.113.7") == "203.0.113.7"
    assert address(f"{junk}, {junk},, 203.0.113.8:1") == "203.0.113.8"


@pytest.mark.parametrize("junk", ["unknown", "_hidden", "1.2.3", "x"])
def test_who_comes_around_our_proxies_with_junk_is_counted_by_the_connection(settings, junk):
    settings.TRUSTED_PROXY_COUNT = 1
    assert address(junk, "198.51.100.9") == "198.51.100.9"
    settings.TRUSTED_PROXY_COUNT = 2
    assert address(junk, "::ffff:198.51.100.9") == "198.51.100.9"


def test_without_a_proxy_the_header_is_nobodys_word(settings):
    settings.TRUSTED_PROXY_COUNT = 0
    assert address("203.0.113.7", "::ffff:198.51.100.9") == "198.51.100.9"


def test_a_household_is_one_sender_whatever_address_it_takes():
    assert client.subscriber_of("2001:db8:1:2::3") == client.subscriber_of("2001:db8:1:2:ffff::9")
    assert client.subscriber_of("2001:db8:1:2::3") != client.subscriber_of("2001:db8:1:3::3")
    assert client.subscriber_of("203.0.113.7") != client.subscriber_of("203.0.113.8")


# --- Settings -------------------------------------------------------------------------------------------------------
def test_a_cap_is_read_as_so_many_an_hour_and_a_day(monkeypatch):
    monkeypatch.setenv("MAIL_CAP_X", "7/20")
    assert env_cap("MAIL_CAP_X", "4/10") == (7, 20)
    assert env_cap("MAIL_CAP_Y", "4/10") == (4, 10)
    for wrong in ("7", "7/", "many", "7/-1"):
        monkeypatch.setenv("MAIL_CAP_X", wrong)
        with pytest.raises(ImproperlyConfigured, match="MAIL_CAP_X says how many"):
            env_cap("MAIL_CAP_X", "4/10")
