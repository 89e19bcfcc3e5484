"""Erases what describes the recording in MP4 files (.mp4, .m4a): the place, and with it title and maker.

Telephones write the place into a box of its own (`©xyz`, `loci` or Apple's keys) beside the title and the maker's name.
Those boxes are overwritten where they stand: no offset in the file changes, and nothing is encoded anew. What they say
is for archives; no player needs it (ISO/IEC 14496-12: `free` boxes are skipped).
Not found: places within the recording itself, as action cameras and drones write them second by second.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

SUFFIXES = {".mp4", ".m4a"}
# Boxes that describe the recording, XMP (`uuid`) included; and the boxes that may contain them.
DESCRIPTIONS = {b"udta", b"meta", b"uuid"}
PARENTS = {b"moov", b"trak", b"mdia", b"moof", b"traf"}
CHUNK = 65536


class Box(NamedTuple):
    kind: bytes
    start: int
    content: int
    end: int


def blank_descriptions(path: str) -> None:
    """Overwrite the descriptive boxes of a stored recording. Other and truncated files are not changed."""
    if Path(path).suffix.lower() not in SUFFIXES:
        return
    with Path(path).open("r+b") as file:
        _blank(file, 0, os.fstat(file.fileno()).st_size)


def _blank(file: BinaryIO, start: int, end: int) -> None:
    for box in _boxes(file, start, end):
        if box.kind in DESCRIPTIONS:
            _overwrite(file, box)
        elif box.kind in PARENTS:
            _blank(file, box.content, box.end)


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes between two positions of the file, up to the first that is not valid."""
    while start + 8 <= end:
        file.seek(start)
        size, kind = struct.unpack(">I4s", file.read(8))
        content = start + 8
        if size == 1:  # the size is too large for its place, and follows
            size, content = int.from_bytes(file.read(8)), start + 16
        stop = start + size if size else end
        if not content <= stop <= end:
            return
        yield Box(kind, start, content, stop)
        start = stop


def _overwrite(file: BinaryIO, box: Box) -> None:
    file.seek(box.start + 4)
    file.write(b"free")
    file.seek(box.content)
    left = box.end - box.content
    while left:
        left -= file.write(bytes(min(left, CHUNK)))
