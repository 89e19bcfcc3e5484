"""Makes an uploaded picture fit to be public: no metadata, upright, not too large, in a format that browsers show.

The picture is decoded and written anew from its pixels and its colour profile alone. So nothing else can be left, known
or unknown: EXIF, XMP, IPTC, comments, thumbnails, a second picture (MPO) or a film behind the end of the first one.
Wagtail keeps the EXIF of a JPEG in its renditions, and the original is public: hence before the file is stored
(`core.media.storage`, through which every file passes).
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image, JpegImagePlugin, UnidentifiedImageError
from pillow_heif import register_heif_opener

from core.media.memory import working_on_picture

register_heif_opener()

LONGEST_SIDE = 4000
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Options to write each format; other formats are not opened. A JPEG keeps its tables, so that little is lost twice.
OPTIONS: dict[str, dict[str, Any]] = {
    "JPEG": {"optimize": True, "progressive": True},
    "PNG": {},
    "WEBP": {"quality": 92, "method": 4},
    "AVIF": {"quality": 85, "speed": 10},  # 12 megapixels take a second; at the usual speed of 6, four
    "GIF": {},
}
READABLE = (*OPTIONS, "HEIF")
SUFFIXES = {
    "JPEG": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
    "AVIF": (".avif",),
    "GIF": (".gif",),
}

UNREADABLE = _("The picture cannot be read: the file is damaged or cut short. Save it again as JPEG or PNG.")
OTHER_KIND = _("The site cannot take a picture of this kind. Save it as JPEG or PNG, and choose that file.")
TOO_MANY_PIXELS = _("The picture has more than %(limit)s megapixels. Make it smaller, and choose it again.")
TOO_LARGE = _("The file is larger than %(limit)s. Make the picture smaller, and choose it again.")


class CleanPicture(ContentFile):  # type: ignore[type-arg]  # generic in the stubs only
    """The result of `clean_picture`: it holds no metadata, so a storage need not clean it again."""

    is_clean_picture = True


def clean_picture(file: File[bytes], name: str = "", *, longest_side: int = LONGEST_SIDE) -> File[bytes]:
    """A copy of the picture with its colour profile and no other metadata. A `CleanPicture` is returned unchanged.

    The suffix of its name may change: HEIC becomes JPEG. Of an animation only the first frame is decoded and stored,
    as Wagtail's renditions show no other.
    Raises ValidationError, worded for the form field, if the picture cannot be read or is too large.
    """
    if is_clean(file):
        return file
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        limit = filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
        raise ValidationError(TOO_LARGE, code="file_too_large", params={"limit": limit})
    with working_on_picture(), _open(file) as picture:
        try:
            data, format = _written_anew(picture, longest_side)
        except (
            Exception
        ) as error:  # Pillow raises what its decoders do: OSError, SyntaxError, ValueError, struct.error …
            raise ValidationError(UNREADABLE, code="invalid_image") from error
        finally:
            file.seek(0)  # a form that is shown again looks at it again
    return CleanPicture(data, name=_named(name or file.name or "", format))


def is_clean(file: object) -> bool:
    return getattr(file, "is_clean_picture", False)


def is_picture(file: File[bytes]) -> bool:
    """Whether its content is a picture, whatever its name is."""
    try:
        with _open(file):
            return True
    except ValidationError as error:
        return error.code == "file_too_many_pixels"


def clean_upload(upload: UploadedFile[Any]) -> None:
    """Clean an upload in place, in memory or in Django's temporary file.

    Not a copy: Wagtail's view for several pictures takes the file once more from `request.FILES`.
    """
    if is_clean(upload):
        return
    picture = clean_picture(upload)
    upload.seek(0)
    upload.truncate()
    upload.write(picture.read())
    upload.flush()
    upload.seek(0)
    upload.name, upload.size = picture.name, picture.size
    upload.is_clean_picture = True  # type: ignore[attr-defined]  # read by is_clean


def pixel_limit() -> dict[str, Any]:
    """For TOO_MANY_PIXELS."""
    return {"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}


def _open(file: File[bytes]) -> Image.Image:
    """The picture; only its header has been read."""
    source: IO[Any] = file
    file.seek(0)
    try:
        picture = Image.open(source, formats=READABLE)
    except Image.DecompressionBombError as error:
        raise ValidationError(TOO_MANY_PIXELS, code="file_too_many_pixels", params=pixel_limit()) from error
    except UnidentifiedImageError as error:
        raise ValidationError(OTHER_KIND, code="invalid_image") from error
    except Exception as error:
        raise ValidationError(UNREADABLE, code="invalid_image") from error
    finally:
        file.seek(0)
    if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="file_too_many_pixels", params=pixel_limit())
    return picture


def _written_anew(picture: Image.Image, longest_side: int) -> tuple[bytes, str]:
    """The bytes of the new file, and its format."""
    # A JPEG is decoded at 1/2, 1/4 or 1/8 where that is enough.
    picture.draft(None, _size_within(picture.size, longest_side))
    picture.load()
    format = _format(picture)
    options = OPTIONS[format] | _colours(picture, format)
    turn = UPRIGHT.get(_orientation(picture))
    if max(picture.size) > longest_side:
        picture = _smooth(picture)
        picture.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
    picture = _plain(picture)
    if turn is not None:
        picture = picture.transpose(turn)
    out = BytesIO()
    picture.save(out, format, **options)
    return out.getvalue(), format


def _format(picture: Image.Image) -> str:
    """Its own format, or the nearest one that browsers show."""
    if picture.format == "HEIF":
        return "WEBP" if "A" in picture.mode else "JPEG"
    return "JPEG" if picture.format == "MPO" else str(picture.format)


def _colours(picture: Image.Image, format: str) -> dict[str, Any]:
    """Options for Pillow: the colour profile, and a JPEG's tables (`quality="keep"` fails for a rotated picture)."""
    if format == "GIF":
        return {}
    options: dict[str, Any] = {"icc_profile": picture.info.get("icc_profile")}
    if isinstance(picture, JpegImagePlugin.JpegImageFile):
        return options | {"qtables": picture.quantization, "subsampling": JpegImagePlugin.get_sampling(picture)}
    return options | ({"quality": 92} if format == "JPEG" else {})


def _size_within(size: tuple[int, int], longest_side: int) -> tuple[int, int]:
    share = min(1, longest_side / max(size))
    return max(1, int(size[0] * share)), max(1, int(size[1] * share))


def _orientation(picture: Image.Image) -> int:
    """The EXIF orientation; 1 (upright) if it cannot be read, as browsers do. HEIC is decoded upright."""
    with suppress(Exception):
        return int(picture.getexif().get(ORIENTATION, 1))
    return 1


def _plain(picture: Image.Image) -> Image.Image:
    """The pixels in a new picture: Pillow writes what it finds in `info` and `text`."""
    plain = picture.copy()
    plain.info = {key: value for key, value in picture.info.items() if key in {"transparency", "gamma"}}
    return plain


def _smooth(picture: Image.Image) -> Image.Image:
    """In a mode that can be scaled smoothly, not a palette."""
    if picture.mode in {"P", "PA"} or "transparency" in picture.info:
        return picture.convert("RGBA" if picture.mode == "PA" or "transparency" in picture.info else "RGB")
    return picture.convert("L") if picture.mode == "1" else picture


def _named(name: str, format: str) -> str:
    """The file's name with the suffix of its format."""
    path = Path(name)
    return name if path.suffix.lower() in SUFFIXES[format] else str(path.with_suffix(SUFFIXES[format][0]))
