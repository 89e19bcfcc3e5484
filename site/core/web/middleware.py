"""Middleware: the language of a response, and security headers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_path
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header


def accepted_language(request: HttpRequest) -> str:
    """The language that a request wishes for: `language_accepted`. No cookie is read."""
    return language_accepted(request.headers.get("Accept-Language", ""))


def language_accepted(header: str) -> str:
    """The first language in an Accept-Language header that the site has (ar-SY counts as ar), else Swedish.

    A weight of 0 means "not this one" (RFC 9110, 12.5.4).
    """
    for wish, weight in parse_accept_lang_header(header):
        if weight and wish != "*":
            try:
                return get_supported_language_variant(wish)
            except LookupError:
                continue
    return settings.LANGUAGE_CODE


class LanguageMiddleware(LocaleMiddleware):
    """Sets the language from the path, else from Accept-Language.

    Django's LocaleMiddleware would redirect an unknown path to the same path below a language, which is unknown too,
    and would read a cookie that the site never sets.
    """

    def process_request(self, request: HttpRequest) -> None:
        translation.activate(get_language_from_path(request.path_info) or accepted_language(request))
        request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language",))
        response.headers.setdefault("Content-Language", translation.get_language())
        return response


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; must be the outermost: adds settings.SECURITY_HEADERS to every response, files and errors too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
