"""The client's IP address and network."""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

from core.languages.characters import bare


def address_of(request: HttpRequest) -> str:
    """The client's IP address; empty if the server gives none.

    Only the last `TRUSTED_PROXY_COUNT` entries of X-Forwarded-For are used: our own proxies wrote those. If the entry
    is no address, the request did not come through a proxy, and the connected address counts.
    """
    connected = read(str(request.META.get("REMOTE_ADDR", "")))
    proxies = settings.TRUSTED_PROXY_COUNT
    forwarded = [part for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if proxies and forwarded:
        return read(forwarded[-min(proxies, len(forwarded))]) or connected
    return connected


def read(written: str) -> str:
    """The IP address in `203.0.113.7:51234`, `[2001:db8::7]:443`, `::ffff:203.0.113.7` or `fe80::1%eth0`.

    Empty if there is none: "unknown", `_hidden`, `unix:`.
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
    """The network of an address: by default a /24 or /48, as one organisation has. Empty for no address."""
    known = read(address)
    if not known:
        return ""
    return str(ip_network(f"{known}/{ipv4 if '.' in known else ipv6}", strict=False))


def subscriber_of(address: str) -> str:
    """An IPv4 address, or the /64 from which one household or server takes its IPv6 addresses."""
    return network_of(address, ipv4=32, ipv6=64)


def networks_of(address: str) -> list[str]:
    """The /24, or the /64 and the /48, around an address."""
    return sorted({network for network in (network_of(address), network_of(address, ipv6=64)) if network})
