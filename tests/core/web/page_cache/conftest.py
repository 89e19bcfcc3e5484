"""Each test has a version of its own: other tests publish beside it, in the same VAR_DIR."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.web.page_cache.version import content_version


@pytest.fixture(autouse=True)
def _a_version_of_its_own(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.VAR_DIR = tmp_path
    content_version.cache_clear()
    yield
    content_version.cache_clear()
