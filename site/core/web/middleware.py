"""Which language a request is answered in, and what every answer forbids."""

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
    """The first language of the browser's wishes that the site speaks (ar-SY counts as ar), else Swedish.

    RFC 9110, 12.5.4: a weight of 0 means "not this one". No cookie is read: the answer depends on nothing else.
    """
    for wish, weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if weight and wish != "*":
            try:
                return get_supported_language_variant(wish)
            except LookupError:
                continue
    return settings.LANGUAGE_CODE


class LanguageMiddleware(LocaleMiddleware):
    """The address decides; where it names no language, the browser does.

    Django's own would answer an unknown address without a language by a redirect to one with a language that is as
    unknown, and would read a cookie that we never set.
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
    """Middleware, the outermost: adds settings.SECURITY_HEADERS to every answer, files and error pages included."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in settings.SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
