"""Uploads are data: they cannot script, and a player gets the part that it asks for."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from core.media.uploads import matches_suffix
from core.models import CustomDocument
from tests.factories import DocumentFactory, UserFactory

NINES = "9" * 5000


@pytest.fixture
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "public"
    settings.PRIVATE_MEDIA_ROOT = tmp_path / "private"
    return settings.MEDIA_ROOT


def test_an_upload_gets_no_script_whatever_it_holds(client, uploads):
    default_storage.save("images/page.html", ContentFile(b"<script>alert(1)</script>"))
    answer = client.get("/media/images/page.html")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "/media/",
        "/media/images/",
        "/media/../secret_key",
        "/media/%2e%2e/secret_key",
        "/media/images/%2e%2e/%2e%2e/secret_key",
        "/media//etc/passwd",
        "/media/%00",
        f"/media/{'a' * 300}",
        f"/media/{'a/' * 3000}",
    ],
)
@pytest.mark.django_db
def test_folders_and_what_lies_outside_are_not_served(client, uploads, path):
    (uploads / "images").mkdir(parents=True)
    (uploads.parent / "secret_key").write_text("secret\n")
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
        ("Bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=, 0-3 ,", 206, b"0123", "bytes 0-3/10"),
        ("bytes=0000000000000000000000000000002-3", 206, b"23", "bytes 2-3/10"),
        (f"bytes={NINES}", 200, b"0123456789", None),
        (f"bytes={NINES}-", 416, b"", "bytes */10"),
        (f"bytes=-{NINES}", 206, b"0123456789", "bytes 0-9/10"),
        (f"bytes=7-{NINES}", 206, b"789", "bytes 7-9/10"),
        (f"bytes={NINES}-{NINES}", 416, b"", "bytes */10"),
        ("bytes=-0", 416, b"", "bytes */10"),
        ("bytes=--5", 200, b"0123456789", None),
        ("bytes=-5-3", 200, b"0123456789", None),
        ("bytes=1.5-3", 200, b"0123456789", None),
        ("bytes=0x1-3", 200, b"0123456789", None),
        ("bytes=" + "0-0," * 2000, 200, b"0123456789", None),
        ("bytes", 200, b"0123456789", None),
        ("", 200, b"0123456789", None),
    ],
)
def test_a_player_gets_the_part_it_asks_for(client, uploads, wanted, status, body, told):
    default_storage.save("images/oud.mp3", ContentFile(b"0123456789"))
    answer = client.get("/media/images/oud.mp3", headers={"Range": wanted})
    assert answer.status_code == status
    assert (answer.getvalue() if answer.streaming else answer.content) == body
    assert answer.get("Content-Range") == told


def test_a_part_is_given_only_of_the_file_that_the_player_has_begun(client, db):
    document = CustomDocument.objects.create(title="Oud", file=ContentFile(b"0123456789", name="oud.mp3"))
    CustomDocument.objects.update(file_hash="first")
    whole = client.get(document.url)
    for known, status in [
        (whole["ETag"], 206),
        (whole["Last-Modified"], 206),
        ('"second"', 200),
        (f"W/{whole['ETag']}", 200),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 200),
        (NINES, 200),
    ]:
        answer = client.get(document.url, headers={"Range": "bytes=2-4", "If-Range": known})
        assert answer.status_code == status
        assert answer.getvalue() == (b"234" if status == 206 else b"0123456789")


@pytest.mark.parametrize("header", ["If-Modified-Since", "If-None-Match", "If-Unmodified-Since", "Content-Length"])
def test_a_header_that_makes_no_sense_is_passed_over(client, db, header):
    document = CustomDocument.objects.create(title="Oud", file=ContentFile(b"0123456789", name="oud.mp3"))
    default_storage.save("images/bread.jpg", ContentFile(b"0123456789"))
    for value in (NINES, f"Thu, {NINES} Jan 1970 00:00:00 GMT", "-1", "\xff", "Thu, 99 Xyz 0 99:99:99", ""):
        for address in ("/media/images/bread.jpg", document.url, "/sv/"):
            assert client.get(address, headers={header: value}).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        f"/documents/{NINES}/oud.mp3",
        f"/documents/{'9' * 30}/oud.mp3",
        f"/documents/authenticate_with_password/{NINES}/",
    ],
)
def test_a_number_that_no_document_has_is_not_found(client, db, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("number", [NINES, f"-{NINES}", "²", "٣", ""])
def test_a_page_of_a_list_that_is_no_number_gives_another(client, catalogue, number):
    for address in (catalogue.experiences.url, catalogue.providers.url, "/sv/search/?q=bread"):
        assert client.get(f"{address}{'&' if '?' in address else '?'}page={number}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/robots.txt",
        "/favicon.ico",
        "/sitemap.xml",
        "/cloth/nour.png",
        "/media/images/bread.jpg",
        "/media/x",
        "/documents/1/oud.mp3",
        "/sv/",
        "/sv/search/",
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_what_is_only_read_says_so(db, address, method):
    """A browser's check of where a form comes from (CSRF) would say that the form is too old."""
    answer = Client(enforce_csrf_checks=True).generic(method, address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


# --- A private collection -------------------------------------------------------------------------------------------
@pytest.fixture
def minutes(db) -> CustomDocument:
    """A document below a collection that is private."""
    private = Collection.get_first_root_node().add_child(name="Private")
    below = private.add_child(name="2026")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    return DocumentFactory(collection=below, file=ContentFile(b"ID3, who said what", name="Minutes.mp3"))


@pytest.mark.parametrize("restriction", ["login", "groups", "password"])
def test_a_private_document_is_given_to_nobody_who_may_not_see_it(client, minutes, restriction):
    CollectionViewRestriction.objects.update(restriction_type=restriction, password="bread")
    for headers in ({}, {"Range": "bytes=0-3"}, {"If-None-Match": f'"{minutes.file_hash}"'}):
        for ask in (client.get, client.head):
            answer = ask(minutes.url, headers=headers)
            assert b"ID3" not in answer.content
            assert "private" in answer["Cache-Control"]


def test_a_private_document_is_given_to_who_may_see_it_and_kept_by_no_cache_between(client, minutes):
    client.force_login(UserFactory())
    answer = client.get(minutes.url, headers={"Range": "bytes=0-3"})
    assert (answer.status_code, answer.getvalue()) == (206, b"ID3,")
    assert answer["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize(
    "address",
    [
        "/media/{name}",
        "/media//{name}",
        "/media/./{name}",
        "/media/images/../{name}",
        "/media/%64ocuments/Minutes.mp3",
        "/media/documents%2fMinutes.mp3",
        "/media/DOCUMENTS/minutes.MP3",
        "/media/../private/{name}",
        "/media/%2e%2e/private/{name}",
        "//media/{name}",
        "/static/../media/{name}",
    ],
)
def test_no_document_has_a_second_address(client, settings, minutes, address):
    (settings.MEDIA_ROOT / "images").mkdir(parents=True)
    for ask in (client.get, client.head):
        answer = ask(address.format(name=minutes.file.name), follow=True)
        assert answer.status_code in {400, 404}
        assert b"ID3" not in answer.content
    with pytest.raises(NotImplementedError):
        _ = minutes.file.url


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
    assert matches_suffix(ContentFile(start, name=name))
    assert not matches_suffix(ContentFile(b"Kvitto: 450 kr", name=name))


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
