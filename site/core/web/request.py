"""The current request: where a template tag finds it, and values that are computed once for it."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest
from django.template.context import Context, RenderContext

Value = TypeVar("Value")


def request_of(context: Context) -> HttpRequest | None:
    """The request of a template context, also inside `{% include … only %}`, where `request` is not in the context."""
    request: HttpRequest | None = context.get("request") or getattr(context, "request", None)
    return request


def once(request: HttpRequest | RenderContext | None, name: str, compute: Callable[[], Value]) -> Value:
    """`compute()`, called at most once a request for each `name`; without a request, at every call.

    `name`: app and value, such as `home.navigation`, as all callers share one dictionary on the request. A template's
    `render_context` serves as well: it lives as long as one rendering.
    """
    if request is None:
        return compute()
    values = request.__dict__.setdefault("_computed_once", {})
    if name not in values:
        values[name] = compute()
    value: Value = values[name]
    return value
