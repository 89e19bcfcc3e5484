"""Groups the blocks of a stream into sections of a page, for any order that an editor chooses.

`Meta.layout` of a block says where it is placed:

- `text`: in a reading column, shared with neighbours of the same layout.
- `aside`: beside the text before it, or else the next text.
- `wide` (the default): across the page.
- `wall`: on a painted wall, from edge to edge. It has a child block `wall`.
- `bleed`: from edge to edge, without a wall.

Two rules of the design hold for any choice: at most three different walls on a page, and two walls never touch
(components/sections.html leaves paper between them).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.text import slugify

WALLS_A_PAGE = 3
# Ids that the pages' templates use themselves.
FRAME_ANCHORS = frozenset({"main", "nav", "contents", "form", "gift", "when", "experiences", "found"})


@dataclass
class Part:
    """A block with the anchor of its heading, for the list of contents; empty without a heading."""

    block: Any
    anchor: str = ""


@dataclass
class Section:
    """Blocks that are shown together: a row across the page."""

    layout: str
    parts: list[Part] = field(default_factory=list)
    aside: list[Part] = field(default_factory=list)
    wall: str = ""

    @property
    def name(self) -> str:
        """The name of the first block, for a CSS class."""
        return str(self.parts[0].block.block.name) if self.parts else ""

    @property
    def is_split(self) -> bool:
        return bool(self.parts and self.aside)


def sections(blocks: Iterable[Any], walls: Sequence[str] = ()) -> list[Section]:
    """The sections of a stream, in order. `walls`: those that the page has already (the hero's)."""
    found: list[Section] = []
    for part in _anchored(blocks):
        _add(found, part)
    for section, wall in zip(
        (section for section in found if section.layout == "wall"),
        limit_walls([str(s.parts[0].block.value.get("wall") or "") for s in found if s.layout == "wall"], walls),
        strict=True,
    ):
        section.wall = wall
    return found


def reading(found: Iterable[Section]) -> list[Section]:
    """The same sections with all before the first wall in one reading column: for pages of mostly text."""
    first: list[Section] = []
    rest = list(found)
    while rest and rest[0].layout not in {"wall", "bleed"}:
        first.append(rest.pop(0))
    parts = [part for section in first for part in section.parts]
    aside = [part for section in first for part in section.aside]
    return [Section("text" if parts else "aside", parts, aside), *rest] if first else rest


def headings(found: Iterable[Section]) -> list[tuple[str, str]]:
    """(anchor, text) of every heading, for the list of contents."""
    return [
        (part.anchor, part.block.value["heading"])
        for section in found
        for part in (*section.parts, *section.aside)
        if part.anchor
    ]


def limit_walls(wanted: Sequence[str], used: Sequence[str] = ()) -> list[str]:
    """`wanted`, with at most WALLS_A_PAGE different ones: a further one is replaced by the least recently used."""
    seen = list(dict.fromkeys(wall for wall in used if wall))
    walls: list[str] = []
    for wish in wanted:
        wall = wish if wish in seen or len(seen) < WALLS_A_PAGE else seen[0]
        if wall in seen:
            seen.remove(wall)
        seen.append(wall)
        walls.append(wall)
    return walls


def layout_of(block: Any) -> str:
    return str(getattr(block.block.meta, "layout", "wide"))


def _anchored(blocks: Iterable[Any]) -> Iterator[Part]:
    used = set(FRAME_ANCHORS)
    for block in blocks:
        heading = block.value.get("heading") if hasattr(block.value, "get") else ""
        yield Part(block, _anchor(heading, used) if heading else "")


def _anchor(heading: str, used: set[str]) -> str:
    """The heading as an anchor, in any script, with a number if it is used already."""
    word = slugify(heading, allow_unicode=True) or "section"
    anchor, number = word, 2
    while anchor in used:
        anchor, number = f"{word}-{number}", number + 1
    used.add(anchor)
    return anchor


def _add(found: list[Section], part: Part) -> None:
    layout = layout_of(part.block)
    last = found[-1] if found else None
    if layout == "aside":
        _lay_beside(found, part)
    elif layout == "text" and last and (last.layout == "text" or (last.layout == "aside" and not last.parts)):
        last.layout = "text"
        last.parts.append(part)
    elif layout == "wide" and last and last.layout == "wide":
        last.parts.append(part)
    else:
        found.append(Section(layout, parts=[part]))


def _lay_beside(found: list[Section], part: Part) -> None:
    text = next((section for section in reversed(found) if section.layout in {"text", "aside"}), None)
    if text is None or (text.layout == "aside" and text is not found[-1]):
        text = Section("aside")
        found.append(text)
    text.aside.append(part)
