"""`with refused("untranslated"): page.save()`: the registry refuses, for this reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from core.pages.publishing import Refused


@contextmanager
def refused(*codes: str, match: str | None = None) -> Iterator[Any]:
    """Within it Refused is raised with exactly these codes. `match`: in its text."""
    with pytest.raises(Refused, match=match) as raised:
        yield raised
    assert sorted(refusal.code for refusal in raised.value.refusals) == sorted(codes)
