"""Serves what editors have uploaded so that it cannot script, and in parts where a player asks for a part."""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.http import HttpRequest
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.views.static import serve

from core.blocks import FilmBlock, SoundBlock

# An upload is data: even an HTML file under another name gets no script, no style, no frame and no origin.
POLICY = "default-src 'none'; sandbox"
RANGE = re.compile(r"bytes=(\d*)-(\d*)$")


def serve_upload(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file below MEDIA_ROOT, by its own name; 404 for a folder or what lies outside."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Content-Security-Policy"] = POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "public, max-age=604800"
    return response


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
        if request.method != "GET" or response.status_code != 200 or "If-Range" in request.headers:
            return response
        match = RANGE.match(wanted)
        return part_of(response, match) if match and any(match.groups()) else response

    return middleware


def part_of(response: StreamingHttpResponse, match: re.Match[str]) -> HttpResponseBase:
    """The bytes asked for (206), or that there are none such (416)."""
    size = int(response["Content-Length"])
    first, last = (int(number) if number else None for number in match.groups())
    if first is None:
        first, last = max(0, size - (last or 0)), size - 1
    last = size - 1 if last is None else min(last, size - 1)
    length = max(0, last - first + 1)
    response.streaming_content = cut(iter(response), first, length)
    response.status_code = 206 if length else 416
    response["Content-Range"] = f"bytes {first}-{last}/{size}" if length else f"bytes */{size}"
    response["Content-Length"] = str(length)
    return response


# How files begin, by the ending of their name. What is only called a film would be a dead black player on the page.
BEGINNINGS = {
    "m4a": re.compile(rb"(?s)....ftyp"),
    "mp3": re.compile(rb"ID3|\xff[\xe0-\xff]"),
    "mp4": re.compile(rb"(?s)....ftyp"),
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
