"""A picture that is uploaded says nothing of where it was taken."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from core.metadata import ORIENTATION, without_metadata
from core.models import CustomImage

GPS, MAKER = 0x8825, 0x010F


def taken_in_vaxjo(format: str, *, orientation: int = 1) -> BytesIO:
    """A picture as a telephone writes it: with a place, a maker and the way it was held."""
    exif = Image.Exif()
    exif[MAKER] = "Telephone"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (56.0, 52.0, 37.0), 3: "E", 4: (14.0, 48.0, 33.0)})
    more = {}
    if format == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "taken at 56.877")
        more["pnginfo"] = words
    file = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(file, format, exif=exif.tobytes(), **more)
    file.seek(0)
    return file


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_no_place_is_left_in_a_picture(format):
    before = taken_in_vaxjo(format)
    assert b"Telephone" in before.getvalue()

    after = without_metadata(before, "hands").read()

    assert b"Telephone" not in after
    assert b"56.877" not in after
    assert not Image.open(BytesIO(after)).getexif().get_ifd(GPS)


def test_a_picture_taken_on_its_side_still_knows_it():
    after = without_metadata(taken_in_vaxjo("JPEG", orientation=6), "hands.jpg")
    assert dict(Image.open(after).getexif()) == {ORIENTATION: 6}


def test_a_jpeg_looks_as_before():
    before = taken_in_vaxjo("JPEG")
    after = Image.open(without_metadata(before, "hands.jpg"))
    assert after.tobytes() == Image.open(before).tobytes()


@pytest.mark.django_db
@pytest.mark.parametrize("format", ["JPEG", "WEBP"])
def test_neither_the_original_nor_a_rendition_says_where_it_was_taken(format, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    file = SimpleUploadedFile(f"hands.{format.lower()}", taken_in_vaxjo(format).getvalue())
    image = CustomImage.objects.create(title="Hands", description="Hands in dough", file=file)

    for stored in (image.file, image.get_rendition("width-100|format-jpeg").file):
        with stored.open("rb") as kept:
            assert b"Telephone" not in kept.read()
    assert image.file_size == image.file.size
