"""What CustomImage does beyond Wagtail's own: it stores clean pictures; a size that cannot be made breaks no page."""

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
# What the log has been told of by this process, until it can be made again.
told: set[tuple[Any, ...]] = set()


class PictureFieldFile(WagtailImageFieldFile):
    """A file that is cleaned as it is stored: by a form, by `image.save()`, by `image.file.save(…)`."""

    def get_image_dimensions(self) -> tuple[int, int]:
        """From the file's header. Wagtail's decodes the picture for them."""
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
def made_or_told(image: Any, *filters: Filter | str) -> Iterator[None]:
    """Whatever stops a size from being made becomes SourceImageIOError, which Wagtail's own pages are ready for.

    No original or a damaged one, a folder that cannot be written, a full disk: logged once, and tried again each time.
    """
    key = (image.pk, *(str(getattr(filter, "spec", filter)) for filter in filters))
    try:
        yield
    except (InvalidFilterSpecError, DatabaseError):
        raise
    except Exception as error:  # Pillow raises what its decoders do
        if key not in told:
            told.add(key)
            logger.exception("Image %s (%s) cannot be made in the sizes %s", image.pk, image.file.name, key[1:])
        raise SourceImageIOError(str(error)) from error
    told.discard(key)


def check_room() -> None:
    """Raise OSError where no size can be stored, before one is made: each view of a page would take seconds in vain."""
    folder = Path(default_storage.path("images"))
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryFile(dir=folder) as file:
        file.write(bytes(65536))


def renditions(image: Any, spec: str) -> dict[str, Any] | None:
    """The sizes of a picture, as Wagtail's `{% picture %}` names them; None where there is none, or one is missing."""
    if not image:
        return None
    try:
        made: dict[str, Any] = image.get_renditions(*Filter.expand_spec(spec))
    except SourceImageIOError:
        return None
    return made
