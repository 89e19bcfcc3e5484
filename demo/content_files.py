"""The demo content as it is written: one TOML file a page and language, the same structure in each language."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"
RECORDINGS = CONTENT / "recordings"
SOURCE = "sv"

Piece = dict[str, Any]


@cache
def read(language: str, name: str) -> Piece:
    """The piece `name` ("providers/nour-issa") in one language; {} if it is not written in it."""
    file = CONTENT / language / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def names(folder: str) -> list[str]:
    """The pieces of a folder, in a fixed order."""
    return sorted(f"{folder}/{file.stem}" for file in (CONTENT / SOURCE / folder).glob("*.toml"))


def snippets(language: str) -> dict[str, dict[str, Piece]]:
    """Kind ("categories", "places", …) → key → fields, gathered from all `snippets*.toml`."""
    gathered: dict[str, dict[str, Piece]] = {}
    for file in sorted((CONTENT / language).glob("snippets*.toml")):
        for kind, pieces in tomllib.loads(file.read_text(encoding="utf-8")).items():
            gathered.setdefault(kind, {}).update(pieces)
    return gathered
