"""The interface's words: locale/LANG/LC_MESSAGES/*.po, compiled without gettext's tools.

What is compiled is not in the repository: every start compiles what is missing or out of date, so that a fresh
clone, an edited catalogue and a change of branch all show the right words, whatever command comes first.
"""

import logging
import os
from collections.abc import Iterable
from pathlib import Path

import polib

logger = logging.getLogger(__name__)


def compile_stale(folders: Iterable[Path | str]) -> list[Path]:
    """Compile the catalogues below these locale folders that need it; gives those compiled.

    A catalogue that cannot be read, or a folder that cannot be written, is logged and leaves the words as they
    were: broken words must not keep the command from starting that mends them.
    """
    done = []
    for catalogue in stale(folders):
        try:
            compile_catalogue(catalogue)
        except (OSError, UnicodeDecodeError) as error:  # polib raises OSError for a syntax error too
            logger.error("Not compiled: %s (%s)", catalogue, error)
        else:
            done.append(catalogue)
    return done


def stale(folders: Iterable[Path | str]) -> list[Path]:
    """Catalogues whose compiled file is missing, or was made from another version of them."""
    catalogues = (file for folder in folders for file in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")))
    return [catalogue for catalogue in catalogues if not is_fresh(catalogue)]


def is_fresh(catalogue: Path) -> bool:
    """Equal times, not newer ones: an older catalogue put back is another version too."""
    try:
        return compiled(catalogue).stat().st_mtime_ns == catalogue.stat().st_mtime_ns
    except FileNotFoundError:
        return False


def compile_catalogue(catalogue: Path) -> None:
    """Write the .mo in one move: several processes may start at once, and none may read half a file."""
    version = catalogue.stat()
    new = catalogue.with_name(f".{catalogue.stem}.{os.getpid()}.mo")
    try:
        polib.pofile(str(catalogue), encoding="utf-8").save_as_mofile(str(new))
        os.utime(new, ns=(version.st_atime_ns, version.st_mtime_ns))
        new.replace(compiled(catalogue))
    finally:
        new.unlink(missing_ok=True)


def compiled(catalogue: Path) -> Path:
    """Where gettext looks for the compiled words."""
    return catalogue.with_suffix(".mo")
