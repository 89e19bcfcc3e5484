"""Reads the demo's content files: a TOML file for each page and language, with the same structure in each language."""

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
    """The content file `name` ("providers/nour-issa") in one language; {} if there is none."""
    file = CONTENT / language / f"{name}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


def names(folder: str) -> list[str]:
    """The names of the content files in a folder, sorted."""
    return sorted(f"{folder}/{file.stem}" for file in (CONTENT / SOURCE / folder).glob("*.toml"))


def snippets(language: str) -> dict[str, dict[str, Piece]]:
    """Kind ("categories", "places", …) → key → fields, from all `snippets*.toml` of a language."""
    gathered: dict[str, dict[str, Piece]] = {}
    for file in sorted((CONTENT / language).glob("snippets*.toml")):
        for kind, pieces in tomllib.loads(file.read_text(encoding="utf-8")).items():
            gathered.setdefault(kind, {}).update(pieces)
    return gathered
