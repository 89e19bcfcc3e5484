"""The walls between the rooms hold, and each was seen to fall when somebody climbs over it."""

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
COPIED = ["site", "home", "experiences", "search", "demo", "pyproject.toml"]


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A copy of the house, where a wall may be broken."""
    folder = tmp_path_factory.mktemp("house")
    for name in COPIED:
        source = PROJECT / name
        if source.is_dir():
            shutil.copytree(
                source, folder / name, ignore=lambda _, names: [n for n in names if "." in n and not n.endswith(".py")]
            )
        else:
            shutil.copy(source, folder)
    return folder


# A file, an import that climbs a wall from there, and the contract that forbids it.
CLIMBING = [
    ("site/core/languages/table.py", "import home.models", "Floors"),
    ("site/core/languages/table.py", "import experiences.enquiries.models", "Floors"),
    ("site/core/web/client.py", "import local.processes", "Floors"),
    ("site/local/processes.py", "import demo.logins", "Floors"),
    ("home/models.py", "import experiences.models", "Floors"),
    ("search/models.py", "import home.models", "Floors"),
    ("experiences/models/dates.py", "import demo.models", "Floors"),
    ("site/core/languages/table.py", "import core.blocks.choices", "Inside core"),
    ("site/core/blocks/choices.py", "import core.design.weave", "Inside core"),
    ("site/core/blocks/choices.py", "import core.media.metadata", "Inside core"),
    ("site/core/mail/outbox.py", "import core.jobs.registry", "Inside core"),
    ("site/core/contact/facts.py", "import core.translation.reading", "Inside core"),
    ("site/core/translation/slugs.py", "import core.pages.permissions", "Inside core"),
    ("site/core/pages/permissions.py", "import core.patches.localize", "Inside core"),
    ("site/core/jobs/registry.py", "import core.signals", "Inside core"),
    ("site/core/patches/localize.py", "import core.models", "Inside core"),
    ("site/core/signals.py", "import core.apps", "Inside core"),
    ("experiences/states.py", "import experiences.querysets", "Inside the catalogue"),
    ("experiences/querysets.py", "import experiences.selectors", "Inside the catalogue"),
    ("experiences/selectors.py", "import experiences.models", "Inside the catalogue"),
    ("experiences/models/provider.py", "import experiences.permissions", "Inside the catalogue"),
    ("experiences/permissions.py", "import experiences.withdrawal", "Inside the catalogue"),
    ("experiences/withdrawal.py", "import experiences.wagtail_hooks", "Inside the catalogue"),
    ("experiences/rules.py", "import experiences.enquiries.models", "Inside the catalogue"),
    ("experiences/enquiries/states.py", "import experiences.enquiries.querysets", "Inside enquiries"),
    ("experiences/enquiries/promise.py", "import experiences.enquiries.models", "Inside enquiries"),
    ("experiences/enquiries/models.py", "import experiences.enquiries.mails", "Inside enquiries"),
    ("experiences/enquiries/mails.py", "import experiences.enquiries.services.spam", "Inside enquiries"),
    ("experiences/enquiries/services/spam.py", "import experiences.enquiries.visitor.form", "Inside enquiries"),
    ("experiences/enquiries/visitor/form.py", "import experiences.enquiries.inbox.words", "Inside enquiries"),
    ("experiences/enquiries/inbox/words.py", "import experiences.enquiries.urls", "Inside enquiries"),
    ("site/config/urls.py", "import home.models", "The frame"),
    ("site/config/settings/base.py", "import local.embedded_postgres", "Production"),
    ("site/config/settings/production.py", "import local.demo_secret", "Production"),
]
# A module that its contract does not know.
NEW_FILES = ["site/core/a_new_room.py", "experiences/a_new_file.py", "experiences/enquiries/a_new_file.py"]


def check(folder):
    """What import-linter says of a folder: (did all contracts hold, its words)."""
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [lint, "--no-cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": "site:.", "COLUMNS": "300"},  # no line is folded
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout + done.stderr


def broken_by(words):
    """Contract → the imports that it names, as `importer -> imported`."""
    broken = words.partition("Broken contracts")[2]
    parts = re.split(r"^([A-Z].*)\n-+$", broken, flags=re.MULTILINE)[1:]
    return {name: re.findall(r"([\w.]+ -> [\w.]+) \(l", text) for name, text in zip(*[iter(parts)] * 2, strict=True)}


def module(file):
    return file.removeprefix("site/").removesuffix(".py").replace("/", ".")


def test_all_walls_stand(copy):
    held, words = check(copy)
    assert held, words


@pytest.fixture(scope="module")
def climbed(copy):
    """What import-linter says when all of CLIMBING is done at once: contract → imports."""
    before = {file: (copy / file).read_text() for file, _, _ in CLIMBING}
    for file, line, _ in CLIMBING:
        with (copy / file).open("a") as opened:
            opened.write(f"\n{line}\n")
    held, words = check(copy)
    for file, text in before.items():
        (copy / file).write_text(text)
    assert not held
    return broken_by(words)


@pytest.mark.parametrize(("file", "line", "contract"), CLIMBING)
def test_an_import_that_climbs_a_wall_is_seen(climbed, file, line, contract):
    (imports,) = [imports for name, imports in climbed.items() if name.startswith(contract)]
    assert f"{module(file)} -> {line.removeprefix('import ')}" in imports


@pytest.mark.parametrize("file", NEW_FILES)
def test_a_module_that_no_contract_knows_is_seen(copy, file):
    """The linter stops at the first, so that each is tried alone."""
    (copy / file).touch()
    try:
        held, words = check(copy)
    finally:
        (copy / file).unlink()
    assert not held
    assert Path(file).stem in words


# --- Imports by name ------------------------------------------------------------------------------------------------
PACKAGES = {"core": "site", "local": "site", "home": ".", "experiences": ".", "search": ".", "demo": "."}
HIGHER = {
    "core": {"home", "experiences", "search", "demo", "local"},
    "home": {"experiences", "search", "demo", "local"},
    "experiences": {"home", "search", "demo", "local"},
    "search": {"home", "experiences", "demo", "local"},
    "local": {"demo"},
    "demo": {"local"},
}


def is_module(name):
    """Whether a string names a module of ours, or something in one: not a model's label, such as home.HomePage."""
    package, _, rest = name.partition(".")
    if package not in PACKAGES or not rest:
        return False
    first = PROJECT / PACKAGES[package] / package / rest.split(".")[0]
    return first.is_dir() or first.with_suffix(".py").exists()


def modules_named_in(tree):
    """Module names in the strings of a file, docstrings aside."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield from (name for name in re.findall(r"[a-z_]+(?:\.\w+)+", node.value) if is_module(name))


def imports_by_name():
    for package, parent in PACKAGES.items():
        for file in sorted((PROJECT / parent / package).rglob("*.py")):
            for name in modules_named_in(ast.parse(file.read_text())):
                if name.split(".")[0] in HIGHER[package] and "migrations" not in file.parts:
                    yield f"{file.relative_to(PROJECT)}: {name}"


def test_no_room_imports_a_higher_one_by_its_name_in_a_string():
    assert list(imports_by_name()) == []


def test_such_a_name_is_found():
    tree = ast.parse('"""Of demo.logins."""\nlogins = import_module("demo.logins").LOGINS\nparent = "home.HomePage"')
    assert list(modules_named_in(tree)) == ["demo.logins"]
