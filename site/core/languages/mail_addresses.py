"""E-mail addresses in letters of any script (RFC 6531): which are valid, how people and how mail servers read them.

Stored and shown in letters: åsa@exämple.se. Mail servers take the domain in ASCII (IDNA 2008), as browsers send it to
us, and letters before the @ only where they offer SMTPUTF8.
"""

import unicodedata
from contextlib import suppress
from urllib.parse import quote

import idna

# What an atom may hold beside letters and digits (RFC 5322, 3.2.3).
ATOM_SIGNS = frozenset("!#$%&'*+-/=?^_`{|}~")
# Octets before the @ (RFC 5321, 4.5.3.1.1).
LONGEST_LOCAL_PART = 64
# Octets between two dots of a domain (RFC 1035, 2.3.4).
LONGEST_LABEL = 63


def is_international(address: str) -> bool:
    """Whether it is a valid address, perhaps with letters of any script before the @. No quoted strings."""
    local, _at, domain = address.rpartition("@")
    atoms = local.split(".")
    return len(local.encode()) <= LONGEST_LOCAL_PART and all(map(_is_atom, atoms)) and is_domain(domain)


def is_domain(domain: str) -> bool:
    """Whether a domain name is valid: letters, marks and digits of any script, hyphens and dots.

    No IP address: a visitor has a mailbox by name, and must not make us send mail to our own machine.
    """
    is_name = all(sign in "-." or _is_letter_or_digit(sign) for sign in domain)
    try:
        labels = _domain_in_ascii(domain).split(".") if is_name else []
    except UnicodeError:
        return False
    return len(labels) > 1 and all(map(_is_label, labels)) and not labels[-1].isdecimal()


def _is_label(label: str) -> bool:
    return 0 < len(label) <= LONGEST_LABEL and not label.startswith("-") and not label.endswith("-")


def readable(address: str) -> str:
    """The address with its domain in letters, composed (NFC): åsa@xn--exmple-cua.se → åsa@exämple.se."""
    local, at, domain = unicodedata.normalize("NFC", address).rpartition("@")
    if "xn--" in domain.lower():
        with suppress(UnicodeError):
            domain = idna.decode(domain)
    return f"{local}{at}{domain}"


def domain_in_ascii(address: str) -> str:
    """The address as every mail server reads its domain. UnicodeError if it has none of that kind."""
    local, at, domain = address.rpartition("@")
    return f"{local}{at}{_domain_in_ascii(domain)}"


def mail_uri(address: str) -> str:
    """A mailto: URI (RFC 6068). Signs that an address may hold and a URI not (? & %) are quoted."""
    with suppress(UnicodeError):
        address = domain_in_ascii(address)
    return f"mailto:{quote(address, safe='@')}"


def _domain_in_ascii(domain: str) -> str:
    return domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")


def _is_atom(text: str) -> bool:
    return bool(text) and all(sign in ATOM_SIGNS or _is_letter_or_digit(sign) for sign in text)


def _is_letter_or_digit(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LMN"
