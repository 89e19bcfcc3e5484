"""Placeholders for secrets: the outbox stores one, and the secret is made when the mail is sent.

So no link that opens something is in the database and its backups. A placeholder is signed: what a visitor or an editor
writes in a mail cannot ask for a secret.
"""

import re
from collections.abc import Callable
from email.utils import parseaddr
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core import signing

# Makes a secret from the value that the placeholder holds, for the mailbox that the mail goes to. Raises ValueError if
# there is none for it: the mail then fails for good.
Maker = Callable[[Any, str], str]

SALT = "core.mail.placeholders"
PLACEHOLDER = re.compile(r"secret~([\w:.-]+)~")
MAKERS: dict[str, Maker] = {}


def maker(kind: str) -> Callable[[Maker], Maker]:
    """Register the function that makes the secrets of a kind, in a module that the worker imports."""

    def register(function: Maker) -> Maker:
        MAKERS[kind] = function
        return function

    return register


def placeholder(kind: str, value: Any) -> str:
    """A placeholder for a text that is stored; it can be part of a URL. `value`: what the maker needs, as JSON."""
    return f"secret~{signing.dumps([kind, value], salt=SALT)}~"


def fill_in(text: str, to: str) -> str:
    """The text with a secret for each placeholder. One that is not ours stays as it is. Raises ValueError."""
    return PLACEHOLDER.sub(lambda found: _secret(found, to), text)


def _secret(found: re.Match[str], to: str) -> str:
    try:
        kind, value = signing.loads(found[1], salt=SALT)
    except signing.BadSignature:
        return found[0]
    return MAKERS[kind](value, to)


@maker("password")
def password_token(user_pk: int, to: str) -> str:
    """The token of a link to a new password, valid for PASSWORD_RESET_TIMEOUT from now."""
    user = get_user_model().objects.filter(pk=user_pk, is_active=True).first()
    if user is None or parseaddr(user.email)[1] != to:
        raise ValueError("the account is gone, or has another e-mail address now")
    return default_token_generator.make_token(user)
