"""Wagtail's API, version 3: not loaded unless it is installed. The table of patches: core/patches/__init__.py."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType, SimpleNamespace
from typing import Any

from django.apps import apps

API = re.compile(r"wagtail\.(\w+\.)*api\.v3(\.\w+)*")


def _ignore(*args: Any) -> None:
    pass


class _EmptyApi(MetaPathFinder, Loader):
    """Gives modules that have the names by which `ready()` of Wagtail's apps registers with the API, and no more.

    A release that asks for another name there fails at once, with an ImportError.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self, is_package=True) if API.fullmatch(fullname) else None

    def exec_module(self, module: ModuleType) -> None:
        vars(module).update(api=SimpleNamespace(add_router=_ignore), router=None, register_content_types=_ignore)


def patch_unused_api() -> None:
    """Load no schemas of an API that has no address: they took 13 MB in each process.

    Redirects, snippets, images and documents register with it whether or not "wagtail.api.v3" is installed.
    """
    if not apps.is_installed("wagtail.api.v3"):
        sys.meta_path.insert(0, _EmptyApi())
