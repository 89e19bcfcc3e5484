"""Serves uploaded files: without scripts (CSP sandbox), and in byte ranges for players."""

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

# An upload is data: even an HTML file gets no script, style, frame or origin.
POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"(?i:bytes)=[ \t,]*([0-9]*)-([0-9]*)[ \t,]*$")
# Age at which an upload without a completed form is deleted; checked each hour, so within a day.
WAITING = timedelta(hours=22)


# Exempt, as there is nothing to protect: a POST gets 405, not the error page about an expired form.
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
    """Wagtail's view, which checks whether the collection is private. The response may not be cached by proxies."""
    response: HttpResponseBase = wagtail_serve_document(request, document_id, document_filename)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def clear_abandoned(now: datetime) -> None:
    """Delete uploads whose form was not completed in time."""
    folder = "wagtail_uploads"
    files = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    for name in (f"{folder}/{file}" for file in files):
        if now - default_storage.get_modified_time(name) > WAITING:
            UploadedFile.objects.filter(file=name).delete()
            default_storage.delete(name)


def ranges(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: answers a request for one byte range of a streamed file (RFC 9110, 14), as Safari requires."""

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
    """Whether If-Range is missing, or equals the ETag or Last-Modified of the response."""
    known = request.headers.get("If-Range")
    return known is None or known in (response.get("ETag"), response.get("Last-Modified"))


def number(digits: str) -> int | None:
    """A position in a file; sys.maxsize for 19 digits or more, as Python refuses to read more than 4,300."""
    digits = digits.lstrip("0") or digits[:1]
    return int(digits) if 0 < len(digits) < 19 else sys.maxsize if digits else None


def part_of(response: StreamingHttpResponse, match: re.Match[str]) -> HttpResponseBase:
    """The requested bytes (206), or an empty response if the range is outside the file (416)."""
    size = int(response["Content-Length"])
    first, last = map(number, match.groups())
    if first is None:
        first, last = max(0, size - (last or 0)), size - 1
    last = size - 1 if last is None else min(last, size - 1)
    length = max(0, last - first + 1)
    response.streaming_content = slice_stream(iter(response), first, length)
    response.status_code = 206 if length else 416
    response["Content-Range"] = f"bytes {first}-{last}/{size}" if length else f"bytes */{size}"
    response["Content-Length"] = str(length)
    return response


# HEIC and AVIF pictures begin as films do.
FILM = rb"(?s)....ftyp(?!hei|hev|mif1|msf1|avi[fs])"
# First bytes by suffix. A file with a wrong suffix would be a player that plays nothing.
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


def matches_suffix(file: "File[bytes]") -> bool:
    """Whether the first bytes of a file fit its suffix. True for suffixes that are not in BEGINNINGS."""
    beginning = BEGINNINGS.get(Path(str(file.name)).suffix.lower().removeprefix("."))
    if beginning is None:
        return True
    file.seek(0)
    start = file.read(16)
    file.seek(0)
    return bool(beginning.match(start))


def interchangeable_suffixes(name: str) -> frozenset[str]:
    """The suffixes that may replace a file: those of the same kind (sound, film), else only its own."""
    ending = Path(name).suffix.lower().removeprefix(".")
    families = (SoundBlock.extensions, FilmBlock.extensions)
    return next((family for family in families if ending in family), frozenset({ending}))


def slice_stream(chunks: Iterable[bytes], skip: int, keep: int) -> Iterator[bytes]:
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
