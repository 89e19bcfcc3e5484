"""Joins the layered files of `static/css/` into `css/site.css`, without a front-end build.

A staticfiles finder makes the file, so that runserver, the tests and collectstatic all use the same one. `css/main.css`
lists the files in their order.
"""

import os
import posixpath
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
IMPORT = re.compile(r'^@import "(?P<file>[^"]+)";$', re.MULTILINE)
# At the beginning of a line only: in a selector a space before or after a colon means something.
PROPERTY = re.compile(r"^(-{0,2}[a-z][\w-]*): ")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
URL = re.compile(r"""url\((?P<quote>["']?)(?P<path>\.\.?/[^)"']+)(?P=quote)\)""")


class StaticFilesFinder(FileSystemFinder):
    """The files of `static/`, with `css/site.css` instead of its parts; made again when a part has changed."""

    @property
    def source(self) -> Path:
        return Path(settings.STATICFILES_DIRS[0]) / "css"

    @property
    def parts(self) -> set[str]:
        """The files that are joined, and are not served by themselves."""
        main = (self.source / "main.css").read_text()
        return {"css/main.css", *(f"css/{match['file']}" for match in IMPORT.finditer(main))}

    @cached_property
    def made(self) -> FileSystemStorage:
        return FileSystemStorage(location=Path(settings.VAR_DIR) / "stylesheet")

    def find(self, path: str, find_all: bool = False) -> Any:
        if path in self.parts:
            return []
        if path != NAME:
            files: Any = super()
            return files.find(path, find_all=find_all)
        found = self._make()
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        yield from super().list([*(ignore_patterns or []), *self.parts])
        self._make()
        yield NAME, self.made

    def _make(self) -> str:
        target = Path(self.made.path(NAME))
        css = join(self.source)
        if not target.is_file() or target.read_text() != css:
            write(target, css)
        return str(target)


def join(folder: Path) -> str:
    """The content of the files that `main.css` imports, in order, with paths relative to `css/`, without comments."""
    main = (folder / "main.css").read_text()
    parts = [IMPORT.sub("", main)]
    for match in IMPORT.finditer(main):
        name = match["file"]
        parts.append(rebase((folder / name).read_text(), posixpath.dirname(name)))
    return squeeze("\n".join(parts))


def rebase(css: str, folder: str) -> str:
    """The CSS with relative URLs changed from `folder` to its parent."""

    def moved(match: re.Match[str]) -> str:
        return f'url("{posixpath.normpath(posixpath.join(folder, match["path"]))}")'

    return URL.sub(moved, css)


def squeeze(css: str) -> str:
    """Without comments, line breaks, and the space after a property. Else a space inside a line may mean something."""
    lines = [PROPERTY.sub(r"\1:", line.strip()) for line in COMMENT.sub("", css).splitlines()]
    # A line that ends in the middle of a selector or a value needs its space.
    return "".join(line if line[-1] in "{};," else f"{line} " for line in lines if line)


def write(target: Path, css: str) -> None:
    """In one move: a process beside this one sees the old sheet or the new one, never half of it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    draft.write_text(css)
    draft.replace(target)
