"""A picture that is uploaded says nothing of where it was taken, on whatever way it comes."""

import struct
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.models import Collection, UploadedFile
from wagtail.users.models import UserProfile

from core.media.metadata import ORIENTATION, clean_picture
from core.media.uploads import clear_abandoned
from core.models import CustomDocument, CustomImage
from tests.factories import UserFactory

GPS, MAKER = 0x8825, 0x010F
SECRETS = [b"Telephone", b"56.877"]
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>56.877</x:xmpmeta>"
SUFFIX = {"JPEG": "jpg", "MPO": "jpg", "HEIF": "heic"}
FORMATS = ["JPEG", "MPO", "PNG", "WEBP", "AVIF", "GIF", "HEIF"]


def gradient(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    return Image.linear_gradient("L").resize(size).convert(mode)


def taken_in_vaxjo(format: str, *, orientation: int = 1, size: tuple[int, int] = (64, 48), mode: str = "RGB") -> bytes:
    """A picture as a telephone writes it: with a place, a maker, how it was held, and what its format has room for."""
    exif = Image.Exif()
    exif[MAKER] = "Telephone"
    exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (56.0, 52.0, 37.0), 3: "E", 4: (14.0, 48.0, 33.0)})
    more = {"exif": exif.tobytes()} if format != "GIF" else {"comment": b"Telephone, 56.877"}
    if format == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Comment", "taken at 56.877")
        words.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=False)
        more["pnginfo"] = words
    elif format in {"JPEG", "WEBP", "AVIF", "HEIF"}:
        more["xmp"] = XMP
    if format == "MPO":
        more |= {"save_all": True, "append_images": [gradient((32, 24))]}
    file = BytesIO()
    gradient(size, mode).save(file, format, **more)
    if format == "JPEG":  # a film of the moment before, as telephones add it behind the picture's end
        file.write(b"\x00\x00\x00\x18ftypmp42" + b"Telephone 56.877")
    return file.getvalue()


def upload(format: str, **how) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"Hands.{SUFFIX.get(format, format.lower())}", taken_in_vaxjo(format, **how))


def clean(format: str, **how) -> Image.Image:
    return Image.open(clean_picture(upload(format, **how)))


def says_nothing(data: bytes) -> bool:
    exif = Image.open(BytesIO(data)).getexif()
    return not dict(exif) and not exif.get_ifd(GPS) and not any(secret in data for secret in SECRETS)


def stored_files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


# --- What is left of a picture ------------------------------------------------------------------------------------
@pytest.mark.parametrize("format", FORMATS)
def test_no_place_is_left_in_a_picture(format):
    before = taken_in_vaxjo(format)
    assert any(secret in before for secret in SECRETS)
    assert says_nothing(clean_picture(ContentFile(before, name="hands")).read())


@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "WEBP", "AVIF", "HEIF"])
def test_a_picture_taken_on_its_side_stands_upright(format):
    """Held to the left, its upper edge is what was on the right: light, where the gradient ends."""
    after = clean(format, orientation=6).convert("L")
    assert after.size == (48, 64)
    assert after.getpixel((4, 32)) > after.getpixel((44, 32))


def test_a_jpeg_looks_as_before():
    assert clean("JPEG").tobytes() == Image.open(upload("JPEG")).tobytes()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF"])
def test_its_colours_keep_their_profile(format):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    file = BytesIO()
    gradient().save(file, format, icc_profile=profile)
    assert Image.open(clean_picture(ContentFile(file.getvalue(), name="a"))).info["icc_profile"] == profile


@pytest.mark.parametrize("format", ["PNG", "WEBP", "AVIF", "HEIF"])
def test_what_is_transparent_stays_so(format):
    picture, file = gradient(mode="RGBA"), BytesIO()
    picture.putalpha(gradient(mode="L"))
    picture.save(file, format)
    after = Image.open(clean_picture(ContentFile(file.getvalue(), name="a")))
    assert after.getchannel("A").getextrema()[0] < 10


def test_a_transparent_colour_stays_so():
    for format in ("PNG", "GIF"):
        picture, file = Image.new("P", (8, 8)), BytesIO()
        picture.putpalette([255, 0, 0, 0, 0, 255])
        picture.putpixel((1, 1), 1)
        picture.save(file, format, transparency=1)
        after = Image.open(clean_picture(ContentFile(file.getvalue(), name="a"))).convert("RGBA")
        assert (after.getpixel((1, 1))[3], after.getpixel((0, 0))) == (0, (255, 0, 0, 255))


def test_a_printers_picture_stays_in_four_colours():
    assert clean("JPEG", mode="CMYK").mode == "CMYK"


def test_a_telephones_own_format_becomes_one_that_browsers_show():
    assert clean_picture(upload("HEIF")).name == "Hands.jpg"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "LA", "1", "I;16"])
def test_a_large_picture_is_made_smaller(mode):
    file = BytesIO()
    gradient((5000, 30), "L").convert(mode).save(file, "PNG")
    assert Image.open(clean_picture(ContentFile(file.getvalue(), name="a.png"))).size == (4000, 24)


@pytest.mark.slow
def test_a_telephones_48_megapixels_are_taken():
    after = clean("JPEG", size=(8064, 6048), orientation=6)
    assert after.size == (3000, 4000)


@pytest.mark.parametrize("format", ["GIF", "PNG", "WEBP"])
def test_of_a_moving_picture_the_first_frame_is_kept_however_many_there_are(format):
    frames = [Image.new("RGB", (40, 30), (2 * shift, 0, 255 - 2 * shift)) for shift in range(121)]
    file = BytesIO()
    frames[0].save(file, format, save_all=True, append_images=frames[1:])
    assert Image.open(file).n_frames > 40
    after = Image.open(clean_picture(ContentFile(file.getvalue(), name="a")))
    assert getattr(after, "n_frames", 1) == 1


# --- What is refused, at the field --------------------------------------------------------------------------------
def refusal(data: bytes, name: str = "hands.jpg") -> ValidationError:
    with pytest.raises(ValidationError) as refused:
        clean_picture(ContentFile(data, name=name))
    return refused.value


@pytest.mark.parametrize("format", ["BMP", "TIFF", "ICO"])
def test_a_format_that_is_not_known_is_refused_whatever_it_is_called(format):
    file = BytesIO()
    gradient().save(file, format)
    assert "Spara den som JPEG eller PNG" in refusal(file.getvalue()).messages[0]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("part", [0.05, 0.4, 0.7])
def test_a_picture_that_is_cut_short_is_refused(format, part):
    data = taken_in_vaxjo(format, size=(640, 480))
    end = data.find(b"\x00\x00\x00\x18ftypmp42") if format == "JPEG" else len(data)
    cut = data[: int(end * part)]
    assert refusal(cut).code == "invalid_image"


def test_more_than_fifty_megapixels_are_refused_in_readable_words():
    file = BytesIO()
    Image.new("1", (9000, 6000)).save(file, "PNG")
    assert refusal(file.getvalue()).messages == ["Bilden har mer än 50 megapixlar. Gör den mindre och välj den igen."]


def test_more_than_thirty_megabytes_are_refused_in_readable_words():
    assert refusal(bytes(31 << 20)).messages == ["Filen är större än 30,0\xa0MB. Gör bilden mindre och välj den igen."]


# --- Each way in --------------------------------------------------------------------------------------------------
def add_form(file: SimpleUploadedFile, **values) -> dict:
    root = Collection.get_first_root_node()
    return {"title": "Hands", "description": "Hands in dough", "collection": root.pk, "tags": "", "file": file} | values


def check_the_only_picture(settings) -> CustomImage:
    image = CustomImage.objects.get()
    for stored in (image.file, image.get_rendition("width-20|format-jpeg").file):
        with stored.open("rb") as kept:
            assert says_nothing(kept.read())
    assert image.file_size == image.file.size
    with Image.open(image.file.path) as picture:
        assert (image.width, image.height) == picture.size == (48, 64)
    assert not any(secret in file.read_bytes() for file in stored_files(settings.MEDIA_ROOT) for secret in SECRETS)
    return image


@pytest.mark.parametrize("format", ["JPEG", "MPO", "WEBP", "HEIF"])
@pytest.mark.django_db
def test_code_stores_a_clean_picture(settings, format):
    CustomImage.objects.create(title="Hands", description="Hands", file=upload(format, orientation=6))
    check_the_only_picture(settings)


@pytest.mark.django_db
def test_code_that_saves_the_file_itself_stores_a_clean_picture(settings):
    image = CustomImage(title="Hands", description="Hands")
    image.file.save("hands.heic", ContentFile(taken_in_vaxjo("HEIF", orientation=6)))
    assert check_the_only_picture(settings).filename == "hands.jpg"


@pytest.mark.parametrize("format", ["JPEG", "MPO", "HEIF"])
@pytest.mark.parametrize("way", ["wagtailimages:add", "wagtailimages_chooser:create"])
def test_an_editor_adds_one_picture(admin, settings, format, way):
    prefix = "image-chooser-upload-" if "chooser" in way else ""
    values = {prefix + name: value for name, value in add_form(upload(format, orientation=6)).items()}
    assert admin.post(reverse(way), values).status_code in {200, 302}
    check_the_only_picture(settings)


@pytest.mark.parametrize("memory", [0, 1 << 20])
def test_a_newer_file_is_clean_too(admin, settings, memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = memory  # on disk, in memory
    image = CustomImage.objects.create(title="Hands", description="Hands", file=upload("PNG"))
    admin.post(reverse("wagtailimages:edit", args=[image.pk]), add_form(upload("MPO", orientation=6)))
    check_the_only_picture(settings)


@pytest.mark.parametrize("memory", [0, 1 << 20])
@pytest.mark.parametrize("format", ["JPEG", "MPO", "HEIF"])
def test_a_picture_that_waits_for_its_form_is_not_public_and_says_nothing(admin, client, settings, format, memory):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = memory
    root = Collection.get_first_root_node()
    values = {"files[]": upload(format, orientation=6), "title": "Hands", "collection": root.pk}
    answer = admin.post(reverse("wagtailimages:add_multiple"), values).json()
    waiting = UploadedFile.objects.get()

    assert stored_files(settings.MEDIA_ROOT) == []
    assert says_nothing(waiting.file.read())
    assert client.get(f"/media/{waiting.file.name}").status_code == 404

    done = reverse("wagtailimages:create_multiple_from_uploaded_image", args=[waiting.pk])
    prefix = f"uploaded-image-{waiting.pk}-"
    values = {"title": "Hands", "description": "Hands in dough", "collection": root.pk, "tags": ""}
    assert answer["success"]
    assert admin.post(done, {prefix + name: value for name, value in values.items()}).json()["success"]
    assert check_the_only_picture(settings).filename == "Hands.jpg"
    assert stored_files(settings.PRIVATE_MEDIA_ROOT) == []


def test_an_abandoned_picture_is_cleared_within_a_day(admin):
    admin.post(reverse("wagtailimages:add_multiple"), {"files[]": upload("JPEG"), "title": "Hands"})
    name = UploadedFile.objects.get().file.name

    clear_abandoned(timezone.now() + timedelta(hours=21))
    assert default_storage.exists(name)
    clear_abandoned(timezone.now() + timedelta(hours=23))
    assert not default_storage.exists(name)
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (SimpleUploadedFile("hands.bmp", b"BM"), "Spara den som JPEG eller PNG"),
        (SimpleUploadedFile("hands.jpg", taken_in_vaxjo("JPEG", size=(640, 480))[:3000]), "skadad eller avklippt"),
    ],
)
@pytest.mark.parametrize("way", ["wagtailimages:add", "wagtailimages:add_multiple"])
def test_what_cannot_be_cleaned_is_refused_at_the_field(admin, settings, file, says, way):
    file.seek(0)
    values = add_form(file) if way == "wagtailimages:add" else {"files[]": file, "title": "Hands"}
    answer = admin.post(reverse(way), values)
    words = answer.context["form"].errors["file"][0] if way == "wagtailimages:add" else answer.json()["error_message"]
    assert says in words
    assert stored_files(settings.MEDIA_ROOT) == stored_files(settings.PRIVATE_MEDIA_ROOT) == []


def test_the_limits_are_told_before_a_file_is_chosen(admin):
    for way in ("wagtailimages:add", "wagtailimages:add_multiple"):
        text = admin.get(reverse(way)).text
        assert "HEIC" in text
        assert "högst 30,0\xa0MB och 50 megapixlar" in text


@pytest.mark.parametrize(("size", "stored"), [((64, 48), (48, 64)), ((1200, 900), (300, 400))])
@pytest.mark.parametrize("format", ["JPEG", "MPO", "PNG", "HEIF"])
def test_an_avatar_stands_upright_and_says_nothing(db, client, settings, format, size, stored):
    user = UserFactory(admin=True)
    client.force_login(user)
    values = {"name_email-first_name": "Nour", "name_email-last_name": "Haddad", "name_email-email": "n@example.org"}
    values |= {"locale-preferred_language": "", "locale-current_time_zone": "", "theme-theme": "system"}
    values |= {"theme-contrast": "system", "theme-density": "default", "theme-keyboard_shortcuts": "on"}
    values |= {"avatar-avatar": upload(format, size=size, orientation=6)}
    answer = client.post(reverse("wagtailadmin_account"), values)
    assert answer.status_code == 302
    avatar = UserProfile.objects.get(user=user).avatar
    assert says_nothing(avatar.read())
    with Image.open(avatar.path) as picture:
        assert picture.size == stored


def test_an_avatar_of_another_kind_is_refused_at_the_field(db, client):
    client.force_login(UserFactory(admin=True))
    file = BytesIO()
    gradient().save(file, "BMP")
    upload = SimpleUploadedFile("me.bmp", file.getvalue())
    answer = client.post(reverse("wagtailadmin_account"), {"avatar-avatar": upload})
    assert "Spara den som JPEG eller PNG" in answer.text


@pytest.mark.django_db
def test_an_avatar_set_by_code_says_nothing():
    profile = UserProfile.get_for_user(UserFactory())
    profile.avatar.save("me.jpg", upload("MPO", orientation=6))
    assert says_nothing(profile.avatar.read())
    with pytest.raises(ValidationError):
        profile.avatar.save("me.jpg", ContentFile(b"no picture"))


@pytest.mark.parametrize("format", ["JPEG", "HEIF", "AVIF"])
@pytest.mark.parametrize("suffix", ["mp3", "mp4", "m4a", "jpg", "pdf"])
def test_a_picture_is_not_taken_as_a_document(admin, format, suffix):
    file = SimpleUploadedFile(f"hands.{suffix}", taken_in_vaxjo(format))
    answer = admin.post(reverse("wagtaildocs:add"), add_form(file))
    assert list(answer.context["form"].errors) == ["file"]
    assert not CustomDocument.objects.exists()


# --- Films --------------------------------------------------------------------------------------------------------
def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def test_a_film_does_not_say_where_it_was_taken(db):
    """Boxes as telephones write them: the place in user data, in Apple's keys, in a track, in XMP."""
    place = box(b"\xa9xyz", b"\x00\x13\x15\xc7+56.877+014.809/")
    pictures = box(b"mdat", b"the film itself, udta")
    track = box(b"trak", box(b"tkhd", bytes(20)) + box(b"udta", place))
    movie = box(b"moov", box(b"mvhd", bytes(20)) + track + box(b"udta", place) + box(b"meta", place))
    film = box(b"ftyp", b"isom") + movie + pictures + box(b"uuid", bytes(16) + XMP)

    document = CustomDocument.objects.create(title="Film", file=ContentFile(film, name="film.mp4"))
    stored = document.file.read()

    assert b"56.877" not in stored
    assert len(stored) == len(film)
    assert stored.index(pictures) == film.index(pictures)


@pytest.mark.parametrize("data", [b"", b"\x00", bytes(40), box(b"ftyp", b"isom") + b"\xff\xff\xff\xffmoov" + bytes(9)])
def test_a_film_that_is_cut_short_is_kept_as_it_is(db, data):
    document = CustomDocument.objects.create(title="Film", file=ContentFile(data, name="film.mp4"))
    assert document.file.read() == data
