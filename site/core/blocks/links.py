"""Pages that a story links to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.models import Page


def pages_in(value: Any) -> Iterator[Page]:
    """The pages that a block's value holds at any depth, in order. Not the links inside rich text."""
    if isinstance(value, Page):
        yield value
    elif isinstance(value, StructValue):
        for child in value.values():
            yield from pages_in(child)
    elif isinstance(value, StreamValue):
        for block in value:
            yield from pages_in(block.value)
    elif isinstance(value, ListValue):
        for child in value:
            yield from pages_in(child)
