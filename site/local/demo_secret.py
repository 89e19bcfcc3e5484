"""A secret key for the demo, made once and kept outside the repository."""

import secrets
from pathlib import Path

from local.processes import kept


def demo_secret(folder: Path) -> str:
    """The secret kept in `folder`; made there at the first call, readable by its owner only."""
    return kept(folder / "secret_key", lambda: secrets.token_urlsafe(50))
