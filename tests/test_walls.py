"""The walls between the rooms hold, and each was seen to fall when somebody climbs over it."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
ROOMS = ["site", "home", "experiences", "search", "demo", "pyproject.toml"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the house, where a wall may be broken."""
    folder = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        source = PROJECT / room
        if source.is_dir():
            shutil.copytree(
                source, folder / room, ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")]
            )
        else:
            shutil.copy(source, folder)
    return folder


def check(folder):
    """What import-linter says of a folder: (did all contracts hold, its words)."""
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": "site:."},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def test_all_walls_stand(copy):
    held, words = check(copy)
    assert held, words


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("site/core/languages/table.py", "import home.models", "Floors"),
        ("site/core/languages/table.py", "import experiences.enquiries.models", "Floors"),
        ("site/local/processes.py", "import local.install", "Floors"),
        ("home/models.py", "import experiences.models", "Floors"),
        ("search/models.py", "import home.models", "Floors"),
        ("experiences/models.py", "import demo.models", "Floors"),
        ("experiences/rules.py", "import experiences.enquiries.models", "Inside the catalogue"),
        ("experiences/blocks.py", "import experiences.models", "Inside the catalogue"),
        ("site/config/urls.py", "import home.models", "The frame"),
    ],
)
def test_an_import_that_climbs_a_wall_is_seen(copy, file, line, contract):
    target = copy / file
    before = target.read_text()
    target.write_text(f"{before}\n{line}\n")
    try:
        held, words = check(copy)
    finally:
        target.write_text(before)
    assert not held
    broken = [row for row in words.splitlines() if " BROKEN" in row]
    assert any(row.startswith(contract) for row in broken), words
