"""`manage.py check --deploy`: values that are there and cannot be right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

# Domains that belong to nobody (RFC 2606, RFC 6761), and the one of this project's own examples.
EXAMPLES = ("example", "example.com", "example.net", "example.org", "example.se", "invalid", "localhost", "test")


@register(Tags.security, deploy=True)
def mail_has_addresses_of_our_own(**kwargs: Any) -> Iterator[CheckMessage]:
    """Senders and recipients of notices are addresses, and no examples."""
    yield from _faults("DEFAULT_FROM_EMAIL", [settings.DEFAULT_FROM_EMAIL], "core.E001")
    yield from _faults("ENQUIRY_NOTICE_TO", settings.ENQUIRY_NOTICE_TO, "core.E002")


def _faults(name: str, addresses: Iterable[str], code: str) -> Iterator[CheckMessage]:
    given = [parseaddr(address)[1] for address in addresses]
    if not given:
        yield Error(f"{name} is empty.", hint=f"Set {name} to an e-mail address of your own.", id=code)
    for address in given:
        if not _is_address(address):
            yield Error(f"{name} is not an e-mail address: {address!r}.", hint=f"Mend {name}.", id=code)
        elif _is_example(address.rpartition("@")[2]):
            yield Error(
                f"{name} is an example: {address}.", hint=f"Set {name} to an e-mail address of your own.", id=code
            )


@register(Tags.security, deploy=True)
def the_site_has_its_own_address(**kwargs: Any) -> Iterator[CheckMessage]:
    """BASE_URL, which mails link to, is a host that we answer for."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    if not validate_host(host, settings.ALLOWED_HOSTS):
        hint = f"Add {host} to ALLOWED_HOSTS, or mend BASE_URL."
        yield Error(f"BASE_URL leads to {host}, which ALLOWED_HOSTS does not hold.", hint=hint, id="core.E003")
    if _is_example(host):
        yield Error(f"BASE_URL is an example: {host}.", hint="Set BASE_URL to the site's address.", id="core.E004")


@register(Tags.database, deploy=True)
def the_database_is_a_server(**kwargs: Any) -> Iterator[CheckMessage]:
    """PostgreSQL, and not the demo's."""
    engine = settings.DATABASES["default"]["ENGINE"]
    if engine != "django.db.backends.postgresql":
        hint = "Set DATABASE_URL=postgresql://user:password@host/name."
        yield Error(f"The database is {engine}, not a PostgreSQL server.", hint=hint, id="core.E005")


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _is_example(host: str) -> bool:
    return any(host.lower() == example or host.lower().endswith(f".{example}") for example in EXAMPLES)
