"""A secret key for the demo, made once and kept outside the repository."""

import secrets
from pathlib import Path

from local.processes import read_or_create


def demo_secret(folder: Path) -> str:
    """The secret stored in `folder`; made there at the first call, readable by its owner only."""
    return read_or_create(folder / "secret_key", lambda: secrets.token_urlsafe(50))
