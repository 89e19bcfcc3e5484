"""Uploads are data: they cannot script, and a player gets the part that it asks for."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import CustomDocument
from core.uploads import is_what_it_is_called
from tests.factories import DocumentFactory


@pytest.fixture
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_an_upload_gets_no_script_whatever_it_holds(client, uploads):
    default_storage.save("documents/page.html", ContentFile(b"<script>alert(1)</script>"))
    answer = client.get("/media/documents/page.html")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/media/", "/media/documents/", "/media/../secret_key", "/media/%2e%2e/secret_key"])
@pytest.mark.django_db
def test_folders_and_what_lies_outside_are_not_served(client, uploads, path):
    (uploads.parent / "secret_key").write_text("secret\n")
    (uploads / "documents").mkdir()
    answer = client.get(path)
    assert answer.status_code in {302, 400, 404}
    assert b"secret\n" not in answer.content


@pytest.mark.parametrize(
    ("wanted", "status", "body", "told"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=4-", 206, b"456789", "bytes 4-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=8-99", 206, b"89", "bytes 8-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 416, b"", "bytes */10"),
        ("bytes=-", 200, b"0123456789", None),
        ("bytes=0-1,4-5", 200, b"0123456789", None),
        ("lines=1-2", 200, b"0123456789", None),
    ],
)
def test_a_player_gets_the_part_it_asks_for(client, uploads, wanted, status, body, told):
    default_storage.save("documents/oud.mp3", ContentFile(b"0123456789"))
    answer = client.get("/media/documents/oud.mp3", headers={"Range": wanted})
    assert answer.status_code == status
    assert (answer.getvalue() if answer.streaming else answer.content) == body
    assert answer.get("Content-Range") == told


@pytest.mark.django_db
def test_a_document_is_served_in_parts_too(client, uploads):
    document = CustomDocument.objects.create(title="Oud", file=ContentFile(b"0123456789", name="oud.mp3"))
    answer = client.get(document.url, headers={"Range": "bytes=2-4"})
    assert (answer.status_code, answer.getvalue()) == (206, b"234")
    assert "Content-Encoding" not in answer
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.mp3", b"ID3\x04"),
        ("a.mp3", b"\xff\xfb\x90"),
        ("a.m4a", b"\x00\x00\x00\x20ftypM4A "),
        ("a.MP4", b"\x00\x00\x00\x18ftypisom"),
        ("a.webm", b"\x1aE\xdf\xa3"),
        ("a.ogg", b"OggS"),
        ("a.opus", b"OggS"),
        ("a.vtt", b"\xef\xbb\xbfWEBVTT"),
        ("a.pdf", b"%PDF-1.7"),
    ],
)
def test_a_document_begins_as_its_kind_does(name, start):
    assert is_what_it_is_called(ContentFile(start, name=name))
    assert not is_what_it_is_called(ContentFile(b"Kvitto: 450 kr", name=name))


def test_what_is_only_called_a_film_is_refused_at_the_field(db):
    with pytest.raises(ValidationError) as refused:
        CustomDocument(title="Film", file=ContentFile(b"Kvitto: 450 kr", name="film.mp4")).clean()
    assert refused.value.error_dict["file"][0].code == "other_kind"


# --- A newer file in the place of the old one -----------------------------------------------------------------------
BEGIN = {"mp3": b"ID3", "ogg": b"OggS", "mp4": b"\x00\x00\x00\x18ftyp", "webm": b"\x1aE\xdf\xa3", "pdf": b"%PDF"}
BEGIN |= {"vtt": b"WEBVTT"}


def replace(admin, old: str, new: str, start: bytes = b"") -> tuple[CustomDocument, Any]:
    """A document of one kind, and what an editor sees who gives it a file of another."""
    document = DocumentFactory(file=ContentFile(BEGIN[old], name=f"old.{old}"))
    upload = SimpleUploadedFile(f"new.{new}", start or BEGIN[new.lower()])
    values = {"title": "Plåten", "collection": document.collection_id, "tags": "", "file": upload}
    answer = admin.post(reverse("wagtaildocs:edit", args=[document.pk]), values)
    document.refresh_from_db()
    return document, answer


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ("mp3", "pdf", "m4a, mp3, ogg, opus"),
        ("mp3", "mp4", "m4a, mp3, ogg, opus"),
        ("webm", "mp3", "mp4, webm"),
        ("vtt", "pdf", "vtt"),
    ],
)
def test_a_file_of_another_kind_does_not_take_its_place(admin, old, new, kinds):
    document, answer = replace(admin, old, new)
    assert answer.context["form"].errors == {"file": [f"Välj en fil av samma slag som förut: {kinds}."]}
    assert "Filen kunde inte hittas" not in answer.text
    assert document.file.read() == BEGIN[old]


@pytest.mark.parametrize(("old", "new"), [("mp3", "MP3"), ("mp3", "ogg"), ("mp4", "webm"), ("pdf", "pdf")])
def test_a_file_of_the_same_kind_does(admin, old, new):
    document, answer = replace(admin, old, new)
    assert answer.status_code == 302
    assert document.filename.startswith("new")


def test_a_refused_file_leaves_the_stored_one_in_sight(admin):
    document, answer = replace(admin, "mp3", "mp3", start=b"Kvitto: 450 kr")
    assert list(answer.context["form"].errors) == ["file"]
    assert "Filen kunde inte hittas" not in answer.text
    assert document.filename in answer.text
