"""Makes a StreamField's raw value from the entries of a content file, with block ids that never change.

The ids are derived from the block's position in its file. So a Swedish page and the same page in another language have
equal ids, by which wagtail-localize matches texts and translations.
"""

from collections.abc import Callable
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

# Looks up what a content file refers to: (kind, key) -> primary key, or None.
Finder = Callable[[str, str], int | None]


def stable_id(*parts: object) -> str:
    """A UUID derived from `parts`: the same on every machine."""
    return str(uuid5(NAMESPACE_URL, "/".join(str(part) for part in parts)))


class RawValues:
    """Raw values for one page. `place`: the page's name, for the ids; `find`: looks up pages, pictures, documents."""

    def __init__(self, place: str, find: Finder) -> None:
        self.place = place
        self.find = find

    def stream(self, field: StreamField, entries: list[Any]) -> list[dict[str, Any]]:
        """The raw value of a field. Entries: `{"type": …, fields}`, or only the value if there is one kind of block."""
        children = field.stream_block.child_blocks
        only = next(iter(children)) if len(children) == 1 else ""
        return [
            self.block(children, only, entry, f"{self.place}/{field.name}/{number}")
            for number, entry in enumerate(entries)
        ]

    def block(self, children: dict[str, blocks.Block], only: str, entry: Any, at: str) -> dict[str, Any]:
        """The raw value of one entry. `only`: the kind of block if there is one; `at`: its position, for the id."""
        name = entry.get("type", only) if isinstance(entry, dict) else only
        value = {key: part for key, part in entry.items() if key != "type"} if isinstance(entry, dict) else entry
        return {"type": name, "value": self.value(children[name], value, at), "id": stable_id(at)}

    def value(self, block: blocks.Block, written: Any, at: str) -> Any:
        """The stored (JSON) form of a block's value as the content file writes it. `at`: its position, for ids."""
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
        """The raw value of a StructBlock. Its texts that the file leaves out are ""."""
        parts = dict(written)
        if isinstance(block.child_blocks.get("image"), ImageBlock):  # The alt text is written beside the picture's key.
            parts["image"] = {"image": parts.pop("image", ""), "alt": parts.pop("alt", "")}
        # As an editor's empty field: wagtail-localize fails on None.
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
