"""Puts exactly what the lists of requirements say into .venv: `make run` and `make test` begin with it.

    PYTHONPATH=site python3 -m local.install requirements.txt [requirements-dev.txt]

Needs no package. pip resolves nothing (`--no-deps`), as the lists are complete; `pip check` verifies that. A list that
is already installed takes no time.
"""

from __future__ import annotations

import fcntl
import filecmp
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from local.progress import say, step

PROJECT_DIR = Path(__file__).resolve().parents[2]
VENV = PROJECT_DIR / ".venv"
PYTHON = VENV / "bin" / "python"
LISTS = (PROJECT_DIR / "requirements.txt", PROJECT_DIR / "requirements-dev.txt")
# What a new virtual environment contains.
BUILT_IN = {"pip", "setuptools", "wheel"}
# Lines of pip's own output, each about one package; a dot is printed for every few of them.
ABOUT_A_PACKAGE = re.compile(r"Collecting |Processing |Requirement already satisfied")
PACKAGES_A_DOT = 5


class CannotInstall(Exception):
    """A program failed; the message is its output."""


def main(names: list[str]) -> int:
    """Exit code: 0 when all is installed, 1 with a message if that failed. A second process waits for the first."""
    (PROJECT_DIR / "var").mkdir(exist_ok=True)
    with (PROJECT_DIR / "var" / "install.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            make_venv()
            for name in names:
                install(PROJECT_DIR / name)
        except CannotInstall as error:
            say(str(error))
            return 1
    return 0


def make_venv() -> None:
    """A virtual environment of the Python that runs this, unless there is one that works."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0:
        return
    with step(".venv"):
        call([sys.executable, "-m", "venv", "--clear", str(VENV)])


def install(file: Path) -> None:
    """Install a list of requirements, unless the copy of it in .venv shows that it is installed already."""
    installed = VENV / file.name
    if installed.exists() and filecmp.cmp(file, installed, shallow=False):
        return
    installed.unlink(missing_ok=True)
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    with step(file.stem):
        call([*pip, "install", "--progress-bar", "off", "--no-deps", "--require-hashes", "-r", str(file)])
        if left := sorted(packages_installed(pip) - BUILT_IN - {name for one in LISTS for name in packages_of(one)}):
            call([*pip, "uninstall", "--yes", *left])
        call([*pip, "check"])
    shutil.copyfile(file, installed)


def packages_of(file: Path) -> Iterable[str]:
    """The packages that a list pins, by their normalised names (PEP 503)."""
    return re.findall(r"^([a-z0-9-]+)==", file.read_text(), re.MULTILINE)


def packages_installed(pip: list[str]) -> set[str]:
    lines = subprocess.run([*pip, "list", "--format=freeze"], capture_output=True, text=True, check=True).stdout
    return {re.sub(r"[-_.]+", "-", line.split("==")[0]).lower() for line in lines.splitlines()}


def call(command: list[str]) -> None:
    """Run a program; print a dot for every few packages in its output. Raises CannotInstall with that output."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=PROJECT_DIR)
    assert process.stdout is not None
    said, packages = [], 0
    for line in process.stdout:
        said.append(line)
        if ABOUT_A_PACKAGE.match(line):
            packages += 1
            if packages % PACKAGES_A_DOT == 0:
                say(".", end="")
    if process.wait():
        raise CannotInstall("".join(said))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
