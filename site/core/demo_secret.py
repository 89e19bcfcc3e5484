"""A secret key for the demo, made once and kept outside the repository."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def demo_secret(folder: Path) -> str:
    """The secret kept in `folder`; made there at the first call, readable by its owner only.

    Whole or not at all: an empty key, left by a kill in the middle, would keep the site from ever starting again.
    """
    file = folder / "secret_key"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret_key.{os.getpid()}"
        draft.touch(0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with suppress(FileExistsError):  # Of several processes that start at once, the first decides.
            os.link(draft, file)
        draft.unlink()
    return file.read_text()
