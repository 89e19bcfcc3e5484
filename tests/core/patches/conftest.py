"""For each patch two kinds of tests: `test_PATCH_works…` with it, `test_PATCH_is_needed…` without it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.patches.originals import ORIGINALS


@pytest.fixture
def without_patch(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """`without_patch(Class, "method")`: the library's own is back, for this test."""

    def put_back(owner: Any, *names: str) -> None:
        for name in names:
            monkeypatch.setattr(owner, name, ORIGINALS[owner, name])

    return put_back
