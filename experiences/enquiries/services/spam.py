"""Signs of spam in a new enquiry, and their score. From ENQUIRY_SPAM_THRESHOLD on, an enquiry goes into quarantine.

No enquiry is refused or lost: where the signs are wrong, the visitor waits for a colleague to release the enquiry.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.languages.table import in_every_language
from core.mail.caps import mailbox_of
from core.web import counters
from core.web.client import address_of, network_of, subscriber_of
from experiences.enquiries.models import SendingRate

# Counts of an hour are deleted after this time.
COUNT_LIFETIME = timedelta(hours=2)
NETWORK_FACTOR = 10
# How often one message may come within an hour. Shorter ones do not count: different people may well write
# "Hello, is it free on Friday?".
MAX_SAME_MESSAGE = 3
MIN_MESSAGE_LENGTH = 40


class Sign(models.TextChoices):
    """A sign of spam. Its label is shown to the staff with a quarantined enquiry."""

    HIDDEN_FIELD = "hidden_field", _("The field that people do not see was filled in")
    RATE = "rate", _("Many enquiries from the same address within an hour")
    NETWORK_RATE = "network_rate", _("Very many enquiries from the same network within an hour")
    MAIL_RATE = "mail_rate", _("Many enquiries with the same e-mail address within an hour")
    SAME_MESSAGE = "same_message", _("The same message came several times")
    OTHER_SITE = "other_site", _("Sent from another website")
    UNKNOWN_SITE = "unknown_site", _("The browser did not say from which page it was sent")
    LINKS = "links", _("Several links")
    LINK = "link", _("A link")
    LINK_IN_NAME = "link_in_name", _("A link where the name should be")
    MARKUP = "markup", _("Code for links or scripts")
    KNOWN_WORDS = "known_words", _("Words from common advertising e-mails")


# The default threshold is 10: a sign with 10 points is enough alone, as no honest visitor causes it by chance. Words of
# advertising need a link beside them, which is mostly what they are written for.
POINTS = {
    Sign.HIDDEN_FIELD: 10,
    Sign.RATE: 10,
    Sign.NETWORK_RATE: 10,
    Sign.MAIL_RATE: 10,
    Sign.SAME_MESSAGE: 10,
    Sign.OTHER_SITE: 10,
    Sign.UNKNOWN_SITE: 2,
    Sign.LINKS: 10,
    Sign.LINK: 3,
    Sign.LINK_IN_NAME: 10,
    Sign.MARKUP: 10,
    Sign.KNOWN_WORDS: 7,
}

SIGNS_OF_SENDER = frozenset({Sign.HIDDEN_FIELD, Sign.OTHER_SITE, Sign.UNKNOWN_SITE})

# How many links an honest enquiry may have: a choir's own page, its pictures, where to meet.
MAX_LINKS = 3
LINK = re.compile(r"(https?://(www\.)?|\bwww\.)(?P<address>[^\s<>\"']+)", re.IGNORECASE)
# Not "we have < a week", "JavaScript: six of us" or "onsdag = 'ledig'".
MARKUP = re.compile(
    r"<\s*a\s[^>]*href|<\s*/?(script|iframe|img|form)\b|\[(url|link)=|\[/(url|link)\]|\bjavascript:\S"
    r"|\bon(click|error|load|focus|mouse\w+)\s*=\s*[\"']",
    re.IGNORECASE,
)
KNOWN_WORDS = re.compile(in_every_language("spam"), re.IGNORECASE)


class Origin(Enum):
    """Which site the form was sent from, according to the headers of the browser."""

    OURS = auto()
    OTHER_SITE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class Sender:
    """What the request says about its sender. Of the IP address only HMACs are stored, as keys of counts.

    `SendingRate` keeps those of the address (IPv6: of its /64) and of its network for at most three hours; `MailCount`
    and a held mail keep those of its networks (/24; /64 and /48) for less than a day.
    """

    address: str = ""
    origin: Origin = Origin.OURS
    filled_honeypot: bool = False


def sender_of(request: HttpRequest, *, filled_honeypot: bool) -> Sender:
    """The sender of a request. `filled_honeypot`: whether the hidden field of the form was filled in."""
    return Sender(address=address_of(request), origin=origin_of(request), filled_honeypot=filled_honeypot)


def origin_of(request: HttpRequest) -> Origin:
    """The origin by Sec-Fetch-Site if the browser sends it, else Origin, else Referer. `null` counts as missing."""
    match request.headers.get("Sec-Fetch-Site"):
        case "same-origin" | "none":
            return Origin.OURS
        case "cross-site":
            return Origin.OTHER_SITE
    for header in ("Origin", "Referer"):
        stated = request.headers.get(header, "")
        if stated and stated != "null":
            return Origin.OURS if _host(stated) in _our_hosts(request) else Origin.OTHER_SITE
    return Origin.UNKNOWN


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""


def _named_hosts() -> set[str]:
    """The hosts of this site by its settings."""
    return set(map(_host, [settings.WAGTAILADMIN_BASE_URL, *settings.CSRF_TRUSTED_ORIGINS]))


def _our_hosts(request: HttpRequest) -> set[str]:
    return {request.get_host().lower(), *_named_hosts()}


def signs_of(answers: Mapping[str, Any], sender: Sender, now: datetime) -> list[Sign]:
    """The signs of spam in a new enquiry.

    Also counts it towards the hourly limits: call it once for each enquiry, in the transaction that stores it.
    """
    return [*_signs_of_sender(sender), *_signs_of_content(answers), *_signs_of_rate(answers, sender, now)]


def signs_when_sent_again(signs: Iterable[str], sender: Sender) -> list[Sign]:
    """The `signs` that an enquiry was stored with, those of its sender replaced by what the same form shows now.

    A password manager filled in the hidden field, a saved copy of the page was sent: the next try may be without.
    """
    kept = [Sign(sign) for sign in signs if sign in Sign and sign not in SIGNS_OF_SENDER]
    return [*_signs_of_sender(sender), *kept]


def score(signs: Iterable[Sign]) -> int:
    """The sum of the points of the signs."""
    return sum(POINTS[sign] for sign in signs)


def is_suspect(signs: Iterable[Sign]) -> bool:
    """Whether the score reaches ENQUIRY_SPAM_THRESHOLD."""
    return score(signs) >= settings.ENQUIRY_SPAM_THRESHOLD


def _signs_of_sender(sender: Sender) -> Iterable[Sign]:
    if sender.filled_honeypot:
        yield Sign.HIDDEN_FIELD
    if sender.origin is Origin.OTHER_SITE:
        yield Sign.OTHER_SITE
    if sender.origin is Origin.UNKNOWN:
        yield Sign.UNKNOWN_SITE


def _signs_of_content(answers: Mapping[str, Any]) -> Iterable[Sign]:
    extra = [answer["answer"] for answer in answers.get("extra_answers") or []]
    given = (str(answers.get(name) or "") for name in ("name", "message", "arrange", "when_text"))
    written = "\n".join([*given, *extra])  # No phrase goes from one field into the next.
    links = _links_elsewhere(written)
    if links:
        yield Sign.LINKS if len(links) > MAX_LINKS else Sign.LINK
    if "://" in str(answers.get("name") or ""):  # "Kakbolaget, www.example.se" is a name.
        yield Sign.LINK_IN_NAME
    if MARKUP.search(written):
        yield Sign.MARKUP
    if KNOWN_WORDS.search(written):
        yield Sign.KNOWN_WORDS


def _links_elsewhere(text: str) -> set[str]:
    """The different links in a text, without those to pages of ours: a visitor may name the experiences they mean."""
    links = {found["address"].lower().rstrip(".,;:!?)/") for found in LINK.finditer(text)}
    ours = {host.removeprefix("www.") for host in _named_hosts()}
    return {link for link in links if re.split("[/?#]", link)[0] not in ours}


def _signs_of_rate(answers: Mapping[str, Any], sender: Sender, now: datetime) -> Iterable[Sign]:
    limit = settings.ENQUIRY_RATE_PER_HOUR
    limits = {
        Sign.RATE: (_key("address", subscriber_of(sender.address)), limit),
        Sign.NETWORK_RATE: (_key("network", network_of(sender.address)), limit * NETWORK_FACTOR),
        Sign.MAIL_RATE: (_key("mail", mailbox_of(answers.get("email") or "")), limit),
        Sign.SAME_MESSAGE: (_key("message", _long_message(answers)), MAX_SAME_MESSAGE),
    }
    counts = increment({key for key, _ in limits.values() if key}, now)
    prune(now)
    return [sign for sign, (key, most) in limits.items() if counts.get(key, 0) > most]


def _key(kind: str, value: str) -> str:
    return counters.key_of(f"enquiries.rate.{kind}", value)


def _long_message(answers: Mapping[str, Any]) -> str:
    words = " ".join(str(answers.get("message") or "").casefold().split())
    return words if len(words) >= MIN_MESSAGE_LENGTH else ""


def increment(keys: Collection[str], now: datetime) -> dict[str, int]:
    """Add one to each key's count of this hour. Returns the new counts.

    Rows are locked in the order of the keys, so that two enquiries that share some of them cannot deadlock.
    """
    return {key: counted.hour for key, counted in counters.add(SendingRate, sorted(keys), now).items()}


def prune(now: datetime) -> int:
    """Delete up to a thousand counts of hours that are over. Returns how many."""
    return counters.prune(SendingRate, now - COUNT_LIFETIME)
