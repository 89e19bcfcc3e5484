"""Blocks look right in any order an editor chooses."""

from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest

from core.blocks.sections import headings, limit_walls, sections


def block(layout: str, **value: Any) -> Any:
    meta = SimpleNamespace(layout=layout) if layout != "wide" else SimpleNamespace()
    return SimpleNamespace(block=SimpleNamespace(meta=meta, name=layout), value=value)


def shape(*layouts: str) -> list[str]:
    """`text+text|aside`: what stands in a section, and what beside it."""
    found = sections(block(layout) for layout in layouts)
    return [
        "+".join(part.block.block.name for part in section.parts)
        + ("|" + "+".join(part.block.block.name for part in section.aside) if section.aside else "")
        for section in found
    ]


@pytest.mark.parametrize(
    ("layouts", "expected"),
    [
        (["text", "text"], ["text+text"]),
        (["text", "aside", "aside"], ["text|aside+aside"]),
        (["text", "aside", "text"], ["text+text|aside"]),
        (["aside", "text"], ["text|aside"]),
        (["aside", "aside"], ["|aside+aside"]),
        (["wide", "wide"], ["wide+wide"]),
        (["wide", "aside", "wide"], ["wide", "|aside", "wide"]),
        (["wall", "wall"], ["wall", "wall"]),
        (["text", "wall", "text"], ["text", "wall", "text"]),
        (["text", "bleed", "aside"], ["text|aside", "bleed"]),
        (["text", "wall", "aside", "text", "aside"], ["text|aside", "wall", "text|aside"]),
        (["aside", "wall", "aside"], ["|aside", "wall", "|aside"]),
        (["aside", "wall", "text"], ["|aside", "wall", "text"]),
        ([], []),
    ],
)
def test_blocks_gather_with_their_like(layouts, expected):
    assert shape(*layouts) == expected


def test_an_editor_gets_the_walls_that_were_chosen():
    assert limit_walls(["ros", "mossa", "ros"], ["himmel"]) == ["ros", "mossa", "ros"]


@pytest.mark.parametrize(
    ("hero", "hung"),
    [
        ("himmel", ["ros", "mossa", "himmel", "ros", "himmel", "ros"]),
        ("", ["ros", "mossa", "vau", "ros", "mossa", "ros"]),
        ("ros", ["ros", "mossa", "vau", "ros", "mossa", "ros"]),
    ],
)
def test_a_page_has_three_different_walls_and_no_fourth(hero, hung):
    wishes = ["ros", "mossa", "vau", "lin", "himmel", "ros"]
    assert limit_walls(wishes, [hero]) == hung
    assert len({*hung, hero} - {""}) == 3


def test_a_wall_too_many_becomes_another_than_its_neighbours():
    wishes = ["ros", "mossa", "vau", "lin", "himmel"]
    hung = limit_walls(wishes, ["himmel"])
    assert len(hung) == len(wishes)
    assert all(first != second for first, second in pairwise(["himmel", *hung]))


def test_the_walls_of_a_stream_are_hung():
    found = sections([block("wall", wall="ros"), block("text"), block("wall", wall="lin")], ["vau"])
    assert [section.wall for section in found] == ["ros", "", "lin"]


def test_headings_lead_to_anchors_in_any_script_and_never_to_the_same():
    found = sections(
        block("text", heading=words) for words in ["Du frågar", "كيف تسير الأمور", "Du frågar", "", "Main"]
    )
    assert headings(found) == [
        ("du-frågar", "Du frågar"),
        ("كيف-تسير-الأمور", "كيف تسير الأمور"),
        ("du-frågar-2", "Du frågar"),
        ("main-2", "Main"),
    ]


def test_a_heading_never_takes_a_place_that_a_template_leads_to():
    found = sections(block("text", heading=words) for words in ["Form", "Gift", "When", "Experiences", "Found"])
    assert [anchor for anchor, _ in headings(found)] == ["form-2", "gift-2", "when-2", "experiences-2", "found-2"]
