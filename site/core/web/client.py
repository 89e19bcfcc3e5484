"""Where a request comes from: the visitor's address, and the networks around it."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from core.languages.characters import bare


def address_of(request: HttpRequest) -> str:
    """The visitor's IP address; empty where the server knows none.

    X-Forwarded-For is believed as far as our own proxies (`TRUSTED_PROXY_COUNT`) wrote it, and no further. They write
    addresses, some with a port. Whatever else is in that place came around them, from whoever is connected to us.
    """
    connected = read(str(request.META.get("REMOTE_ADDR", "")))
    proxies = settings.TRUSTED_PROXY_COUNT
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and forwarded:
        return read(forwarded[-min(proxies, len(forwarded))]) or connected
    return connected


def read(written: str) -> str:
    """One spelling for each address: `203.0.113.7:51234`, `[2001:db8::7]:443`, `::ffff:203.0.113.7`, `fe80::1%eth0`.

    Empty for what is none: "unknown", `_hidden`, `unix:`.
    """
    text = bare(written).strip('" ')
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        ip = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(ip, "ipv4_mapped", None) or ip)


def network_of(address: str, *, ipv4: int = 24, ipv6: int = 48) -> str:
    """The network around an address: by default what one school or attacker has. Empty for what is none."""
    known = read(address)
    if not known:
        return ""
    return str(ip_network(f"{known}/{ipv4 if '.' in known else ipv6}", strict=False))


def subscriber_of(address: str) -> str:
    """What one household or server has: an IPv4 address, or a /64, from which it takes new IPv6 addresses at will."""
    return network_of(address, ipv4=32, ipv6=64)


def networks_of(address: str) -> list[str]:
    """The /24, or the /64 and the /48, around an address."""
    return sorted({network for network in (network_of(address), network_of(address, ipv6=64)) if network})
