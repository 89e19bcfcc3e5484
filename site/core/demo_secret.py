"""A secret key for the demo, made once and kept outside the repository."""

import os
import secrets
from pathlib import Path


def demo_secret(folder: Path) -> str:
    """The secret kept in `folder`; made there at the first call, readable by its owner only."""
    file = folder / "secret_key"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(handle, "w") as new:
        new.write(secrets.token_urlsafe(50))
    return file.read_text()
