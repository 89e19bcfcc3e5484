"""How many automatic mails may leave: to one mailbox, because of one network, in all; in an hour and in a day.

A stranger who fills in our forms with somebody else's address makes us write to them. The outbox asks here before an
automatic mail may leave; what is above a cap is held back, and leaves when there is room (decision 0018).
"""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages.characters import bare
from core.mail.models import MailCount
from core.web import client, counters

# Gmail delivers to one mailbox whatever dots are in its name, under both domains.
WITHOUT_DOTS = frozenset({"gmail.com", "googlemail.com"})


class Cap(models.TextChoices):
    """What is counted; each has its limits in `settings.MAIL_CAPS`."""

    ALL = "all", _("many automatic mails in all")
    NETWORK = "network", _("many mails because of the same network")
    RECIPIENT = "recipient", _("many mails to the same mailbox")


# (cap, key of its counter), as kept with a mail that is held back.
Keys = Sequence[Sequence[str]]


def mailbox_of(address: str) -> str:
    """One spelling for all addresses of a mailbox, for counting only: never for writing to.

    Capitals, a tag behind "+", quotes, a dot at the end, a domain in its own letters or in ASCII: all one mailbox.
    """
    local, _at, domain = unicodedata.normalize("NFKC", bare(address)).rpartition("@")
    local = local.strip('"').replace("\\", "").casefold()
    local = local[:1] + local[1:].partition("+")[0]
    domain = _in_ascii(domain.rstrip(".").casefold())
    if domain in WITHOUT_DOTS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}" if domain else local


def keys_of(to: str, source: str, caps: Collection[str]) -> list[list[str]]:
    """The counters of a mail. `source`: the address of the visitor who made us write it, where there is one.

    The cap on all comes first: who counts it makes the others wait, and no two wait for each other.
    """
    counted = [(Cap.ALL, "all"), (Cap.RECIPIENT, mailbox_of(to))]
    counted += [(Cap.NETWORK, network) for network in client.networks_of(source)]
    return [[str(cap), counters.key_of(f"core.mail.{cap}", value)] for cap, value in counted if cap in caps and value]


def take(keys: Keys, now: datetime) -> str:
    """Count a mail that is to leave. Gives the cap that forbids it, and then counts nothing; empty if none does."""
    names = [key for _cap, key in keys]
    counts = counters.add(MailCount, names, now)
    above = next((cap for cap, key in keys if _is_above(counts[key], cap)), "")
    if above:
        counters.take_back(MailCount, names, now)
    return above


def _is_above(count: counters.Count, cap: str) -> bool:
    in_an_hour, in_a_day = settings.MAIL_CAPS[cap]
    return bool(count.hour > in_an_hour or count.day > in_a_day)


def _in_ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain


def forget_counts(now: datetime) -> None:
    """Within a day, as the privacy page promises."""
    while counters.prune(MailCount, counters.hour_of(now) - counters.EARLIER_HOURS):
        pass
