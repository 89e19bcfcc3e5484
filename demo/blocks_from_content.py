"""Turns what stands in a content file into a StreamField's raw value, with block ids that never change.

The ids are made from the place of the block in its file. So the Swedish page and its twin in another language have the
same ids, and wagtail-localize can tell which translation belongs to which text.
"""

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

# Finds the id of what a content file calls by its key: (kind, key) -> primary key, or None if there is no such thing.
Finder = Callable[[str, str], int | None]


def stable_id(*parts: object) -> str:
    """The same id for the same place, on every machine."""
    return str(uuid5(NAMESPACE_URL, "/".join(str(part) for part in parts)))


class RawValues:
    """Raw values for one page. `place` names the page; `find` looks up pages and pictures."""

    def __init__(self, place: str, find: Finder) -> None:
        self.place = place
        self.find = find

    def stream(self, field: StreamField, entries: list[Any]) -> list[dict[str, Any]]:
        """Entries as written: `{"type": …, fields}`, or bare where the field has one kind of block."""
        children = field.stream_block.child_blocks
        only = next(iter(children)) if len(children) == 1 else ""
        return [
            self.block(children, only, entry, f"{self.place}/{field.name}/{number}")
            for number, entry in enumerate(entries)
        ]

    def block(self, children: dict[str, blocks.Block], only: str, entry: Any, at: str) -> dict[str, Any]:
        name = entry.get("type", only) if isinstance(entry, dict) else only
        value = {key: part for key, part in entry.items() if key != "type"} if isinstance(entry, dict) else entry
        return {"type": name, "value": self.value(children[name], value, at), "id": stable_id(at)}

    def value(self, block: blocks.Block, written: Any, at: str) -> Any:
        if isinstance(block, ImageBlock):
            return {"image": self.find("picture", written["image"]), "alt_text": written["alt"], "decorative": False}
        if isinstance(block, blocks.StructBlock):
            return self.struct(block, written, at)
        if isinstance(block, blocks.ListBlock):
            return [
                {"type": "item", "value": self.value(block.child_block, item, f"{at}/{n}"), "id": stable_id(at, n)}
                for n, item in enumerate(written)
            ]
        if isinstance(block, blocks.PageChooserBlock):
            return self.find("page", written)
        if isinstance(block, DocumentChooserBlock):
            return self.find("document", written)
        return written

    def struct(self, block: blocks.StructBlock, written: dict[str, Any], at: str) -> dict[str, Any]:
        parts = dict(written)
        if isinstance(block.child_blocks.get("image"), ImageBlock):  # a picture's words stand beside its key
            parts["image"] = {"image": parts.pop("image", ""), "alt": parts.pop("alt", "")}
        # A text that is left out is empty, as an editor's would be: wagtail-localize cannot read None.
        empty = {
            name: ""
            for name, child in block.child_blocks.items()
            if isinstance(child, (blocks.CharBlock, blocks.TextBlock))
        }
        return empty | {
            name: self.value(block.child_blocks[name], part, f"{at}/{name}")
            for name, part in parts.items()
            if name in block.child_blocks
        }
