"""Whether work has to be done again: a digest of what it is made from."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest_of(files: Iterable[Path], *facts: str) -> str:
    """Differs when a file came, went or changed (by size and time; nothing is read), or when a fact did."""
    lines = [f"{file} {(found := file.stat()).st_size} {found.st_mtime_ns}" for file in files]
    return hashlib.sha256("\n".join([*facts, *sorted(lines)]).encode(errors="surrogateescape")).hexdigest()
