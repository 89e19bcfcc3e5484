"""Values and parts of pages that many pages are made from, kept while the content is unchanged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from django.http import HttpRequest

Value = TypeVar("Value")

# The key in `request.META` under which the page cache says which version of the content a page is made from, and
# until when it is right by the clock.
VERSION = "content.version"
# Bytes, roughly, that a process keeps. What was not asked for longest goes first.
MOST_BYTES = 8_000_000
# What is counted for a value that does not say its `size`: a menu, the site's contact details, 1 to 10 kB each.
USUAL_SIZE = 6_000


class Values:
    """Values of one version of the content, by key."""

    def __init__(self, version: object = None) -> None:
        self.version = version
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, key: Hashable, missing: object) -> Any:
        with self._lock:
            if key not in self._values:
                return missing
            self._values.move_to_end(key)
            return self._values[key]

    def keep(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._bytes += size_of(value) - (size_of(self._values[key]) if key in self._values else 0)
            self._values[key] = value
            while self._bytes > MOST_BYTES and self._values:
                _key, dropped = self._values.popitem(last=False)
                self._bytes -= size_of(dropped)


_values = Values()
_missing = object()


def kept(request: HttpRequest | None, key: Hashable, compute: Callable[[], Value]) -> Value:
    """`compute()`, kept for later requests until content changes. All callers share one dictionary: name the app.

    Computed anew at each call where nothing tells of changes: in the admin, in commands, in tests without page cache.
    The value is shared by threads, so that callers may not change it.
    """
    version = version_of(request)
    if version is None:
        return compute()
    values = _values_of(version)
    value: Value = values.get(key, _missing)
    if value is _missing:
        value = compute()
        values.keep(key, value)
    return value


def version_of(request: HttpRequest | None) -> object:
    """The version of the content that the page is made from; None where nothing tells of changes."""
    return request.META.get(VERSION) if request else None


def size_of(value: object) -> int:
    """Bytes, roughly: what it says itself (`size`), else a usual value; more for a long list of numbers."""
    size = getattr(value, "size", None)
    if isinstance(size, int):
        return size
    return max(USUAL_SIZE, 40 * len(value)) if isinstance(value, list) else USUAL_SIZE


def _values_of(version: object) -> Values:
    """Those of this version. Those of another one are dropped: they are old, or this request is and soon over."""
    global _values
    if _values.version != version:
        _values = Values(version)
    return _values
