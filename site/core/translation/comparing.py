"""What differs between two versions of a sentence, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

# A piece of a sentence, and whether the other version lacks it.
Piece = tuple[str, bool]


def differences(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both versions in pieces, which joined are the sentence again."""
    old, new = _words(before), _words(after)
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return (
        [("".join(old[start:end]), kind != "equal") for kind, start, end, _, _ in blocks if end > start],
        [("".join(new[start:end]), kind != "equal") for kind, _, _, start, end in blocks if end > start],
    )


def _words(sentence: str) -> list[str]:
    """Words, the spaces between them, and each other sign by itself."""
    return re.findall(r"\w+|\s+|[^\w\s]", sentence)
