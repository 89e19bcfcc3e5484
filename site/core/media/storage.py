"""The storage of all uploads: public files below MEDIA_ROOT, the others below PRIVATE_MEDIA_ROOT.

Every way to store a file ends here (form, several at a time, chooser, avatar, code), so this is where a picture loses
what its camera wrote, if nothing before has taken care of it, and where a document or a file that still waits for its
form is kept apart from what the web server may hand out by itself.
"""

from __future__ import annotations

import posixpath
from errno import EDQUOT, ENOSPC
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage

from core.media.metadata import clean_picture, is_clean, is_picture
from core.media.recordings import blank_descriptions

# Documents are served by a view that checks whether their collection is private. `wagtail_uploads` has the files of
# Wagtail's form for several uploads, until the form is complete.
PRIVATE = {"documents", "wagtail_uploads"}
# Renditions: made of clean pictures.
RENDITIONS = "images"
# Folders that take pictures only.
PICTURES = {"original_images", "avatar_images"}
FULL = {ENOSPC, EDQUOT}


class MediaStorage(FileSystemStorage):
    """Stores each of Wagtail's folders below the public or the private root, and cleans what it stores."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        name = name or content.name
        folder = _folder(name)
        if folder != RENDITIONS and not is_clean(content) and (folder in PICTURES or is_picture(_as_file(content))):
            content = clean_picture(_as_file(content), name)
            name = content.name
        return super().save(name, content, max_length)

    def _save(self, name: str, content: Any) -> str:
        is_private = _folder(name) in PRIVATE
        try:
            storage: Any = _private() if is_private else super()
            saved: str = storage._save(name, content)
        except OSError as error:
            if error.errno in FULL:
                Path(self.path(name)).unlink(missing_ok=True)  # the part that fitted
            raise
        if is_private:
            blank_descriptions(self.path(saved))
        return saved

    def path(self, name: str) -> str:
        return _private().path(name) if _folder(name) in PRIVATE else super().path(name)

    def url(self, name: str | None) -> str:
        """Raises NotImplementedError for a private file: Wagtail then uses its own view."""
        if name and _folder(name) in PRIVATE:
            raise NotImplementedError("Only a view that asks who wants it serves this file.")
        return super().url(name)


def _private() -> FileSystemStorage:
    return _private_below(settings.PRIVATE_MEDIA_ROOT)


@cache
def _private_below(root: Path) -> FileSystemStorage:
    return FileSystemStorage(location=root)


def _folder(name: str) -> str:
    return posixpath.normpath(str(name).replace("\\", "/")).partition("/")[0]


def _as_file(content: Any) -> File[bytes]:
    """Django's storages take anything that can be read."""
    return content if isinstance(content, File) else File(content)
