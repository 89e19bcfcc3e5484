"""What the documentation names exists: files, folders and modules."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
DOCS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")], key=str)
ROOTS = ["", "site", "site/core", "experiences", "experiences/enquiries", "docs", "site/core/translation", "static"]
PATH = re.compile(r"`([\w./-]*[\w-]+(?:\.(?:py|html|css|js|toml|md|po)|/))`")
MODULE = re.compile(r"`((?:core|local|home|experiences|search|demo)(?:\.\w+)+)`")
HISTORY = {"CHANGELOG.md"}
NAMES = {
    file.name
    for folder in ("site", "home", "experiences", "search", "demo", "static", "tests", "docs", "locale")
    for file in (PROJECT / folder).rglob("*.*")
}
# Written by the running site, joined from other files, or a pattern.
NOT_FILES = re.compile(r"^(var|media|private|static|logs?|VAR_DIR|\.venv|wagtail_uploads)/|^css/site.css$|CODE|LANG|/$")
CHECK_ID = re.compile(r"core\.[EW]\d+")


def paths_in(doc: Path) -> list[str]:
    return [path for path in PATH.findall(doc.read_text()) if not NOT_FILES.search(path)]


def exists(path: str) -> bool:
    """Below one of ROOTS; a bare name anywhere: it is said beside its folder."""
    return any((PROJECT / root / path).exists() for root in ROOTS) or path in NAMES


def is_module(name: str) -> bool:
    """Whether a dotted name is a module of ours, or begins with one: `core.mail.outbox.put`."""
    parts = name.split(".")
    parent = "site" if parts[0] in ("core", "local") else ""
    names = [PROJECT / parent / "/".join(parts[:length]) for length in range(2, len(parts) + 1)]
    return any(file.is_dir() or file.with_suffix(".py").exists() for file in names)


@pytest.mark.parametrize("doc", [doc for doc in DOCS if doc.name not in HISTORY], ids=lambda doc: doc.name)
def test_files_and_modules_named_in_the_documentation_exist(doc):
    words = doc.read_text()
    missing = [path for path in paths_in(doc) if not exists(path)]
    missing += [name for name in MODULE.findall(words) if not (is_module(name) or CHECK_ID.fullmatch(name))]
    assert missing == []


def test_a_missing_file_or_module_is_found(tmp_path):
    (tmp_path / "a.md").write_text("See `site/core/nowhere.py` and `README.md`.")
    assert [path for path in paths_in(tmp_path / "a.md") if not exists(path)] == ["site/core/nowhere.py"]
    assert not is_module("core.nowhere.put")
    assert is_module("core.mail.outbox.put")
