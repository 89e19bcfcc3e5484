"""The Content-Security-Policy of the admin: as strict as Wagtail's own scripts allow.

Wagtail's choosers and date fields and the translation editor answer with inline scripts, which the public policy
forbids. Each inline script gets a nonce here. An injected script would get one too: so visitors' text is never marked
safe (tests/core/web/test_security.py).
"""

import re
from collections.abc import Callable
from typing import Any

from csp.constants import NONCE, SELF
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

INLINE_SCRIPT = re.compile(rb"<script(?=[\s>])(?![^>]*\bsrc\s*=)(?![^>]*\bnonce=)")
POLICY = {
    "script-src": [SELF, NONCE],
    # The rich text editor and the translation editor set style attributes.
    "style-src": [SELF, "'unsafe-inline'"],
    # Several pictures at once are shown before they are uploaded.
    "img-src": [SELF, "data:", "blob:"],
}


def admin_policy(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware; must be the innermost, to see the response first."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response: Any = get_response(request)
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return response
        response._csp_replace = POLICY
        if "text/html" in response.get("Content-Type", "") and not response.streaming:
            nonce = str(request.csp_nonce).encode()  # type: ignore[attr-defined]  # set by CSPMiddleware
            response.content = INLINE_SCRIPT.sub(b'<script nonce="%s"' % nonce, response.content)
        return response

    return middleware
