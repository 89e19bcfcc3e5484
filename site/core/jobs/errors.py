"""An exception in words that may be stored, shown and logged: without e-mail addresses and secrets."""

import re
import traceback
from collections.abc import Iterator

from django.conf import settings

from core.mail.delivery import for_the_log

LONGEST = 300
SECRET_SETTING = re.compile(r"(KEY|PASSWORD|SECRET|TOKEN)$")
SHORTEST_SECRET = 4  # What is shorter is a part of other words.
LOGIN_IN_URL = re.compile(r"://[^\s/@]+@")


def plain(error: BaseException) -> str:
    """The exception's name and the first line of its text.

    Further lines are left out: PostgreSQL repeats there the whole row that it refused.
    """
    text = (_words(error).splitlines() or [""])[0].replace("\x00", "")
    text = text.encode(errors="backslashreplace").decode()  # what PostgreSQL cannot store
    for secret in _secrets():
        text = text.replace(secret, "(secret)")
    text = for_the_log(LOGIN_IN_URL.sub("://(secret) ", text))
    return f"{type(error).__name__}: {text}"[:LONGEST].rstrip(": ")


def _words(error: BaseException) -> str:
    """Its text. Empty if it has none to give: an exception may raise another one there."""
    try:
        return str(error)
    except Exception:
        return ""


def place(error: BaseException) -> str:
    """The lines of code that led to it, without the exception's text."""
    return "".join(traceback.format_tb(error.__traceback__)).rstrip()


def _secrets() -> Iterator[str]:
    found = [getattr(settings, name) for name in dir(settings) if SECRET_SETTING.search(name)]
    found += [database.get("PASSWORD") for database in settings.DATABASES.values()]
    return (value for value in found if isinstance(value, str) and len(value) >= SHORTEST_SECRET)
