"""Static files, gathered only when one of them changed: gathering costs many seconds, a look at them few hundredths."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather_static_files() -> bool:
    """Bring STATIC_ROOT up to date; gives whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    storage, sources = settings.STORAGES["staticfiles"], state_of_sources()
    before = json.loads(stamp.read_text()) if root.is_dir() and stamp.is_file() else {}
    if before == {"storage": storage, "sources": sources}:
        return False
    # Taken away first: a kill in the middle leaves no stamp on half a folder.
    stamp.unlink(missing_ok=True)
    forget_changed(root, before.get("sources", {}), sources)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(json.dumps({"storage": storage, "sources": sources}))
    return True


def state_of_sources() -> dict[str, Any]:
    """Size and time of each source, by the name that it is gathered under."""
    found: dict[str, Any] = {}
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            # Where two have the same name, collectstatic takes the first.
            found.setdefault(str(Path(getattr(storage, "prefix", "") or "", name)), [file.st_size, file.st_mtime_ns])
    return found


def forget_changed(root: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    """collectstatic keeps a copy that is younger than its source, by whole seconds: a change right after the last
    gathering, or an older version put back, would stay unseen."""
    for name in before.keys() | now.keys():
        if before.get(name) != now.get(name):
            (root / name).unlink(missing_ok=True)
