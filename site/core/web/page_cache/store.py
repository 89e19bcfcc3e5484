"""Kept answers, bounded in bytes: the one that was not asked for longest goes first."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

import brotli

Headers = list[tuple[str, str]]

# What an entry costs besides bodies and headers, roughly: its key, of 4 kB at most (`wsgi.LONGEST`), and objects.
OVERHEAD = 6_000
GZIP_LEVEL, BROTLI_QUALITY = 6, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A complete answer, ready in each coding: `bodies` and `headers` by "", "gzip" and "br"."""

    status: str
    etag: str
    bodies: dict[str, bytes]
    headers: dict[str, Headers]
    headers_not_modified: Headers
    size: int
    good_until: datetime


def make_entry(status: str, headers: Headers, body: bytes, good_until: datetime) -> Entry:
    """`headers`: those of the plain answer, without ETag, Content-Length and Content-Encoding."""
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    bodies = {"": body}
    if body and is_text(headers):
        bodies |= {
            "gzip": gzip.compress(body, GZIP_LEVEL, mtime=0),
            "br": brotli.compress(body, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY),
        }
    every = [*headers, ("ETag", etag)]
    return Entry(
        status,
        etag,
        bodies,
        {
            coding: [
                *every,
                *([("Content-Encoding", coding)] if coding else []),
                ("Content-Length", str(len(sent))),
            ]
            for coding, sent in bodies.items()
        },
        # RFC 9110, 15.4.5: what a 200 would have said of caching; the security headers are in the browser's copy.
        [
            (name, value)
            for name, value in every
            if name.lower() in {"etag", "cache-control", "vary", "content-location"}
        ],
        sum(map(len, bodies.values())) + 3 * sum(len(name) + len(value) for name, value in headers) + OVERHEAD,
        good_until,
    )


def is_text(headers: Headers) -> bool:
    """Whether compression makes it smaller: of a picture it does not."""
    kind = next((value for name, value in headers if name.lower() == "content-type"), "")
    return kind.startswith("text/") or "json" in kind or "xml" in kind


@dataclass
class Part:
    """A share of the store with a bound of its own, so that searches do not push out pages."""

    limit: int
    entries: OrderedDict[object, Entry] = field(default_factory=OrderedDict)
    size: int = 0

    def keep(self, key: object, entry: Entry) -> None:
        """An answer larger than a sixteenth of the part is not kept."""
        if entry.size > self.limit // 16:
            return
        self.drop(key)
        self.entries[key] = entry
        self.size += entry.size
        while self.size > self.limit:
            _key, oldest = self.entries.popitem(last=False)
            self.size -= oldest.size

    def drop(self, key: object) -> None:
        if old := self.entries.pop(key, None):
            self.size -= old.size


class Store:
    """Answers of one version of the content. `version` is any value: entries of another one are gone."""

    def __init__(self, limit: int) -> None:
        """`limit`: bytes in all. A fifth is for filters, searches, redirects and pictures, a sixteenth for 404s."""
        self.limit = limit
        self.parts = {
            "page": Part(limit - limit // 5 - limit // 16),
            "other": Part(limit // 5),
            "404": Part(limit // 16),
        }
        self.version: object = None
        self._lock = Lock()

    def find(self, key: object, version: object, now: datetime) -> Entry | None:
        """The answer, if it is of this version and good by the clock. Of another version than before: all go."""
        with self._lock:
            if version != self.version:
                self._empty(version)
                return None
            for part in self.parts.values():
                if entry := part.entries.get(key):
                    if entry.good_until > now:
                        part.entries.move_to_end(key)
                        return entry
                    part.drop(key)
        return None

    def keep(self, part: str, key: object, entry: Entry, version: object) -> None:
        """Keep an answer that was made while `version` was the version; nothing if it is another one by now."""
        with self._lock:
            if version == self.version:
                for other in self.parts.values():
                    other.drop(key)
                self.parts[part].keep(key, entry)

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts.values())

    def _empty(self, version: object) -> None:
        for part in self.parts.values():
            part.entries.clear()
            part.size = 0
        self.version = version
