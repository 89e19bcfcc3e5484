"""Shows an editor everything that was sent, to send it again, when a form of the admin could not be saved.

Used for a server error, an ended session, an expired form (CSRF) and a deleted page. The browser's back button does not
help: the admin's pages are no-store, so blocks and rows that were added are gone. Nothing here needs the database.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views import csrf, defaults

from core.languages.table import direction
from core.web.bounds.numbers import RETRY_AFTER

logger = logging.getLogger(__name__)

# Why it could not be saved; whether it can only be copied, or one has to log in first.
OUR_ERROR = {
    "title": _("Something went wrong"),
    "lead": _("The fault is ours, not yours. What you typed is kept here: send it again in a while."),
}
LOGGED_OUT = {
    "title": _("You have been logged out"),
    "lead": _(
        "So nothing was saved yet. What you typed is kept here: log in, come back to this page and send it again."
    ),
    "log_in": True,
}
TOO_OLD = {
    "title": _("The form has expired"),
    "lead": _("So nothing was saved yet. What you typed is kept here: send it again."),
}
GONE = {
    "title": _("This page is not here any more"),
    "lead": _("Someone has deleted or moved it, so nothing was saved. What you typed is kept here for you to copy."),
    "to_copy_only": True,
}

# What is said when 500.html cannot be drawn.
LAST_RESORT = (
    '<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><title>{title}</title>'
    '<meta name="viewport" content="width=device-width"><h1>{title}</h1><p>{lead}</p><p><a href="/">{site}</a></p>'
)
SECRET = re.compile("password", re.IGNORECASE)
# Fields that the form's scripts send, not the editor.
TECHNICAL = re.compile(
    r"^(csrfmiddlewaretoken|next|action-.*|comments-.*|loaded_revision.*)$"
    r"|-(TOTAL_FORMS|INITIAL_FORMS|MIN_NUM_FORMS|MAX_NUM_FORMS|ORDER|DELETE|id|type|order|deleted|count)$"
)


# --- Where an answer is given -------------------------------------------------------------------------------------
def server_error(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`: the admin's own page, and 500.html for all others. Never raises.

    Where the database is away or full: 503 with Retry-After, so that programs come again (RFC 9110, 15.6.4).
    """
    response = _error_page(request)
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response.status_code = 503
        response["Retry-After"] = str(RETRY_AFTER)
    return response


def _error_page(request: HttpRequest) -> HttpResponse:
    """What says that we failed. 500.html is drawn in the frame of every page: what fails may be the frame itself."""
    if _is_in_the_admin(request):
        try:
            return _answer(request, OUR_ERROR, 500)
        except Exception:
            logger.exception("The page that keeps what was typed failed too")
    try:
        return defaults.server_error(request)
    except Exception:
        logger.exception("500.html failed too")
        title, lead = _("Something went wrong on our side"), _("The fault is ours, not yours. Try again in a while.")
        return HttpResponseServerError(format_html(LAST_RESORT, title=title, lead=lead, **frame()))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """CSRF_FAILURE_VIEW: after a new login, say. What other sites send is not offered to be sent again."""
    if _has_typed(request) and urlsplit(request.headers.get("Origin", "")).netloc == request.get_host():
        return _answer(request, TOO_OLD, 403)
    return csrf.csrf_failure(request, reason)


def keep_what_was_typed(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a form that comes after the session ended, or for a page that is gone, can be sent again.

    Instead of the redirect to the login form, or of the 404, it answers with a page that holds every field.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.status_code == 404 and _has_typed(request):
            return _answer(request, GONE, 404)
        to_login = urlsplit(response.get("Location", "")).path == reverse("wagtailadmin_login")
        return _answer(request, LOGGED_OUT, 403) if to_login and _has_typed(request) else response

    return middleware


# --- The answer ---------------------------------------------------------------------------------------------------
def frame() -> dict[str, str]:
    language = translation.get_language() or settings.LANGUAGE_CODE
    return {"language": language, "direction": direction(language), "site": settings.WAGTAIL_SITE_NAME}


def _is_in_the_admin(request: HttpRequest) -> bool:
    return request.path.startswith(reverse("wagtailadmin_home"))


def _has_typed(request: HttpRequest) -> bool:
    return _is_in_the_admin(request) and any(_typed(request))


def _answer(request: HttpRequest, reason: dict[str, Any], status: int) -> HttpResponse:
    with translation.override(_editors_language(request)):
        context = {
            **reason,
            "language": translation.get_language(),
            "address": request.get_full_path(),
            "token": get_token(request),
            "fields": [(name, value) for name, value in _sent(request) if name != "csrfmiddlewaretoken"],
            "typed": list(_typed(request)),
            "had_files": bool(request.FILES) if request.method == "POST" else False,
        }
        response = HttpResponse(get_template("core/kept.html").render(context), status=status)
        add_never_cache_headers(response)
        return response


def _editors_language(request: HttpRequest) -> str:
    """As chosen under *Account*; Swedish if no user is logged in, or the profile cannot be read."""
    try:
        return str(request.user.wagtail_userprofile.get_preferred_language())  # type: ignore[union-attr]  # AnonymousUser: see below
    except Exception:
        return settings.LANGUAGE_CODE


def _sent(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Every field of the form; nothing of one with a password."""
    if request.method == "POST" and not any(map(SECRET.search, request.POST)):
        for name, values in request.POST.lists():
            yield from ((name, str(value)) for value in values)


def _typed(request: HttpRequest) -> Iterator[str]:
    """The words among it."""
    for name, value in _sent(request):
        words = _plain(value)
        if not TECHNICAL.search(name) and words != "on" and any(map(str.isalpha, words)):
            yield words


def _plain(value: str) -> str:
    """The rich text editor sends its paragraphs as JSON."""
    if not value.startswith('{"'):
        return value
    try:
        return "\n\n".join(str(block["text"]) for block in json.loads(value)["blocks"])
    except (KeyError, TypeError, ValueError):
        return value
