"""An upload that is refused for another field is not chosen again; what is taken is said before."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Collection, UploadedFile

from core.models import CustomDocument, CustomImage
from tests.core.media.test_metadata import upload
from tests.factories import DocumentFactory, ImageFactory
from tests.people import browser, person

pytestmark = pytest.mark.django_db

ADD, EDIT = reverse("wagtailimages:add"), "wagtailimages:edit"


def answers(**changed: Any) -> dict[str, Any]:
    values = {"title": "Bröd", "description": "Ett tunt bröd.", "photographer": "", "rights": "", "tags": ""}
    focus = {f"focal_point_{name}": "" for name in ("x", "y", "width", "height")}
    return values | focus | {"collection": Collection.objects.get(depth=1).pk, "kept_file": ""} | changed


def form_of(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.text, "html.parser")


def kept(answer: Any) -> str:
    return str(form_of(answer).select_one("input[name$=kept_file]")["value"])


def test_a_picture_without_a_description_is_kept_while_one_is_written(admin):
    refused = admin.post(ADD, answers(description="", file=upload("JPEG")))
    assert "är kvar. Du behöver inte välja den igen." in refused.text
    assert "Beskriv vad bilden visar" in refused.text
    done = admin.post(ADD, answers(kept_file=kept(refused)))
    assert done.status_code == 302
    picture = CustomImage.objects.get()
    assert picture.description == "Ett tunt bröd."
    assert picture.get_rendition("width-10").file


def test_a_picture_is_kept_in_the_window_of_a_page_too(admin, home):
    address = reverse("wagtailimages_chooser:create")
    values = {f"image-chooser-upload-{name}": value for name, value in answers(description="").items()}
    refused = admin.post(address, values | {"image-chooser-upload-file": upload("JPEG")}).json()
    number = re.search(r'name="image-chooser-upload-kept_file" value="(\d+)"', refused["htmlFragment"])
    assert number, refused["htmlFragment"]
    again = {"image-chooser-upload-description": "Ett bröd.", "image-chooser-upload-kept_file": number[1]}
    assert admin.post(address, values | again).json()["step"] == "chosen"
    assert CustomImage.objects.get().title == "Bröd"


def test_a_newer_picture_and_a_document_are_kept_too(admin):
    picture = ImageFactory()
    address = reverse(EDIT, args=[picture.pk])
    refused = admin.post(address, answers(description="", file=upload("PNG")))
    assert admin.post(address, answers(kept_file=kept(refused))).status_code == 302
    picture.refresh_from_db()
    assert picture.file.name.endswith(".png")
    address, values = reverse("wagtaildocs:add"), {"tags": "", "collection": Collection.objects.get(depth=1).pk}
    sound = SimpleUploadedFile("plat.mp3", b"ID3")
    refused = admin.post(address, values | {"title": "", "kept_file": "", "file": sound})
    assert admin.post(address, values | {"title": "Plåten", "kept_file": kept(refused)}).status_code == 302
    assert CustomDocument.objects.get().file.read() == b"ID3"


def test_another_file_takes_the_place_of_the_kept_one(admin):
    refused = admin.post(ADD, answers(description="", file=upload("JPEG")))
    admin.post(ADD, answers(kept_file=kept(refused), file=upload("PNG")))
    assert CustomImage.objects.get().file.name.endswith(".png")


@pytest.mark.parametrize("number", ["", "0", "4711", "x", "9" * 30, "-1", "²"])
def test_a_number_that_names_no_kept_file_asks_for_a_file(admin, number):
    answer = admin.post(ADD, answers(kept_file=number))
    assert list(answer.context["form"].errors) == ["file"]


def test_nobody_takes_the_file_of_somebody_else(admin):
    refused = admin.post(ADD, answers(description="", file=upload("JPEG")))
    other = browser(person("Editors"))
    assert list(other.post(ADD, answers(kept_file=kept(refused))).context["form"].errors) == ["file"]


def test_a_file_that_was_refused_itself_is_not_kept(admin):
    admin.post(ADD, answers(description="", file=SimpleUploadedFile("brod.jpg", b"no picture")))
    assert not UploadedFile.objects.exists()


def test_several_pictures_at_a_time_wait_once_each(admin):
    admin.post(reverse("wagtailimages:add_multiple"), {"files[]": upload("JPEG")})
    assert UploadedFile.objects.count() == 1


def test_the_description_has_its_star_and_its_help(admin):
    field = form_of(admin.get(ADD)).select_one("#id_description").find_parent(class_="w-field__wrapper")
    assert field.select_one(".w-required-mark")
    assert "bara dekoration" in field.text
    assert admin.post(ADD, answers(description="", is_decorative="on", file=upload("JPEG"))).status_code == 302


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (ADD, "högst 30"),
        (reverse("wagtailimages:add_multiple"), "högst 30"),
        (reverse("wagtaildocs:add"), "M4A, MP3, MP4"),
        (reverse("wagtaildocs:add_multiple"), "M4A, MP3, MP4"),
        (reverse("wagtailimages_chooser:choose"), "högst 30"),
        (reverse("wagtaildocs_chooser:choose"), "M4A, MP3, MP4"),
        (reverse("wagtailadmin_account"), "högst 30"),
    ],
)
def test_what_is_taken_is_said_before_a_file_is_chosen(admin, home, address, words):
    DocumentFactory()
    answer = admin.get(address)
    assert words in (answer.json()["html"] if "json" in answer["content-type"] else answer.text)
