"""The signs of spam, and what is none: origin, text, rates."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import RequestFactory

from core.jobs import registry
from experiences.enquiries.models import SendingRate
from experiences.enquiries.services import spam
from experiences.enquiries.services.spam import Origin, Sender, Sign
from tests.experiences.enquiries.services.letters import HONEST as HONEST_ENQUIRIES
from tests.experiences.enquiries.services.letters import PROGRAM, SPAM

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)
NOBODY = Sender()
HONEST = {
    "name": "Lena Berg",
    "email": "lena@example.org",
    "message": "Vi är sex vänner som vill baka en torsdag i februari. Går det att äta utan gaffel?",
}


def request(**headers: str) -> Any:
    return RequestFactory().post("/sv/enquiry/", headers=headers)


def signs(answers: dict[str, Any] | None = None, sender: Sender = NOBODY, now: datetime = NOW) -> list[Sign]:
    return spam.signs_of(HONEST | (answers or {}), sender, now)


# --- Where it comes from ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("headers", "origin"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, Origin.OURS),
        ({"Sec-Fetch-Site": "none"}, Origin.OURS),
        ({"Sec-Fetch-Site": "cross-site"}, Origin.OTHER_SITE),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, Origin.OTHER_SITE),
        ({"Sec-Fetch-Site": "same-site", "Origin": "http://blog.testserver"}, Origin.OTHER_SITE),
        ({"Origin": "http://testserver"}, Origin.OURS),
        ({"Origin": "https://testserver"}, Origin.OURS),
        ({"Origin": "https://evil.example"}, Origin.OTHER_SITE),
        ({"Origin": "https://testserver.evil.example"}, Origin.OTHER_SITE),
        ({"Origin": "null"}, Origin.UNKNOWN),
        ({"Origin": "null", "Referer": "http://testserver/sv/"}, Origin.OURS),
        ({"Referer": "http://testserver/sv/upplevelser/"}, Origin.OURS),
        ({"Referer": "https://evil.example/testserver/"}, Origin.OTHER_SITE),
        ({"Origin": "http://[broken"}, Origin.OTHER_SITE),
        ({}, Origin.UNKNOWN),
    ],
)
def test_the_origin_of_a_post_is_read_from_its_headers(headers, origin):
    assert spam.origin_of(request(**headers)) is origin


def test_trusted_origins_count_as_our_site(settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.example.se"]
    assert spam.origin_of(request(Origin="https://www.example.se")) is Origin.OURS


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "203.0.113.7", "203.0.113.7"),
        (1, "", "127.0.0.1"),
    ],
)
def test_a_forwarded_address_is_trusted_only_if_our_proxies_wrote_it(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXY_COUNT = proxies
    assert spam.address_of(request(**{"X-Forwarded-For": forwarded})) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:203.0.113.7", "203.0.113.0/24"),
        ("unix:", ""),
        ("", ""),
    ],
)
def test_the_network_around_an_address(address, network):
    assert spam.network_of(address) == network


# --- What it says -------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_honest_enquiry_has_no_sign():
    assert signs() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answers", "sign", "suspect"),
    [
        ({"message": "Vi såg er på https://vaxjo.se/evenemang och vill komma."}, Sign.LINK, False),
        ({"message": "http://a.example http://b.example www.c.example"}, Sign.LINK, False),
        ({"message": "http://a.example http://b.example www.c.example http://d.example"}, Sign.LINKS, True),
        ({"name": "Buy at https://a.example"}, Sign.LINK_IN_NAME, True),
        ({"message": "<a href='x'>Click</a>"}, Sign.MARKUP, True),
        ({"arrange": "[url=http://a.example]Click[/url]"}, Sign.MARKUP, True),
        ({"message": "<script>alert(1)</script>"}, Sign.MARKUP, True),
        ({"extra_answers": [{"question": "Q", "answer": "<iframe src=x>"}]}, Sign.MARKUP, True),
        ({"message": "Your site could rank on Google."}, Sign.KNOWN_WORDS, False),
        ({"message": "Vi erbjuder er sökmotoroptimering."}, Sign.KNOWN_WORDS, False),
        ({"message": "نقدّم خدمات تحسين محركات البحث لموقعكم."}, Sign.KNOWN_WORDS, False),
    ],
)
def test_text_has_its_signs(answers, sign, suspect):
    found = signs(answers)
    assert sign in found
    assert spam.is_suspect(found) is suspect


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "name", "message"), HONEST_ENQUIRIES)
def test_an_honest_enquiry_waits_in_no_quarantine(language, name, message):
    """Also from a browser that does not say where it comes from."""
    assert not spam.is_suspect(signs({"name": name, "message": message}, PROGRAM))


@pytest.mark.django_db
@pytest.mark.parametrize(("what", "name", "message", "sender"), SPAM)
def test_advertising_waits_in_quarantine(what, name, message, sender):
    assert spam.is_suspect(signs({"name": name, "message": message}, sender))


def test_the_table_of_enquiries_is_as_long_as_it_has_to_be():
    assert len(HONEST_ENQUIRIES) >= 60
    assert len({language for language, *_ in HONEST_ENQUIRIES}) == 6
    assert len(SPAM) >= 40


@pytest.mark.django_db
def test_words_of_advertising_alone_never_quarantine():
    every_offer = " ".join(message for *_, message, _sender in SPAM[:32])
    without_links = re.sub(r"(https?://|www\.)\S+", "", every_offer)
    assert signs({"message": without_links}, PROGRAM) == [Sign.UNKNOWN_SITE, Sign.KNOWN_WORDS]
    assert not spam.is_suspect([Sign.UNKNOWN_SITE, Sign.KNOWN_WORDS])


@pytest.mark.django_db
def test_a_visitor_may_name_as_many_pages_of_ours_as_they_like(settings):
    settings.WAGTAILADMIN_BASE_URL = "https://www.example.se"
    pages = [f"https://www.example.se/sv/upplevelser/{n}/" for n in range(5)] + ["example.se/sv/", "(www.example.se)."]
    assert signs({"message": " ".join(pages)}) == []
    assert signs({"message": "https://www.example.se.evil.example/"}) == [Sign.LINK]


@pytest.mark.django_db
def test_one_link_is_one_link_however_often_it_is_written():
    links = (
        "https://www.a.example/x (http://www.a.example/x) www.a.example/x/, HTTPS://WWW.a.example/x. https://b.example"
    )
    assert signs({"message": links}) == [Sign.LINK]


@pytest.mark.django_db
def test_a_companys_name_with_its_address_is_a_name():
    assert signs({"name": "Kakbolaget (www.kakbolaget.se)"}) == [Sign.LINK]


@pytest.mark.django_db
@pytest.mark.parametrize("message", ["مرحبا، نحن ستة أصدقاء", "Привіт, нас шестеро", "ሰላም", "你好", "3 < 4 & 5 > 2"])
def test_no_writing_system_is_a_sign(message):
    assert signs({"message": message}) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sender", "sign", "suspect"),
    [
        (Sender(filled_honeypot=True), Sign.HIDDEN_FIELD, True),
        (Sender(origin=Origin.OTHER_SITE), Sign.OTHER_SITE, True),
        (Sender(origin=Origin.UNKNOWN), Sign.UNKNOWN_SITE, False),
    ],
)
def test_a_sender_has_its_signs(sender, sign, suspect):
    found = signs(sender=sender)
    assert found == [sign]
    assert spam.is_suspect(found) is suspect


@pytest.mark.django_db
def test_the_threshold_is_a_setting(settings):
    settings.ENQUIRY_SPAM_THRESHOLD = 2
    assert spam.is_suspect(signs(sender=Sender(origin=Origin.UNKNOWN)))
    settings.ENQUIRY_SPAM_THRESHOLD = 11
    assert not spam.is_suspect(signs(sender=Sender(filled_honeypot=True)))


def test_every_sign_has_points_and_a_label():
    assert set(spam.POINTS) == set(Sign)
    assert all(sign.label for sign in Sign)


# --- How often ----------------------------------------------------------------------------------------------------
def many(times: int, now: datetime = NOW, **sender: Any) -> list[list[Sign]]:
    """The signs of `times` enquiries with different e-mail addresses and messages, from one sender."""
    return [
        signs({"email": f"guest{n}@example.org", "message": f"Nummer {n}"}, Sender(**sender), now) for n in range(times)
    ]


@pytest.mark.django_db
def test_enquiries_above_the_rate_of_an_address_have_a_sign(settings):
    settings.ENQUIRY_RATE_PER_HOUR = 3
    assert many(5, address="203.0.113.7") == [[], [], [], [Sign.RATE], [Sign.RATE]]


@pytest.mark.django_db
def test_each_address_has_its_own_rate(settings):
    settings.ENQUIRY_RATE_PER_HOUR = 3
    many(3, address="203.0.113.7")
    assert many(1, address="203.0.113.8") == [[]]


@pytest.mark.django_db
def test_the_rate_starts_again_in_the_next_hour(settings):
    settings.ENQUIRY_RATE_PER_HOUR = 1
    assert many(2, address="203.0.113.7")[-1] == [Sign.RATE]
    assert many(1, NOW + timedelta(hours=1), address="203.0.113.7") == [[]]


@pytest.mark.django_db
def test_a_network_may_send_ten_times_as_much(settings):
    settings.ENQUIRY_RATE_PER_HOUR = 1
    found = [
        signs({"email": f"g{n}@example.org", "message": f"Nummer {n}"}, Sender(address=f"203.0.113.{n}"))
        for n in range(12)
    ]
    assert found[9] == []
    assert found[10] == [Sign.NETWORK_RATE]


@pytest.mark.django_db
def test_an_unknown_address_has_no_rate(settings):
    settings.ENQUIRY_RATE_PER_HOUR = 1
    assert many(3) == [[], [], []]


@pytest.mark.django_db
def test_without_address_email_and_message_no_count_is_stored():
    assert signs({"email": "", "message": ""}) == []
    assert not SendingRate.objects.exists()


@pytest.mark.django_db
def test_many_enquiries_with_one_email_address_are_a_sign(settings):
    settings.ENQUIRY_RATE_PER_HOUR = 2
    found = [signs({"message": f"Nummer {n}"}, Sender(address=f"203.0.{n}.1")) for n in range(3)]
    assert found == [[], [], [Sign.MAIL_RATE]]


@pytest.mark.django_db
def test_the_same_long_message_many_times_is_a_sign_a_short_one_is_not():
    long = [signs({"email": f"g{n}@example.org"}, Sender(address=f"203.0.{n}.1")) for n in range(4)]
    assert long == [[], [], [], [Sign.SAME_MESSAGE]]
    short = [
        signs({"email": f"h{n}@example.org", "message": "Hej!"}, Sender(address=f"198.51.{n}.1")) for n in range(6)
    ]
    assert short[-1] == []


@pytest.mark.django_db
def test_no_address_is_stored_and_no_count_for_longer_than_a_day():
    signs(sender=Sender(address="203.0.113.7"))
    kept = list(SendingRate.objects.values_list("key", flat=True))
    assert len(kept) == 4
    assert all(len(key) == 64 for key in kept)
    signs(sender=Sender(address="198.51.100.7"), now=NOW + timedelta(days=1, hours=1))
    assert not set(kept[:2]) & set(SendingRate.objects.filter(hour__lt=NOW).values_list("key", flat=True))
    assert not SendingRate.objects.filter(hour__lt=NOW).exists()


@pytest.mark.django_db
def test_counting_and_pruning_cost_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        signs(sender=Sender(address="203.0.113.7"))


# --- What is kept of it -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_old_counts_are_deleted_every_hour_without_enquiries():
    """The privacy page says within a day; the worker's hourly job does it within three hours."""
    spam.increment({"old"}, NOW - timedelta(hours=4))
    spam.increment({"new"}, NOW)
    registry.get("delete_sending_rates").run(NOW)
    assert [rate.key for rate in SendingRate.objects.all()] == ["new"]
