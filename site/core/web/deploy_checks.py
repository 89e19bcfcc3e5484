"""`manage.py check --deploy`: values that are there and cannot be right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http.request import validate_host

# Reserved domains (RFC 2606, RFC 6761), and the one of this project's own examples.
EXAMPLES = (
    "127.0.0.1",
    "example",
    "example.com",
    "example.net",
    "example.org",
    "example.se",
    "invalid",
    "localhost",
    "test",
)

# Where a mail server may well run.
OWN_MACHINE = ("127.0.0.1", "localhost")
HOST = re.compile(r"[\w-]+(\.[\w-]+)*|[0-9a-fA-F:]+")
MOST_PROXIES = 4


@register(Tags.security, deploy=True)
def check_mail_addresses(**kwargs: Any) -> Iterator[CheckMessage]:
    """Senders and recipients of notices are addresses, and no examples."""
    yield from _faults("DEFAULT_FROM_EMAIL", [settings.DEFAULT_FROM_EMAIL], "core.E001")
    yield from _faults("ENQUIRY_NOTICE_TO", settings.ENQUIRY_NOTICE_TO, "core.E002")


def _faults(name: str, addresses: Iterable[str], code: str) -> Iterator[CheckMessage]:
    given = list(addresses)
    if not given:
        yield Error(f"{name} is empty.", hint=f"Set {name} to an e-mail address of your own.", id=code)
    for written in given:
        address = parseaddr(written)[1] if name == "DEFAULT_FROM_EMAIL" else written
        if not _is_address(address):
            yield Error(f"{name} is not an e-mail address: {written!r}.", hint=f"Mend {name}.", id=code)
        elif _is_example(address.rpartition("@")[2]):
            yield Error(
                f"{name} is an example: {address}.", hint=f"Set {name} to an e-mail address of your own.", id=code
            )


@register(Tags.security, deploy=True)
def check_mail_server_settings(**kwargs: Any) -> Iterator[CheckMessage]:
    """An error if EMAIL_HOST is malformed or an example, or EMAIL_PORT is out of range. Does not connect."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    if not HOST.fullmatch(host) or (_is_example(host) and host not in OWN_MACHINE):
        hint = "Set EMAIL_HOST to the name of your mail server."
        yield Error(f"EMAIL_HOST is no mail server: {host!r}.", hint=hint, id="core.E006")
    if not 0 < port < 65536:
        yield Error(f"EMAIL_PORT is no port: {port}.", hint="Usually 25, 587 or 465.", id="core.E006")


@register(Tags.security, deploy=True)
def check_limits_and_proxies(**kwargs: Any) -> Iterator[CheckMessage]:
    """Limits let something through, and addresses are taken from proxies of our own."""
    proxies = settings.TRUSTED_PROXY_COUNT
    if proxies > MOST_PROXIES:
        hint = (
            "Count the proxies of your own in front: 1 behind nginx or Caddy. A number too high believes the visitor."
        )
        yield Error(f"TRUSTED_PROXY_COUNT is {proxies}.", hint=hint, id="core.E007")
    limits = {"ENQUIRY_RATE_PER_HOUR": settings.ENQUIRY_RATE_PER_HOUR}
    limits |= {f"MAIL_CAP_{name.upper()}": min(cap) for name, cap in settings.MAIL_CAPS.items()}
    for name, limit in limits.items():
        if limit < 1:
            yield Error(f"{name} lets nothing through.", hint=f"Set {name} to 1 or more.", id="core.E008")


@register(Tags.security, deploy=True)
def check_base_url(**kwargs: Any) -> Iterator[CheckMessage]:
    """BASE_URL, which mails link to, is a host that we answer for."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        hint = f"Set ALLOWED_HOSTS={host}."
        yield Error("ALLOWED_HOSTS answers for every host name.", hint=hint, id="core.E003")
    if not validate_host(host, settings.ALLOWED_HOSTS):
        hint = f"Add {host} to ALLOWED_HOSTS, or mend BASE_URL."
        yield Error(f"BASE_URL leads to {host}, which ALLOWED_HOSTS does not hold.", hint=hint, id="core.E003")
    if _is_example(host):
        yield Error(f"BASE_URL is an example: {host}.", hint="Set BASE_URL to the site's address.", id="core.E004")


@register(Tags.database, deploy=True)
def check_database(**kwargs: Any) -> Iterator[CheckMessage]:
    """PostgreSQL, not the demo's, and named."""
    database = settings.DATABASES["default"]
    hint = "Set DATABASE_URL=postgresql://user:password@host/name."
    if database["ENGINE"] != "django.db.backends.postgresql":
        yield Error(f"The database is {database['ENGINE']}, not a PostgreSQL server.", hint=hint, id="core.E005")
    elif not database.get("NAME"):
        yield Error("DATABASE_URL names no database.", hint=hint, id="core.E005")


def _is_address(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _is_example(host: str) -> bool:
    return any(host.lower() == example or host.lower().endswith(f".{example}") for example in EXAMPLES)
