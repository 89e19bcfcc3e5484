"""The modules that a file names in its strings, and whether the contracts of pyproject.toml forbid it to.

import-linter reads import statements only. A string may import as well: `import_module("demo.logins")`,
`apps.get_model("experiences", "ExperiencePage")`, a setting that Django loads. Here each string counts that names a
module, an app or a model, whatever is done with it. A name that is put together from a variable is seen by its
beginning; one whose beginning is a variable, or that is joined from a list, is not.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.util import resolve_name
from pathlib import Path
from typing import NamedTuple

from django.apps import apps

PROJECT = Path(__file__).resolve().parents[1]
FOLDERS = ["site/config", "site/core", "site/local", "home", "experiences", "search", "demo"]
LINTER = tomllib.loads((PROJECT / "pyproject.toml").read_text())["tool"]["importlinter"]
# A settings file names apps and URLs in strings, because Django asks for strings: what this contract says by its name.
OF_IMPORTS_ONLY = "The frame names apps and imports none"


class Name(NamedTuple):
    """What a string names. `is_open`: only its beginning is known, so that it may be any module that begins so."""

    target: str
    is_open: bool = False


def module_of(file: Path) -> str:
    """The dotted name of a file below the project's folder."""
    parts = file.with_suffix("").parts[file.parts[0] == "site" :]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Every module of ours → its file. A migration names the apps before it, by Django's rule: they are left out."""
    files = [file.relative_to(PROJECT) for folder in FOLDERS for file in sorted((PROJECT / folder).rglob("*.py"))]
    return {module_of(file): PROJECT / file for file in files if "migrations" not in file.parts}


# --- What a file names ----------------------------------------------------------------------------------------------
def folded(node: ast.AST) -> tuple[str, bool]:
    """The constant beginning of an expression, and whether more follows that only a running program knows."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value, False
    if isinstance(node, ast.JoinedStr):
        return joined(node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return joined([node.left, node.right])
    return "", True


def joined(nodes: list[ast.expr]) -> tuple[str, bool]:
    text = ""
    for node in nodes:
        more, is_open = folded(node)
        text += more
        if is_open:
            return text, True
    return text, False


def model_module(label: str) -> str:
    """The module that defines a model, for a label such as `experiences.ExperiencePage`; empty for other words."""
    app, _, model = label.partition(".")
    try:
        found = apps.get_model(app, model).__module__
    except (LookupError, ValueError):
        return ""
    return found if found in modules() else ""


def app_module(label: str) -> str:
    """The package of an app of ours (`enquiries` is experiences.enquiries), or a top package; else empty."""
    app = apps.app_configs.get(label)
    name = app.name if app else label
    return name if name in modules() else ""


def named_by(word: str) -> str:
    """What a dotted word names: a module, or something in one."""
    found = word
    while "." in found and found not in modules():
        found = found.rpartition(".")[0]
    return found if "." in found else model_module(word)


def of_text(text: str, *, is_open: bool = False) -> Iterator[Name]:
    """What one string names."""
    for word in re.findall(r"(?<![\w.])[a-z_]\w*(?:\.\w+)+", text):
        yield Name(named_by(word))
    for word in re.findall(r"^\s*(?:from|import)\s+(\w+)|^(\w+)$", text, re.MULTILINE):
        yield Name(app_module("".join(word)))
    # "demo.", "demo.%s" and "demo.{}" are beginnings too.
    if beginning := re.match(
        r"([a-z_][\w.]*)$" if is_open else r"([a-z_]\w*\.(?:[\w.]*(?=[%{])|(?:[\w.]*\.)?$))", text
    ):
        yield Name(beginning[1], is_open=True)
        yield Name(app_module(beginning[1].partition(".")[0]))


def of_call(call: ast.Call, package: str) -> Iterator[Name]:
    """What two strings name together: `import_module(".models", "experiences")`, `get_model("core", "User")`."""
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    first, second = [*(folded(node)[0] for node in given), "", ""][:2]
    if re.fullmatch(r"\.+[\w.]*", first):
        # A package in a variable is mostly the file's own: __package__.
        yield from of_text(resolve_name(first, second or package), is_open=folded(given[0])[1])
    elif first and second:
        yield Name(model_module(f"{first}.{second}"))


def docstrings(tree: ast.AST) -> set[int]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    bodies = [node.body for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def named_in(tree: ast.AST, package: str) -> set[Name]:
    """What the strings of a file name, docstrings aside. `package`: the file's own, for relative names."""
    docs, found = docstrings(tree), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found |= {*of_call(node, package)}
        if id(node) not in docs:
            text, is_open = folded(node)
            found |= {*of_text(text, is_open=is_open)}
    return {name for name in found if name.target}


# --- What the contracts say -----------------------------------------------------------------------------------------
def is_within(module: str, package: str) -> bool:
    return f"{module}.".startswith(f"{package}.")


def levels(contract: dict) -> dict[str, int]:
    """Room → its number from the top. Rooms with one number are beside each other."""
    return {room: number for number, rooms in enumerate(contract["layers"]) for room in rooms.split(" | ")}


def room(module: str, container: str) -> str:
    """The part of a container that a module is in; empty for the container itself and for modules elsewhere."""
    if container and not is_within(module, container):
        return ""
    return module.removeprefix(container).strip(".").partition(".")[0]


def climbs(source: str, target: str) -> bool:
    """Whether a layer contract lets no import go from source to target."""
    for contract in LINTER["contracts"]:
        if contract["type"] == "layers":
            level = levels(contract)
            for container in contract.get("containers", [""]):
                here, there = room(source, container), room(target, container)
                if here != there and {here, there} <= level.keys() and level[there] <= level[here]:
                    return True
    return False


def crosses(source: str, target: str) -> bool:
    """Whether a contract of forbidden imports names both."""
    return any(
        any(is_within(source, module) for module in contract["source_modules"])
        and any(is_within(target, module) for module in contract["forbidden_modules"])
        for contract in LINTER["contracts"]
        if contract["type"] == "forbidden" and contract["name"] != OF_IMPORTS_ONLY
    )


def is_forbidden(source: str, name: Name) -> bool:
    """Whether a contract forbids it. An open name is forbidden when one of the modules that it may be is."""
    targets = [module for module in modules() if module.startswith(name.target)] if name.is_open else [name.target]
    return any(climbs(source, target) or crosses(source, target) for target in targets)


def forbidden_in(module: str, text: str) -> set[str]:
    """The names in a module's text that its contracts forbid."""
    is_package = modules()[module].name == "__init__.py"
    package = module if is_package else module.rpartition(".")[0]
    return {name.target for name in named_in(ast.parse(text), package) if is_forbidden(module, name)}
