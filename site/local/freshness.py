"""A digest of what something is made from: as long as it is equal, the work need not be done again."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(files: Iterable[Path], *values: str) -> str:
    """A SHA-256 that differs when a file came, went or changed (size or time; nothing is read), or when a value did."""
    lines = [f"{file} {(found := file.stat()).st_size} {found.st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join([*values, *sorted(lines)]).encode(errors="surrogateescape")).hexdigest()
