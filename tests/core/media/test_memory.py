"""Pictures are worked on one at a time, and their memory goes back."""

from __future__ import annotations

import time
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from core.media import metadata
from core.media.memory import working_on_picture
from core.media.metadata import clean_picture


def upload(side: int) -> ContentFile[bytes]:
    file = BytesIO()
    Image.effect_noise((side, side), 40).convert("RGB").save(file, "JPEG")
    return ContentFile(file.getvalue(), name="picture.jpg")


def resident_mb() -> int:
    rollup = Path("/proc/self/smaps_rollup").read_text()
    return int(rollup.partition("\nPss:")[2].split()[0]) // 1024


def in_threads(work: Any, *values: Any) -> None:
    threads = [Thread(target=work, args=(value,)) for value in values]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_two_uploads_wait_for_each_other(monkeypatch):
    at_work, most = [], []

    def slowly(picture: Image.Image, longest_side: int) -> tuple[bytes, str]:
        at_work.append(picture)
        most.append(len(at_work))
        time.sleep(0.05)
        at_work.remove(picture)
        return b"", "JPEG"

    monkeypatch.setattr(metadata, "_written_anew", slowly)
    in_threads(clean_picture, *(upload(16) for _number in range(4)))
    assert most == [1, 1, 1, 1]


def test_a_picture_that_is_cleaned_while_it_is_stored_does_not_wait_for_itself():
    with working_on_picture():
        assert clean_picture(upload(16)).size


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="Linux tells what a process holds")
def test_what_pictures_needed_goes_back_to_the_system():
    pictures = [upload(2000) for _number in range(8)]
    in_threads(clean_picture, *pictures[:4])  # Loads the decoders.
    before = resident_mb()
    in_threads(clean_picture, *pictures[4:])
    assert resident_mb() - before < 20  # 45 where nothing is given back.
