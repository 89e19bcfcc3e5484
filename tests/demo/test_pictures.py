"""The demo's pictures: what a drawing may hold, what a picture weighs, and what someone who cannot see it is told."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import Image

from core.models import CustomImage
from demo import content_files as content
from demo.loader import load_pictures
from demo.pictures import PICTURES, picture_file

DRAWINGS = sorted((Path(__file__).parents[2] / "art").glob("*.svg"))
# A pattern is the cloth of a sleeve. No gradient, filter, image, script, text or foreign object.
SHAPES = {"svg", "style", "defs", "g", "path", "circle", "use", "pattern"}
LANGUAGES = ("sv", "en", "ar")
FILES = [
    "snippets-a",
    "snippets-b",
    *content.names("pages"),
    *content.names("providers"),
    *content.names("experiences"),
]
Way = tuple[str | int, ...]


def pictures_in(piece: Any, way: Way = ()) -> Iterator[tuple[str, Way]]:
    """Key of each picture in a content file, and the way to its alternative text."""
    if isinstance(piece, list):
        for place, part in enumerate(piece):
            yield from pictures_in(part, (*way, place))
    if isinstance(piece, dict):
        for name, alt in (("picture", "picture_alt"), ("portrait", "portrait_alt"), ("image", "alt")):
            if isinstance(piece.get(name), str):
                yield piece[name], (*way, alt)
        for name, part in piece.items():
            yield from pictures_in(part, (*way, name))


def at(piece: Any, way: Way) -> Any:
    for step in way:
        piece = piece[step]
    return piece


USES = [(file, key, way) for file in FILES for key, way in pictures_in(content.read("sv", file))]


def test_the_tests_below_have_drawings_and_uses_to_look_at():
    assert len(DRAWINGS) >= 7
    assert len(USES) >= 7


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_is_flat_shapes_of_its_own_and_nothing_from_elsewhere(drawing):
    elements = list(ElementTree.fromstring(drawing.read_text()).iter())
    assert {element.tag.partition("}")[2] for element in elements} <= SHAPES
    links = [value for element in elements for name, value in element.attrib.items() if name.endswith("href")]
    assert [link for link in links if not link.startswith("#")] == []
    assert re.findall(r"@import|url\((?!#)|opacity|\son\w+=", drawing.read_text()) == []


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_is_four_by_five_and_below_25_kb(drawing):
    assert ElementTree.fromstring(drawing.read_text()).get("viewBox") == "0 0 800 1000"
    assert drawing.stat().st_size < 25_000


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda file: file.stem)
def test_a_drawing_is_a_picture_of_the_demo(drawing):
    assert drawing.stem in PICTURES


@pytest.mark.parametrize("key", PICTURES)
def test_a_picture_is_large_enough_for_a_screen_and_light_enough_for_the_repository(key):
    file = picture_file(key)
    with Image.open(file) as picture:
        assert min(picture.size) >= 1000
        assert max(picture.size) <= 2000
    assert file.stat().st_size < 200_000


def test_no_picture_is_in_the_folder_or_the_list_without_being_shown():
    assert {file.stem for file in (content.CONTENT / "pictures").iterdir()} == set(PICTURES)
    assert {key for _, key, _ in USES} == set(PICTURES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("file", "key", "way"), USES)
def test_each_picture_is_told_in_each_language(language, file, key, way):
    told = at(content.read(language, file), way)
    assert told.strip()
    assert len(told) < 150
    if language != "sv":
        assert told != at(content.read("sv", file), way)


@pytest.mark.django_db
def test_the_focal_point_is_inside_each_picture_that_the_demo_uploads():
    load_pictures()
    images = CustomImage.objects.filter(title__in=PICTURES.values())
    assert images.count() == len(PICTURES)
    for image in images:
        focus = image.get_focal_point()
        assert 0 <= focus.left < focus.right <= image.width
        assert 0 <= focus.top < focus.bottom <= image.height
