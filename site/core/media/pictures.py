"""Storing pictures without metadata, and renditions whose failure does not break a page."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

from django.core.files.storage import default_storage
from django.db import DatabaseError
from PIL import Image
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import Filter, SourceImageIOError, WagtailImageFieldFile
from wagtail.utils.file import hash_filelike

from core.media.metadata import clean_picture

logger = logging.getLogger(__name__)
# Renditions whose failure this process has logged, until they can be made again.
logged: set[tuple[Any, ...]] = set()


class PictureFieldFile(WagtailImageFieldFile):
    """Cleans a picture (metadata.py) whenever it is stored: by a form, `image.save()` or `image.file.save(…)`."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """Width and height from the file's header; Wagtail decodes the whole picture for it."""
        was_closed = self.closed
        self.open()
        try:
            return Image.open(self).size
        finally:
            self.close() if was_closed else self.seek(0)

    def save(self, name: str, content: Any, save: bool = True) -> None:
        picture = clean_picture(content, name)
        super().save(picture.name, picture, save=False)
        self.instance.file_size = picture.size
        self.instance.file_hash = hash_filelike(picture)
        if save:
            self.instance.save()


@contextmanager
def source_image_errors(image: Any, *filters: Filter | str) -> Iterator[None]:
    """Turn any failure to make a rendition into SourceImageIOError, which Wagtail's templates handle.

    A missing or damaged original, a read-only folder, a full disk: logged once, tried again at each request.
    """
    key = (image.pk, *(str(getattr(filter, "spec", filter)) for filter in filters))
    try:
        yield
    except (InvalidFilterSpecError, DatabaseError):
        raise
    except Exception as error:  # Pillow raises what its decoders do
        if key not in logged:
            logged.add(key)
            logger.exception("Image %s (%s) cannot be made in the sizes %s", image.pk, image.file.name, key[1:])
        raise SourceImageIOError(str(error)) from error
    logged.discard(key)


def check_writable() -> None:
    """Raise OSError if no rendition can be stored, before seconds are spent on making one."""
    folder = Path(default_storage.path("images"))
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        file.write(bytes(65536))


def renditions(image: Any, spec: str) -> dict[str, Any] | None:
    """The renditions of a picture for `{% picture_of %}`; None without a picture or after an error."""
    if not image:
        return None
    try:
        made: dict[str, Any] = image.get_renditions(*Filter.expand_spec(spec))
    except SourceImageIOError:
        return None
    return made
