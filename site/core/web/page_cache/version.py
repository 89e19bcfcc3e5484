"""The version of the content: eight bytes that all processes of one VAR_DIR share. It changes with each change."""

import mmap
import os
import time
from functools import cache
from pathlib import Path

from django.conf import settings

SIZE = 8


class ContentVersion:
    """Reads and advances the version in the file `path`, which is made where it is missing."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            os.truncate(file.fileno(), SIZE)
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), SIZE)

    def read(self) -> bytes:
        return self._bytes[:SIZE]

    def advance(self) -> None:
        """Change it. Two processes that write at once leave a value that neither of their readers has seen."""
        self._bytes[:SIZE] = time.time_ns().to_bytes(SIZE, "little")


@cache
def content_version() -> ContentVersion:
    """The version that this process shares with its neighbours: those with the same VAR_DIR."""
    return ContentVersion(settings.VAR_DIR / "run" / "content-version")
