"""Serves what editors have uploaded so that it cannot script, and in parts where a player asks for a part."""

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.documents.views.serve import serve as wagtail_serve_document
from wagtail.models import UploadedFile

from core.blocks.media import FilmBlock, SoundBlock

# An upload is data: even an HTML file under another name gets no script, no style, no frame and no origin.
POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"(?i:bytes)=[ \t,]*([0-9]*)-([0-9]*)[ \t,]*$")
# An upload that waits for its form is cleared on the day after at the latest, as this is looked at each hour.
WAITING = timedelta(hours=22)


# Exempt, as there is nothing to protect: a post is told that it is none of the methods (405), not that a form is old.
@csrf_exempt
@require_safe
def serve_upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT, by its own name; 404 for a folder or what lies outside.

    Documents are not there (core.media.storage): a collection may be private, which only `serve_document` asks.
    """
    try:
        response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    except OSError as error:  # a name that is longer than names can be
        raise Http404 from error
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=604800"
    return response


@csrf_exempt
@require_safe
def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Wagtail's own view, which asks whether the collection is private. No cache between may keep the answer."""
    response: HttpResponseBase = wagtail_serve_document(request, document_id, document_filename)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def clear_abandoned(now: datetime) -> None:
    """Delete uploads that have waited too long for what their form lacks. Nobody can fetch them meanwhile."""
    folder = "wagtail_uploads"
    files = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    for name in (f"{folder}/{file}" for file in files):
        if now - default_storage.get_modified_time(name) > WAITING:
            UploadedFile.objects.filter(file=name).delete()
            default_storage.delete(name)


def ranges(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: one byte range of a streamed file (RFC 9110, 14). Safari plays no sound without it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if response.headers.get("Content-Encoding") == "None":  # Wagtail writes the word where there is no coding.
            del response["Content-Encoding"]
        wanted = request.headers.get("Range", "")
        if not isinstance(response, StreamingHttpResponse) or response.is_async or "Content-Length" not in response:
            return response
        response["Accept-Ranges"] = "bytes"
        if request.method != "GET" or response.status_code != 200 or not is_unchanged(request, response):
            return response
        match = RANGE.match(wanted)
        return part_of(response, match) if match and any(match.groups()) else response

    return middleware


def is_unchanged(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the part belongs to what the player has already (If-Range): exactly this ETag, or this date."""
    known = request.headers.get("If-Range")
    return known is None or known in (response.get("ETag"), response.get("Last-Modified"))


def number(digits: str) -> int | None:
    """A position in a file. Python reads no more than 4,300 digits, and no file has so many bytes."""
    digits = digits.lstrip("0") or digits[:1]
    return int(digits) if 0 < len(digits) < 19 else sys.maxsize if digits else None


def part_of(response: StreamingHttpResponse, match: re.Match[str]) -> HttpResponseBase:
    """The bytes asked for (206), or that there are none such (416)."""
    size = int(response["Content-Length"])
    first, last = map(number, match.groups())
    if first is None:
        first, last = max(0, size - (last or 0)), size - 1
    last = size - 1 if last is None else min(last, size - 1)
    length = max(0, last - first + 1)
    response.streaming_content = cut(iter(response), first, length)
    response.status_code = 206 if length else 416
    response["Content-Range"] = f"bytes {first}-{last}/{size}" if length else f"bytes */{size}"
    response["Content-Length"] = str(length)
    return response


# A picture from a telephone (HEIC, AVIF) begins as a film does.
FILM = rb"(?s)....ftyp(?!hei|hev|mif1|msf1|avi[fs])"
# How files begin, by the ending of their name. What is only called a film would be a dead black player on the page.
BEGINNINGS = {
    "m4a": re.compile(FILM),
    "mp3": re.compile(rb"ID3|\xff[\xe0-\xff]"),
    "mp4": re.compile(FILM),
    "ogg": re.compile(rb"OggS"),
    "opus": re.compile(rb"OggS"),
    "pdf": re.compile(rb"%PDF"),
    "vtt": re.compile(rb"(\xef\xbb\xbf)?WEBVTT"),
    "webm": re.compile(rb"\x1a\x45\xdf\xa3"),
}


def is_what_it_is_called(file: "File[bytes]") -> bool:
    """Whether an uploaded file begins as one of its kind does. Kinds that are not known are believed."""
    beginning = BEGINNINGS.get(Path(str(file.name)).suffix.lower().removeprefix("."))
    if beginning is None:
        return True
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    return bool(beginning.match(start))


def kinds_like(name: str) -> frozenset[str]:
    """The endings that may take a file's place wherever it stands: a sound is followed by a sound."""
    ending = Path(name).suffix.lower().removeprefix(".")
    families = (SoundBlock.extensions, FilmBlock.extensions)
    return next((family for family in families if ending in family), frozenset({ending}))


def cut(chunks: Iterable[bytes], skip: int, keep: int) -> Iterator[bytes]:
    """`keep` bytes of a stream, after the first `skip`."""
    for chunk in chunks if keep else ():
        piece = chunk[skip:] if skip < len(chunk) else b""
        skip = max(0, skip - len(chunk))
        if not piece:
            continue
        piece = piece[:keep]
        keep -= len(piece)
        yield piece
        if not keep:
            return
