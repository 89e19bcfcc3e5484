"""Takes out of an uploaded picture what its camera wrote: where it was taken, when, with what, by whom.

JPEG renditions keep EXIF, and so does the original that anybody may fetch: hence at upload, before the file is stored.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from django.core.files.base import ContentFile
from PIL import Image

ORIENTATION = 0x0112
# How each format is written again: JPEG with its own tables, so that nothing is lost twice.
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": "keep", "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 92, "method": 4, "save_all": True},
    "AVIF": {"quality": 85},
    "GIF": {"save_all": True},
}


def without_metadata(file: IO[bytes], name: str) -> ContentFile[bytes]:
    """The same picture with its colour profile and the way it is turned, and nothing else.

    A format that we do not know is given back as it is: the upload form refuses it anyway.
    """
    file.seek(0)
    picture = Image.open(file)
    options = OPTIONS.get(picture.format or "")
    if options is None:
        file.seek(0)
        return ContentFile(file.read(), name=name)
    turned = Image.Exif()
    orientation = picture.getexif().get(ORIENTATION, 1)
    if orientation != 1:
        turned[ORIENTATION] = orientation
    profile = picture.info.get("icc_profile")
    for key in ("exif", "xmp", "comment", "XML:com.adobe.xmp", "photoshop", "dpi"):
        picture.info.pop(key, None)
    if picture.format == "PNG":
        picture.load()  # a PNG's texts may stand behind its pixels
        picture.info = {key: value for key, value in picture.info.items() if key in {"transparency", "gamma"}}
    out = BytesIO()
    more = {} if picture.format == "GIF" else {"exif": turned.tobytes() if turned else b"", "icc_profile": profile}
    picture.save(out, picture.format, **options, **more)
    return ContentFile(out.getvalue(), name=name)
