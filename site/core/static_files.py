"""Static files, gathered only when one of them changed: gathering costs many seconds, a look at them few hundredths."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command


def gather_static_files() -> bool:
    """Bring STATIC_ROOT up to date; gives whether there was anything to do."""
    root = Path(settings.STATIC_ROOT)
    stamp = root.with_name(f"{root.name}.stamp")
    now = state_of_sources()
    if root.is_dir() and stamp.is_file() and stamp.read_text() == now:
        return False
    # Taken away first: a kill in the middle leaves no stamp on half a folder.
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(now)
    return True


def state_of_sources() -> str:
    """A digest that differs when any source, or the way they are stored, does."""
    digest = hashlib.sha256(repr(settings.STORAGES["staticfiles"]).encode())
    for line in sorted(_sources()):
        digest.update(line.encode(errors="surrogateescape"))
    return digest.hexdigest()


def _sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            file = Path(storage.path(name)).stat()
            yield f"{getattr(storage, 'prefix', '')}/{name} {file.st_size} {file.st_mtime_ns}\n"
