"""The demo's pictures: block prints of hands at work, made from the drawings in art/. No photo of a real person."""

from __future__ import annotations

from pathlib import Path

from demo.content_files import CONTENT

# The key that content files use, and the title in the picture library.
PICTURES = {
    "bread": "Händer lyfter ett tunt bröd från en het plåt",
    "pen": "En hand skriver med vasspenna",
    "varenyk": "Händer viker varenyky",
    "basket": "Händer flätar en korg",
    "coffee": "Händer häller kaffe ur en svart kanna",
    "oud": "Händer spelar oud vid en oljelampa",
    "kite": "Händer binder en drake",
    "table": "Ett långbord dukat med bröd, oliver och te, sett uppifrån",
}
# Where the hands are, in shares of width and height: what is cut off last.
FOCUS = (0.5, 0.6)
FOCUS_SIZE = 0.5


def picture_file(key: str) -> Path:
    """The file of a picture: PNG, or JPEG."""
    [file] = (CONTENT / "pictures").glob(f"{key}.*")
    return file
