"""collectstatic, run only when a source has changed: it takes many seconds, comparing sizes and times hundredths."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather_static_files() -> bool:
    """Bring STATIC_ROOT up to date. Returns whether anything had changed."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    storage, sources = settings.STORAGES["staticfiles"], state_of_sources()
    before = json.loads(stamp.read_text()) if root.is_dir() and stamp.is_file() else {}
    if before == {"storage": storage, "sources": sources}:
        return False
    # Deleted first: a kill in the middle leaves no stamp on an incomplete folder.
    stamp.unlink(missing_ok=True)
    delete_changed(root, before.get("sources", {}), sources)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(json.dumps({"storage": storage, "sources": sources}))
    return True


def state_of_sources() -> dict[str, Any]:
    """Size and time of each source file, by its name in STATIC_ROOT."""
    found: dict[str, Any] = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            # Where two have the same name, collectstatic takes the first.
            found.setdefault(str(Path(getattr(storage, "prefix", "") or "", name)), [file.st_size, file.st_mtime_ns])
    return found


def delete_changed(root: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    """Delete the copies of changed sources.

    collectstatic skips a copy that is newer than its source, in whole seconds: a change right after the last run, or
    an older version put back, would be missed.
    """
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            (root / name).unlink(missing_ok=True)
