"""E-mail addresses in letters of any script: taken, shown in letters, sent as mail servers read them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from core.languages.mail_addresses import domain_in_ascii, is_international, mail_uri, readable
from experiences.enquiries.visitor.fields import EmailField

INTERNATIONAL = [
    "åsa@exämple.se",
    "åsa.öberg+nyheter@example.se",
    "lena@växjö.example",
    "anna@موقع.example",
    "سميرة@مثال.example",
    "زهرا.۱۲@نمونه.example",
    "чебурашка@ящик-с-апельсинами.рф",
    "用户@例子.广告",
    "संपर्क@डाटामेल.भारत",
    "o'neill@faß.example",
]


@pytest.mark.parametrize("address", INTERNATIONAL)
def test_an_address_in_letters_of_any_script_is_taken_and_kept_as_it_is_typed(address):
    assert is_international(address)
    assert EmailField().clean(address) == address


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("åsa@xn--exmple-cua.se", "åsa@exämple.se"),
        ("lena@XN--VXJ-QLA6G.example", "lena@växjö.example"),
        ("mailto:a\u030asa@example.se", "åsa@example.se"),
        ("åsa@xn--a.se", "åsa@xn--a.se"),
    ],
)
def test_an_address_is_kept_in_letters_however_the_browser_sends_it(sent, kept):
    assert EmailField().clean(sent) == kept


@pytest.mark.parametrize(
    "address",
    [
        *("åsa", "åsa@", "@exämple.se", "åsa@exämple", "åsa@@exämple.se", "åsa.@exämple.se", ".åsa@exämple.se"),
        *("å sa@exämple.se", "åsa@ex ämple.se", "åsa,bo@exämple.se", "åsa@10.0.0.1", "åsa@[10.0.0.1]", "åsa@localhost"),
        *(
            "åsa@exämple..se",
            "åsa@-exämple.se",
            "å😀sa@exämple.se",
            "å" * 33 + "@exämple.se",
            "åsa@" + "ä" * 70 + ".se",
        ),
    ],
)
def test_what_no_mail_server_takes_is_an_error(address):
    assert not is_international(address)
    with pytest.raises(ValidationError):
        EmailField().clean(address)


def test_a_mail_server_reads_the_domain_in_ascii():
    assert domain_in_ascii("åsa@exämple.se") == "åsa@xn--exmple-cua.se"
    assert domain_in_ascii("lena@faß.example") == "lena@xn--fa-hia.example", "fass.example is another domain"
    assert domain_in_ascii("lena@example.se") == "lena@example.se"
    assert readable(domain_in_ascii("anna@موقع.example")) == "anna@موقع.example"


def test_a_link_to_an_address_smuggles_no_second_reader_in():
    assert mail_uri("åsa@exämple.se") == "mailto:%C3%A5sa@xn--exmple-cua.se"
    assert mail_uri("lena?bcc=x&to@example.se") == "mailto:lena%3Fbcc%3Dx%26to@example.se"
    assert mail_uri("hej@example.se") == "mailto:hej@example.se"
