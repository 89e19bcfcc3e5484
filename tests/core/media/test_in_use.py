"""What a page shows is not deleted under it. An editor is told where it is used, one by one and several at once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.urls import reverse
from wagtail.models import ReferenceIndex

from tests.factories import DocumentFactory, ImageFactory

REFUSED = "Går inte att radera, eftersom den används"


def picture_block(picture: Any) -> tuple[str, Any]:
    image = {"image": picture.pk, "alt_text": "Händer lyfter ett bröd.", "decorative": False}
    return "picture", {"image": image, "caption": ""}


def sound_block(sound: Any) -> tuple[str, Any]:
    return "sound", {"title": "Plåten", "file": sound.pk, "language": "", "transcript": "Det fräser."}


def film_block(captions: Any) -> tuple[str, Any]:
    film = DocumentFactory(file=ContentFile(b"\x1aE\xdf\xa3", name="film.webm"))
    return "film", {"title": "Film", "file": film.pk, "language": "sv", "captions": captions.pk, "transcript": ""}


def linking(document: Any) -> tuple[str, Any]:
    text = f'<p><a linktype="document" id="{document.pk}">Receptet</a></p>'
    return "paragraphs", {"heading": "Mer", "text": text}


CASES: list[Any] = [
    pytest.param(ImageFactory, picture_block, id="picture"),
    pytest.param(lambda: DocumentFactory(file=ContentFile(b"ID3", name="plåt.mp3")), sound_block, id="sound"),
    pytest.param(DocumentFactory, film_block, id="captions"),
    pytest.param(DocumentFactory, linking, id="leaflet"),
]


def tell(page: Any, *blocks: tuple[str, Any]) -> None:
    """Write a page's story anew, as its form would, and publish it."""
    page.story = page.story.stream_block.to_python(
        [
            {"type": kind, "value": value, "id": f"5b1f7c1e-0000-4000-8000-{n:012}"}
            for n, (kind, value) in enumerate(blocks)
        ]
    )
    page.save_revision().publish()


def publish(page: Any) -> Any:
    """The draft that a translator has left. With it Wagtail notes what it shows, which `translated` leaves out."""
    page.get_latest_revision().publish()
    return page


def addresses(thing: Any) -> tuple[str, str]:
    """Where an editor deletes one, and several."""
    app = {"customimage": "wagtailimages", "customdocument": "wagtaildocs"}[thing._meta.model_name]
    bulk = reverse("wagtail_bulk_action", args=["core", thing._meta.model_name, "delete"])
    return reverse(f"{app}:delete", args=[thing.pk]), f"{bulk}?id={thing.pk}&next=/admin/"


@pytest.mark.parametrize(("factory", "block"), CASES)
def test_what_stands_in_a_story_is_not_deleted(admin, catalogue, factory, block):
    thing, other = factory(), factory()
    tell(catalogue.provider, block(thing))
    one, several = addresses(thing)
    for address in (one, f"{several}&id={other.pk}"):
        asked = admin.get(address)
        assert REFUSED in asked.text
        assert "Ja, radera" not in asked.text
        assert admin.post(address).status_code == 302
    assert set(type(thing).objects.filter(pk__in=[thing.pk, other.pk])) == {thing, other}
    where = admin.get(f"{thing.usage_url}?describe_on_delete=1").text
    assert "Samira Khoury" in where
    assert "förhindrar radering" in where


@pytest.mark.parametrize(("factory", "block"), CASES)
def test_what_no_page_shows_any_more_is_deleted(admin, catalogue, factory, block):
    thing, other = factory(), factory()
    tell(catalogue.provider, block(thing), block(other))
    tell(catalogue.provider)
    for row, address in ((thing, addresses(thing)[0]), (other, addresses(other)[1])):
        assert REFUSED not in admin.get(address).text
        admin.post(address)
        assert not type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("factory", "block"), CASES)
def test_code_does_not_delete_it_either(catalogue, factory, block):
    thing = factory()
    tell(catalogue.provider, block(thing))
    for delete in (thing.delete, type(thing).objects.filter(pk=thing.pk).delete):
        with pytest.raises(ProtectedError, match="Samira Khoury") as refused, transaction.atomic():
            delete()
        assert isinstance(refused.value, PermissionDenied)  # a view that asks nothing answers 403


PLACES = [("provider", "portrait"), ("experience", "picture"), ("home", "share_image")]


@pytest.mark.parametrize(("page", "field"), PLACES)
def test_a_picture_that_a_page_has_chosen_is_not_deleted_and_the_editor_is_told(
    admin, catalogue, translated, page, field
):
    picture, page = ImageFactory(), getattr(catalogue, page)
    setattr(page, field, picture)
    page.save_revision().publish()
    english = publish(translated(page, "en", publish=False))
    for address in addresses(picture):
        assert REFUSED in admin.get(address).text
        assert "Ja, radera" not in admin.get(address).text
        assert admin.post(address).status_code == 302
    for shown in (page, english):
        shown.refresh_from_db()
        assert getattr(shown, field) == picture
    with pytest.raises(ProtectedError), transaction.atomic():
        picture.delete()


def test_a_portrait_that_was_taken_away_first_is_deleted(admin, catalogue, translated):
    picture, host = ImageFactory(), catalogue.provider
    host.portrait = picture
    host.save_revision().publish()
    publish(translated(host, "en", publish=False))
    host.portrait = None
    host.save_revision().publish()
    one, _ = addresses(picture)
    assert "Ja, radera" in admin.get(one).text
    admin.post(one)
    assert not type(picture).objects.filter(pk=picture.pk).exists()


def test_the_picture_of_a_translation_is_kept_while_the_translation_shows_it(admin, catalogue, translated):
    picture = ImageFactory()
    tell(catalogue.provider, picture_block(picture))
    english = publish(translated(catalogue.provider, "en", publish=False))
    assert ReferenceIndex.get_references_to(picture).filter(object_id=str(english.pk)).exists()
