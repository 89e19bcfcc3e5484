"""Django's WSGI handler, for requests that say impossible things about themselves."""

from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.utils.http import parse_header_parameters


class Request(WSGIRequest):
    """A request in UTF-8, whatever its Content-Type claims: every form of ours is.

    Django believes `charset=zlib` and then fails outside of all its guards, before any middleware: a bare 500.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        try:
            self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        except (LookupError, ValueError):
            self.content_type, self.content_params = "", {}
        self.content_params.pop("charset", None)


class Handler(WSGIHandler):
    request_class = Request
