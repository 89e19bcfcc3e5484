"""The walls between the rooms hold, and each was seen to fall when somebody climbs over it."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.named_modules import forbidden_in, modules

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
    ("site/core/web/client.py", "import config.settings.base", "Nothing imports"),
    ("site/local/processes.py", "import config.urls", "Nothing imports"),
    ("search/text.py", "import config.settings.base", "Nothing imports"),
    ("demo/logins.py", "import config.settings.demo", "Nothing imports"),
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


def test_a_class_of_fields_has_a_name_of_its_own():
    """A search for LineField finds one."""
    trees = [ast.parse(file.read_text()) for file in modules().values()]
    names = [node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    assert [name for name, count in Counter(names).items() if name.endswith("Field") and count > 1] == []


def test_no_function_is_longer_than_forty_lines():
    files = [*modules().values(), *(PROJECT / "tests").rglob("*.py")]
    functions = [
        (file.name, node.name, node.end_lineno - node.lineno + 1)
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [found for found in functions if found[2] > 40] == []


def lines(file: Path) -> int:
    return len(file.read_text().splitlines())


def test_a_file_can_be_read_in_one_sitting():
    """Migrations are written by Django."""
    code = {file: lines(file) for file in modules().values() if file.parent.name != "migrations"}
    tests = {file: lines(file) for file in (PROJECT / "tests").rglob("*.py")}
    long = [file.name for file, count in code.items() if count > 400]
    assert long + [file.name for file, count in tests.items() if count > 600] == []


# --- Imports by name ------------------------------------------------------------------------------------------------
# What may be named all the same: (module, name) → why.
NAMED = {
    ("core.blocks.sections", "experiences"): "the id of a heading",
    ("core.forms.choose_several", "search"): "the key of a text for the script",
    ("experiences.wagtail_hooks", "home"): "an icon",
    ("local.supervisor.plan", "demo"): "a folder whose files the prepared site is made from",
    ("core.web.bounds.numbers", "config.wsgi"): "the application that granian loads in a process of its own",
    (
        "home.models",
        "experiences.models.lists",
    ): "subpage_types: the tree is closed at both ends, by Django's lazy names",
    ("experiences.models.lists", "home.models"): "parent_page_types, likewise",
    ("experiences.enquiries.querysets", "experiences.enquiries.models"): "a subquery of a model that is built on these",
}
# A module, a line that names a higher or neighbouring one from there, and what it names.
NAMING = [
    # from app to app
    ("core.languages.table", 'import_module("home.models")', "home.models"),
    ("core.languages.table", 'import_module("experiences")', "experiences"),
    ("core.languages.table", 'import_module(".models", "experiences")', "experiences.models"),
    ("core.languages.table", 'load(name=".models", package="experiences")', "experiences.models"),
    ("core.languages.table", 'import_string(f"demo.{x}")', "demo."),
    ("core.languages.table", 'import_string(f"demo.log{x}")', "demo.log"),
    ("core.languages.table", 'import_string("demo." + x)', "demo."),
    ("core.languages.table", 'import_string("de" + "mo.logins")', "demo.logins"),
    ("core.languages.table", 'import_string("demo.%s" % x)', "demo."),
    ("core.languages.table", 'import_string("demo.{}".format(x))', "demo."),
    ("core.languages.table", 'exec("from experiences import models")', "experiences"),
    ("core.languages.table", 'apps.get_model("experiences", "ExperiencePage")', "experiences.models.experience"),
    ("core.languages.table", 'apps.get_model("experiences.ExperiencePage")', "experiences.models.experience"),
    ("core.languages.table", 'apps.get_model("enquiries", model_name=x)', "experiences.enquiries"),
    ("core.languages.table", 'apps.get_app_config("enquiries")', "experiences.enquiries"),
    ("core.languages.table", 'apps.get_model(f"enquiries.{x}")', "experiences.enquiries"),
    ("home.models", 'import_module("search.text")', "search.text"),
    ("local.processes", 'import_module("demo.logins")', "demo.logins"),
    # from room to room
    ("core.mail.caps", 'importlib.import_module("core.pages.models")', "core.pages.models"),
    ("core.mail.caps", 'import_module("..pages.models", __package__)', "core.pages.models"),
    ("core.mail.caps", 'import_module(".pages.models", "core")', "core.pages.models"),
    ("core.mail.caps", 'import_module(f"core.{x}")', "core."),
    ("core.mail.caps", 'import_module("core.contact.facts")', "core.contact.facts"),
    ("core.mail.caps", 'apps.get_model("core", "JobState")', "core.jobs.models"),
    ("core.mail.caps", 'apps.get_model("core.JobState")', "core.jobs.models"),
    ("experiences.permissions", 'import_module("experiences.withdrawal")', "experiences.withdrawal"),
    ("experiences.rules", 'apps.get_model("enquiries", "Enquiry")', "experiences.enquiries.models"),
    (
        "experiences.enquiries.services.spam",
        'x = "experiences.enquiries.inbox.words"',
        "experiences.enquiries.inbox.words",
    ),
    # to and from the frame
    ("core.mail.caps", 'import_module("config.settings.base")', "config.settings.base"),
    ("search.text", 'import_module("config.urls")', "config.urls"),
    ("config.settings.production", 'import_module("local.demo_secret")', "local.demo_secret"),
    ("config.settings.production", 'INSTALLED_APPS += ["local"]', "local"),
    ("config.settings.base", 'INSTALLED_APPS += ["demo"]', "demo"),
    ("config.urls", 'include("demo.urls")', "demo.urls"),
]
HARMLESS = [
    ("core.languages.table", '"""Of demo.logins."""'),  # words about the code
    ("core.languages.table", 'text = "Write to experiences@example.org. At home."'),
    ("core.mail.caps", 'key = f"core.mail.{x}"'),  # its own room
    ("core.jobs.registry", 'apps.get_model("core", "OutgoingMail")'),  # downwards
    ("core.mail.caps", 'reverse("enquiries:new")'),  # an address
    ("core.mail.caps", 'permission = "core.view_jobstate"'),
    ("config.settings.base", 'INSTALLED_APPS += ["experiences.enquiries"]'),
    ("config.settings.demo", 'INSTALLED_APPS += ["local"]'),
]


def test_no_string_names_a_module_that_its_file_may_not_import():
    found = {(module, name) for module, file in modules().items() for name in forbidden_in(module, file.read_text())}
    assert found - NAMED.keys() == set()
    assert NAMED.keys() - found == set(), "exceptions that nothing needs"


@pytest.mark.parametrize(("module", "line", "name"), NAMING)
def test_a_string_that_climbs_a_wall_is_seen(module, line, name):
    text = modules()[module].read_text()
    assert name not in forbidden_in(module, text)
    assert name in forbidden_in(module, f"{text}\n{line}\n")


@pytest.mark.parametrize(("module", "line"), HARMLESS)
def test_a_string_that_names_what_its_file_may_import_is_not(module, line):
    assert forbidden_in(module, line) == set()
