"""Static files are gathered when, and only when, a source has changed."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from local.static_files import gather_static_files


@pytest.fixture
def source(settings: Any, tmp_path: Path) -> Path:
    """A folder with one style sheet is all there is to gather."""
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "site.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [folder]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    finders.get_finder.cache_clear()
    return folder


@pytest.fixture(autouse=True)
def _finders_of_other_tests_are_their_own() -> Any:
    yield
    finders.get_finder.cache_clear()


def test_they_are_gathered_once(source: Path, tmp_path: Path) -> None:
    assert gather_static_files()
    assert (tmp_path / "static" / "site.css").read_text() == "a { color: red }"
    assert not gather_static_files()


def test_a_changed_a_new_and_a_removed_file_are_noticed(source: Path, tmp_path: Path) -> None:
    gather_static_files()
    (source / "site.css").write_text("a { color: blue }")
    assert gather_static_files()
    assert (tmp_path / "static" / "site.css").read_text() == "a { color: blue }"
    (source / "new.css").touch()
    assert gather_static_files()
    (source / "new.css").unlink()
    assert gather_static_files()
    assert not gather_static_files()


def test_a_lost_folder_and_another_storage_are_noticed(source: Path, settings: Any) -> None:
    gather_static_files()
    shutil.rmtree(settings.STATIC_ROOT)
    assert gather_static_files()
    hashed = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": hashed}
    assert gather_static_files()
    assert (settings.STATIC_ROOT / "staticfiles.json").exists()


def test_a_kill_in_the_middle_leaves_no_stamp(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gather_static_files()
    (source / "site.css").write_text("a { color: green }")
    with monkeypatch.context() as patch:
        patch.setattr("local.static_files.call_command", killed)
        with pytest.raises(KeyboardInterrupt):
            gather_static_files()
    assert gather_static_files()


def killed(*words: str, **options: Any) -> None:
    raise KeyboardInterrupt
