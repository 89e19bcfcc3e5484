"""Values that many pages are made from (menus, contact details), kept while the content is unchanged."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.http import HttpRequest

Value = TypeVar("Value")

# The key in `request.META` under which the page cache says which version of the content a page is made from.
VERSION = "content.version"
# Far more than there are: a value for each menu, language and site.
MOST_VALUES = 1_000


class Values(dict[Hashable, Any]):
    """Values of one version of the content."""

    version: object = None


_values = Values()


def kept(request: HttpRequest | None, key: Hashable, compute: Callable[[], Value]) -> Value:
    """`compute()`, kept for later requests until content changes. All callers share one dictionary: name the app.

    Computed anew at each call where nothing tells of changes: in the admin, in commands, in tests without page cache.
    The value is shared by threads, so that callers may not change it.
    """
    version = request.META.get(VERSION) if request else None
    if version is None:
        return compute()
    values = _values_of(version)
    if key not in values:
        values[key] = compute()
    value: Value = values[key]
    return value


def _values_of(version: object) -> Values:
    """Those of this version. Those of another one are dropped: they are old, or this request is and soon over."""
    global _values
    if _values.version != version or len(_values) > MOST_VALUES:
        fresh = Values()
        fresh.version = version
        _values = fresh
    return _values
