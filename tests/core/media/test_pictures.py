"""A picture that cannot be made in the size that a page needs leaves the page whole: it is shown without it."""

import errno
import logging
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, default_storage
from django.urls import reverse

from core.media import pictures
from core.models import CustomImage, CustomRendition
from experiences.models import ExperiencePage, ProviderPage
from tests.factories import ImageFactory, UserFactory


@pytest.fixture
def bread(catalogue) -> CustomImage:
    """One picture in every place that shows one: card, hero, story, sharing."""
    image = ImageFactory(title="Bread")
    image.contextual_alt_text = "Hands lift a bread"
    story = [("picture", {"image": image, "caption": "A thin bread"})]
    for page in (catalogue.experience, catalogue.provider):
        page.story = story
        page.share_image = image
        setattr(page, "picture" if isinstance(page, ExperiencePage) else "portrait", image)
        page.save()
    pictures.logged.clear()
    cache.clear()  # Wagtail keeps sizes there by the picture's id, which another test's picture had
    return image


@pytest.fixture
def pages(catalogue) -> list[str]:
    found = (catalogue.experience, catalogue.provider, catalogue.experiences, catalogue.providers)
    return [page.get_url() for page in found]  # the home page shows cards too, as lists do


def full_disk(monkeypatch, *, after: int = 0) -> None:
    """A disk with room for so many files. (A test cannot fill a real one, and root may write everywhere.)"""
    save, room = FileSystemStorage._save, [after]

    def _save(self, name, content):
        if not room[0]:
            path = Path(self.path(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"part")
            raise OSError(errno.ENOSPC, "No space left on device")
        room[0] -= 1
        return save(self, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", _save)


def shows_no_picture(client, address: str) -> bool:
    html = client.get(address).text
    return "/media/" not in html and "not-found" not in html and "<picture" not in html and "/cloth/" in html


def test_a_page_is_shown_without_its_picture_while_the_disk_is_full_and_with_it_afterwards(
    client, bread, pages, monkeypatch, settings, caplog
):
    with monkeypatch.context() as broken:
        full_disk(broken)
        for address in pages * 2:
            assert shows_no_picture(client, address), address
        assert admin_is_whole(client, bread)
    assert not CustomRendition.objects.exists()
    assert [path.name for path in (settings.MEDIA_ROOT / "images").glob("*")] == []
    assert 0 < len(told(caplog)) == len(set(told(caplog)))

    for address in pages:
        assert "<picture><source" in client.get(address).text, address
    for rendition in CustomRendition.objects.all():
        assert default_storage.exists(rendition.file.name)


def test_no_size_is_made_that_cannot_be_stored(bread, pages, client, settings, monkeypatch):
    """A file where the folder should be cannot be written into, by root neither. Making sizes takes seconds a page."""
    (settings.MEDIA_ROOT / "images").write_text("")
    monkeypatch.setattr(CustomImage, "generate_rendition_file", None)
    assert all(shows_no_picture(client, address) for address in pages)
    monkeypatch.undo()
    (settings.MEDIA_ROOT / "images").unlink()
    assert all("<picture><source" in client.get(address).text for address in pages)


def told(caplog) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "core.media.pictures"]


def admin_is_whole(client, image: CustomImage) -> bool:
    client.force_login(UserFactory(admin=True))
    addresses = [reverse("wagtailimages:index"), reverse("wagtailimages:edit", args=[image.pk])]
    addresses.append(reverse("wagtailimages_chooser:choose"))
    whole = all(client.get(address).status_code == 200 for address in addresses)
    client.logout()
    return whole


def test_what_fitted_on_the_disk_is_kept_once(client, bread, pages, monkeypatch, settings):
    with monkeypatch.context() as broken:
        full_disk(broken, after=2)
        for _again in range(3):
            assert client.get(pages[0]).status_code == 200
    assert CustomRendition.objects.count() == 2
    assert len(list((settings.MEDIA_ROOT / "images").glob("*"))) == 2


def lost(path: Path) -> None:
    path.unlink()


def cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:400])


def another_file(path: Path) -> None:
    path.write_bytes(b"no picture")


@pytest.mark.parametrize("harm", [lost, cut_short, another_file])
def test_a_page_is_shown_without_a_picture_whose_original_is_gone_or_damaged(client, bread, pages, harm, caplog):
    original = Path(bread.file.path)
    whole = original.read_bytes()
    harm(original)
    for address in pages * 2:
        assert shows_no_picture(client, address), address
    assert admin_is_whole(client, bread)
    assert not CustomRendition.objects.exists()
    assert 0 < len(told(caplog)) == len(set(told(caplog)))

    original.write_bytes(whole)
    assert all("<picture><source" in client.get(address).text for address in pages)


def test_it_is_told_anew_when_it_happens_again(bread, caplog):
    original = Path(bread.file.path)
    whole = original.read_bytes()
    for _time in range(2):
        original.unlink()
        for _view in range(3):
            assert pictures.renditions(bread, "fill-{10x10,20x20}|format-webp") is None
        original.write_bytes(whole)
        assert pictures.renditions(bread, "fill-{10x10,20x20}|format-webp")
        bread.renditions.all().delete()
    assert len(told(caplog)) == 2
    assert all(record.levelno == logging.ERROR for record in caplog.records if record.name == "core.media.pictures")


def test_the_host_of_a_lost_portrait_has_her_cloth(client, catalogue, bread):
    Path(bread.file.path).unlink()
    for address in (catalogue.provider.get_url(), catalogue.providers.get_url()):
        html = client.get(address).text
        assert 'class="weave weave-hang"' in html
    assert ProviderPage.objects.get(pk=catalogue.provider.pk).portrait_id == bread.pk
