"""One stylesheet out of many, wherever static files are asked for."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from core.design import stylesheet

CSS = Path(settings.STATICFILES_DIRS[0]) / "css"


@pytest.fixture(scope="module")
def sheet() -> str:
    return stylesheet.join(CSS)


def test_every_layer_of_the_folder_is_in_the_sheet():
    named = {match["file"] for match in stylesheet.IMPORT.finditer((CSS / "main.css").read_text())}
    there = {str(file.relative_to(CSS)) for file in CSS.rglob("*.css")} - {"main.css"}
    assert named == {name for name in there if not name.startswith("admin/")}


def test_the_sheet_begins_with_the_order_of_the_layers_and_imports_nothing(sheet):
    assert sheet.startswith("@layer reset, tokens, base, layout, components, utilities, print;")
    assert "@import" not in sheet
    assert "/*" not in sheet
    assert "\n" not in sheet


def test_every_rule_stands_in_a_layer(sheet):
    depth, outside = 0, []
    for part in re.split(r"([{}])", sheet):
        if part == "{":
            depth += 1
        elif part == "}":
            depth -= 1
        elif depth == 0 and part.strip():
            outside.append(part.strip())
    assert depth == 0
    assert {rule.split()[0] for rule in outside} <= {"@layer", "@font-face"}


def test_every_address_in_the_sheet_is_a_file_of_ours(sheet):
    addresses = re.findall(r'url\("?([^)"]+)"?\)', sheet)
    assert addresses
    for address in addresses:
        assert (CSS / address).resolve().is_file(), address


def test_nothing_in_the_sheet_knows_left_from_right(sheet):
    """Arabic is read from the right: only logical sides."""
    found = re.findall(r"[;{]\s*((?:margin|padding|border|inset)?-?(?:left|right)[\w-]*)\s*:", sheet)
    assert found == []
    assert re.findall(r"(?:text-align|float|clear):\s*(?:left|right)", sheet) == []


def test_the_finder_gives_one_file_that_follows_its_sources(tmp_path, settings):
    static = tmp_path / "static"
    folder = static / "css"
    folder.mkdir(parents=True)
    (folder / "main.css").write_text('@layer base;\n@import "base.css";\n')
    (folder / "base.css").write_text("@layer base { a { color: red } }\n")
    settings.STATICFILES_DIRS, settings.VAR_DIR = [static], tmp_path / "var"
    (static / "robots.txt").write_text("")
    (folder / "admin.css").write_text("b { color: red }")
    finder = stylesheet.StaticFilesFinder()
    path = Path(finder.find(stylesheet.NAME))
    assert path.read_text() == "@layer base;@layer base { a { color: red } }"
    (folder / "base.css").write_text("@layer base { a { color: blue } }\n")
    gathered = {name: storage.open(name).read() for name, storage in finder.list([])}
    assert gathered == {
        "robots.txt": b"",
        "css/admin.css": b"b { color: red }",
        stylesheet.NAME: b"@layer base;@layer base { a { color: blue } }",
    }
    assert finder.find("css/base.css") == []
    assert finder.find("robots.txt") == str(static / "robots.txt")


def test_an_address_in_a_folder_below_is_rebased():
    assert stylesheet.rebase("a{b:url(../../patterns/edge.svg)}", "components") == 'a{b:url("../patterns/edge.svg")}'


def test_a_selector_over_two_lines_keeps_its_space():
    assert stylesheet.squeeze("a\n  b {\n c: d\n e;\n}\n") == "a b {c:d e;}"


def test_runserver_and_collectstatic_both_find_the_sheet():
    assert Path(finders.find("css/site.css")).read_text().startswith("@layer")


def test_the_fonts_stand_with_their_licence():
    assert (CSS.parent / "fonts" / "OFL.txt").is_file()
