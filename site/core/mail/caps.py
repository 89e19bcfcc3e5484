"""Caps on automatic mails: to one mailbox, caused by one network, in all; in an hour and in a day.

Whoever fills in our forms with another person's address makes us write to that person. The outbox asks here before an
automatic mail may be sent; a mail above a cap is held back until it is below (decision 0018).
"""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages.characters import bare
from core.languages.mail_addresses import readable
from core.mail.models import MailCount
from core.web import client, counters

# Gmail delivers to one mailbox whatever dots are in its name, under both domains.
WITHOUT_DOTS = frozenset({"gmail.com", "googlemail.com"})


class Cap(models.TextChoices):
    """What is counted. The limits are in `settings.MAIL_CAPS`."""

    ALL = "all", _("many automatic e-mails in all")
    NETWORK = "network", _("many e-mails because of the same network")
    RECIPIENT = "recipient", _("many e-mails to the same mailbox")


# (cap, key of its counter), as stored with a mail that is held back.
Keys = Sequence[Sequence[str]]


def mailbox_of(address: str) -> str:
    """One spelling for all addresses of a mailbox; for counting only, never to send to.

    Ignores capitals, a tag after "+", quotes and a final dot; an internationalised domain is written in letters.
    """
    local, _at, domain = unicodedata.normalize("NFKC", readable(bare(address))).rpartition("@")
    local = local.strip('"').replace("\\", "").casefold()
    local = local[:1] + local[1:].partition("+")[0]
    domain = domain.rstrip(".").casefold()
    if domain in WITHOUT_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if domain else local


def keys_of(to: str, source: str, caps: Collection[str]) -> list[list[str]]:
    """The counters of a mail. `source`: IP address of the visitor whose request causes it, or empty.

    The counter of all mails comes first: transactions lock it first, so that they never deadlock.
    """
    counted = [(Cap.ALL, "all"), (Cap.RECIPIENT, mailbox_of(to))]
    counted += [(Cap.NETWORK, network) for network in client.networks_of(source)]
    return [[str(cap), counters.key_of(f"core.mail.{cap}", value)] for cap, value in counted if cap in caps and value]


def take(keys: Keys, now: datetime) -> str:
    """Count a mail. Returns the cap that it would exceed, and counts nothing then; empty if it may be sent."""
    names = [key for _cap, key in keys]
    counts = counters.add(MailCount, names, now)
    above = next((cap for cap, key in keys if _is_above(counts[key], cap)), "")
    if above:
        counters.subtract(MailCount, names, now)
    return above


def _is_above(count: counters.Count, cap: str) -> bool:
    in_an_hour, in_a_day = settings.MAIL_CAPS[cap]
    return bool(count.hour > in_an_hour or count.day > in_a_day)


def forget_counts(now: datetime) -> None:
    """Delete counts before they are a day old, as the privacy page says."""
    while counters.prune(MailCount, counters.hour_of(now) - counters.EARLIER_HOURS):
        pass
