"""What is installed is exactly the lists, and the lists are what pyproject.toml asks for."""

from __future__ import annotations

import base64
import hashlib
import re
import subprocess
import tomllib
import zipfile
from importlib.metadata import distributions, requires
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from local import install

PROJECT = Path(__file__).resolve().parents[1]
PINNED = re.compile(
    r"^(?P<name>\S+?)==(?P<version>\S+)(?: ; (?P<marker>[^\\\n]+?))? \\\n(?P<hashes>(?:    --hash=.*\n)+)", re.M
)


def listed(name: str) -> dict[str, str]:
    """Package → version, as far as this Python and system need it."""
    found = PINNED.finditer((PROJECT / name).read_text())
    return {row["name"]: row["version"] for row in found if not row["marker"] or Marker(row["marker"]).evaluate()}


def asked_for(*groups: str) -> list[Requirement]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    rows = [*project["dependencies"], *(row for group in groups for row in project["optional-dependencies"][group])]
    return [Requirement(row) for row in rows]


@pytest.mark.parametrize(("name", "groups"), [("requirements.txt", []), ("requirements-dev.txt", ["dev"])])
def test_a_list_holds_each_dependency_in_its_range_with_what_its_extras_need(name: str, groups: list[str]) -> None:
    have = listed(name)
    for asked in asked_for(*groups):
        assert asked.specifier.contains(have[canonicalize_name(asked.name)]), f"`make requirements`: {asked}"
        for extra in asked.extras:
            for row in map(Requirement, requires(asked.name) or []):
                if row.marker and row.marker.evaluate({"extra": extra}) and not row.marker.evaluate({"extra": ""}):
                    assert canonicalize_name(row.name) in have, f"{asked} needs {row.name}"


def test_the_tools_add_to_what_runs_the_site_and_change_nothing() -> None:
    assert listed("requirements.txt").items() <= listed("requirements-dev.txt").items()


def test_a_list_has_nothing_but_pins_with_hashes() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        rest = PINNED.sub("", (PROJECT / name).read_text())
        assert all(line.lstrip().startswith("#") for line in rest.splitlines()), rest


def test_what_is_installed_is_the_list() -> None:
    installed = {
        canonicalize_name(found.name): found.version
        for found in distributions()
        if "site-packages" in str(found.locate_file(""))
    }
    for name in install.BUILT_IN:
        installed.pop(canonicalize_name(name), None)
    assert installed == listed("requirements-dev.txt")


# --- The installer ----------------------------------------------------------------------------------------------------
def make_wheel(folder: Path, name: str, needs: str = "") -> str:
    """A package of one module; gives its row in a list."""
    file = folder / f"{name}-1.0-py3-none-any.whl"
    info = f"{name}-1.0.dist-info"
    about = f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n" + (f"Requires-Dist: {needs}\n" if needs else "")
    files = {
        f"{name}.py": "",
        f"{info}/METADATA": about,
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(words.encode()).digest()).rstrip(b'=').decode()},{len(words)}\n"
        for path, words in files.items()
    )
    with zipfile.ZipFile(file, "w") as wheel:
        for path, words in {**files, f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}.items():
            wheel.writestr(path, words)
    return f"{name}==1.0 \\\n    --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that has no .venv yet; packages come from its folder only."""
    for name, value in {
        "PROJECT_DIR": tmp_path,
        "VENV": tmp_path / ".venv",
        "PYTHON": tmp_path / ".venv/bin/python",
        "LISTS": (tmp_path / "requirements.txt", tmp_path / "requirements-dev.txt"),
    }.items():
        monkeypatch.setattr(install, name, value)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    (tmp_path / "requirements-dev.txt").touch()
    return tmp_path


def modules(project: Path) -> set[str]:
    found = subprocess.run(
        [project / ".venv/bin/python", "-m", "pip", "list", "--format=freeze"], capture_output=True, text=True
    )
    return {line.split("==")[0] for line in found.stdout.splitlines()} - install.BUILT_IN


def test_a_list_is_installed_as_it_is_and_what_left_it_goes(project: Path, capfd: Any) -> None:
    bread, salt = make_wheel(project, "bread"), make_wheel(project, "salt")
    packages = project / "requirements.txt"

    packages.write_text(bread + salt)
    assert install.main(["requirements.txt"]) == 0
    assert modules(project) == {"bread", "salt"}
    assert "Collecting" not in capfd.readouterr().out

    packages.write_text(salt)
    assert install.main(["requirements.txt"]) == 0
    assert modules(project) == {"salt"}
    capfd.readouterr()

    assert install.main(["requirements.txt"]) == 0
    assert capfd.readouterr().out == "", "nothing changed, so nothing is done or said"

    packages.write_text(salt + re.sub(r"sha256:\w+", f"sha256:{'0' * 64}", bread))
    assert install.main(["requirements.txt"]) == 1
    assert "DO NOT MATCH THE HASHES" in capfd.readouterr().out
    packages.write_text(salt + bread)
    assert install.main(["requirements.txt"]) == 0
    assert modules(project) == {"bread", "salt"}


def test_a_list_that_is_not_whole_is_refused(project: Path, capfd: Any) -> None:
    (project / "requirements.txt").write_text(make_wheel(project, "soup", needs="water"))
    assert install.main(["requirements.txt"]) == 1
    assert "soup 1.0 requires water, which is not installed." in capfd.readouterr().out
