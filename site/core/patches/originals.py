"""What the patches have replaced, so that the tests can ask whether each is still needed."""

from __future__ import annotations

import inspect
from typing import Any

# (Class or module, name of the attribute) → what stood there, unbound.
ORIGINALS: dict[tuple[Any, str], Any] = {}


def replace(owner: Any, name: str, new: Any) -> None:
    """Set an attribute of another library's class or module. AttributeError where it has none of that name."""
    ORIGINALS[owner, name] = inspect.getattr_static(owner, name)
    setattr(owner, name, new)
