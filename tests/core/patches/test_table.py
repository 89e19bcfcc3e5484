"""The table of patches is whole: each has its tests and its reason, and a release that nobody tried is told."""

from __future__ import annotations

import ast
import inspect
import re
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from core import patches
from core.patches.originals import ORIGINALS

PROJECT = Path(__file__).resolve().parents[3]
ROOMS = ["site", "home", "experiences", "search", "demo"]
LIBRARIES = ("django", "wagtail", "wagtail_localize", "modelcluster", "taggit", "treebeard")
ALL = [patch for library in patches.PATCHES.values() for patch in library]


def name_of(patch):
    return patch.apply.__name__


@pytest.mark.parametrize("patch", ALL, ids=name_of)
def test_each_patch_is_tested_with_it_and_without_it(patch):
    tests = import_module(patch.apply.__module__.replace("core.patches.", "tests.core.patches.test_"))
    for kind in ("works", "is_needed"):
        assert any(name.startswith(f"test_{name_of(patch)}_{kind}") for name in vars(tests)), kind


@pytest.mark.parametrize("patch", ALL, ids=name_of)
def test_each_patch_says_why_and_names_its_issue_or_that_there_is_none(patch):
    assert patch.apply.__doc__
    assert re.search(r"\w/[\w-]+#\d+|^no upstream issue: ", patch.upstream)


@pytest.mark.parametrize(
    "library", [patches.django, patches.localize, patches.wagtail, patches.wagtail_api], ids=lambda file: file.__name__
)
def test_each_function_that_patches_is_in_the_table(library):
    functions = {value for name, value in vars(library).items() if name.startswith("patch_")}
    assert functions == {patch.apply for patch in ALL if patch.apply.__module__ == library.__name__}


def test_all_patches_are_applied_and_twice_is_once():
    before = {place: inspect.getattr_static(*place) for place in ORIGINALS}
    patches.apply_patches()
    assert {place: inspect.getattr_static(*place) for place in ORIGINALS} == before
    assert [place for place, original in ORIGINALS.items() if before[place] is original] == []


# --- Releases -------------------------------------------------------------------------------------------------------
def test_the_installed_releases_are_those_that_were_tried():
    assert patches.check_releases() == []


@pytest.mark.parametrize(
    ("library", "release", "file"),
    [
        ("wagtail", "8.1", "core.patches.wagtail"),
        ("wagtail-localize", "1.15.2", "core.patches.localize"),
        ("Django", "6.0b1", "core.patches.django"),
    ],
)
def test_another_release_is_a_warning_that_says_what_to_do(monkeypatch, library, release, file):
    installed = patches.version
    monkeypatch.setattr(patches, "version", lambda name: release if name == library else installed(name))
    (warning,) = patches.check_releases()
    assert warning.id == "core.W001"
    assert f"{library} {release}" in warning.msg
    assert file in warning.msg
    assert all(name_of(patch) in warning.msg for patch in patches.PATCHES[library])
    assert "tests/core/patches" in warning.hint
    call_command("check")  # a warning stops nothing


def test_a_bug_fix_release_is_taken_as_tried(monkeypatch):
    installed = patches.version
    monkeypatch.setattr(patches, "version", lambda name: f"{'.'.join(installed(name).split('.')[:2])}.99")
    assert patches.check_releases() == []


# --- Nowhere else ---------------------------------------------------------------------------------------------------
def changed_from_outside(source: str) -> list[int]:
    """Lines that assign to an attribute of what was imported from a library, or to an item of one."""
    tree = ast.parse(source)
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    foreign = {
        (alias.asname or alias.name).partition(".")[0]
        for node in imports
        for alias in node.names
        if (getattr(node, "module", None) or alias.name).partition(".")[0] in LIBRARIES
    }
    lines = []
    for node in ast.walk(tree):
        targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "setattr":
            targets = [SimpleNamespace(value=node.args[0])]
        for target in targets:
            owner = getattr(target, "value", None)
            while isinstance(owner, ast.Attribute | ast.Subscript):
                owner = owner.value
            if isinstance(owner, ast.Name) and owner.id in foreign:
                lines.append(node.lineno)
    return lines


@pytest.mark.parametrize(
    "line", ["Page.save = save", "hooks._hooks['x'] = []", "views.EditView.form_class = F", "setattr(Page, 'x', 1)"]
)
def test_a_patch_is_seen(line):
    assert changed_from_outside(f"from wagtail import hooks, views\nfrom wagtail.models import Page\n{line}") == [3]


def test_no_library_is_patched_elsewhere():
    found = []
    for room in ROOMS:
        for file in (PROJECT / room).rglob("*.py"):
            if file.parent != PROJECT / "site" / "core" / "patches":
                found += [f"{file.relative_to(PROJECT)}:{line}" for line in changed_from_outside(file.read_text())]
    assert found == []
