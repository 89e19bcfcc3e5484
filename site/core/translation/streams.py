"""Facts inside a story: order, pictures, minutes, links follow the Swedish page; each sentence stays the translator's.

Block by block, by the block's id:

* words for all of its sentences are there: the Swedish block, with those words in it;
* some are missing (a sentence was added): the translation's block stays as it is, until a translator has seen it;
* the block is new: it waits for its words. A new picture without any comes at once;
* the block is gone in Swedish: it is gone. Consent may have been withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wagtail.fields import StreamField
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import extract_ids

# Field → block id → what wagtail-localize sees in it.
Segments = dict[str, dict[str, list[Any]]]


def follow(source: Any, translation: Any, replaced: dict[str, Any]) -> list[str]:
    """Gives an instance (not yet saved) the Swedish streams. Returns the names of the fields that changed.

    `replaced`: path → value of what a translator replaced on purpose.
    """
    fields = [field for field in source._meta.concrete_fields if isinstance(field, StreamField)]
    if not fields:
        return []
    for page in (source, translation):
        _settle(page, fields)
    theirs, ours = _segments(source), _segments(translation)
    return [
        field.name
        for field in fields
        if _follow_one(field, source, translation, theirs[field.name], ours[field.name], replaced)
    ]


def _settle(page: Any, fields: list[Any]) -> None:
    """As it will be stored: wagtail-localize reads alternative texts from there, also where they were just changed."""
    for field in fields:
        stored = field.stream_block.get_prep_value(getattr(page, field.name))
        setattr(page, field.name, field.stream_block.to_python(stored))


def _segments(page: Any) -> Segments:
    found: Segments = defaultdict(lambda: defaultdict(list))
    for segment in extract_segments(page):
        field, *rest = segment.path.split(".")
        if rest:
            found[field][rest[0]].append(segment)
    return found


def _follow_one(
    field: Any,
    source: Any,
    translation: Any,
    theirs: dict[str, list[Any]],
    ours: dict[str, list[Any]],
    replaced: dict[str, Any],
) -> bool:
    block = field.stream_block
    swedish = block.get_prep_value(getattr(source, field.name))
    before = block.get_prep_value(getattr(translation, field.name))
    twins = {child["id"]: child for child in before}
    words = {child["id"]: _in_their_words(theirs[child["id"]], ours[child["id"]], replaced) for child in swedish}
    merged = {child["id"]: child for child in _write(field, swedish, words, source, translation)}
    after = [
        merged[key] if words[key] is not None else twins[key]
        for key in (child["id"] for child in swedish)
        if words[key] is not None or key in twins
    ]
    if after == before:
        return False
    setattr(translation, field.name, block.to_python(after))
    return True


def _in_their_words(swedish: list[Any], translated: list[Any], replaced: dict[str, Any]) -> list[Any] | None:
    """The segments of a Swedish block with the words of its translation; None where some are missing."""
    words: dict[str, list[Any]] = defaultdict(list)
    for segment in translated:
        if isinstance(segment, StringSegmentValue):
            words[segment.path].append(segment.string)
    wanted = [segment for segment in swedish if isinstance(segment, StringSegmentValue)]
    paths = [segment.path for segment in wanted]
    if any(len(words[path]) != paths.count(path) for path in paths):
        return None
    if not all(_has_its_links(segment, words[segment.path]) for segment in wanted):
        return None
    return list(_rewritten(swedish, {path: iter(strings) for path, strings in words.items()}, replaced))


def _has_its_links(swedish: Any, strings: Iterable[Any]) -> bool:
    """A translation refers to the links of its sentence by number; where the numbers are others, it is another one."""
    known = set(swedish.attrs or {})
    return all(extract_ids(string.data) <= known for string in strings) or not known


def _rewritten(swedish: list[Any], words: dict[str, Any], replaced: dict[str, Any]) -> Iterable[Any]:
    for segment in swedish:
        if isinstance(segment, StringSegmentValue):
            text = StringSegmentValue(segment.path, next(words[segment.path]), attrs=segment.attrs)
            yield text.with_order(segment.order)
        elif isinstance(segment, TemplateSegmentValue):
            yield segment
        elif segment.path in replaced:
            yield OverridableSegmentValue(segment.path, replaced[segment.path]).with_order(segment.order)


def _write(
    field: Any, swedish: list[dict[str, Any]], words: dict[str, list[Any] | None], source: Any, translation: Any
) -> list[dict[str, Any]]:
    """A copy of the Swedish stream, with words wherever they are complete."""
    copy = field.stream_block.to_python(swedish)
    segments = [segment.unwrap()[1] for found in words.values() for segment in found or []]
    StreamFieldSegmentsWriter(field, source.locale, translation.locale).handle_stream_block(copy, segments)
    written: list[dict[str, Any]] = field.stream_block.get_prep_value(copy)
    return written
