"""Copies what is synchronised inside StreamFields: order of blocks, pictures, numbers, links. Text stays translated.

For each block of the Swedish stream, matched by its id:

* all of its text is translated: the Swedish block with the translated text;
* some text is not translated (a sentence was added): the translation's block is left until a translator has seen it;
* the translation lacks the block: it is added once its text is translated; a block without text at once.

Blocks that the Swedish stream no longer has are removed: consent to them may have been withdrawn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import TranslatableMixin
from wagtail_localize.segments import OverridableSegmentValue, StringSegmentValue, TemplateSegmentValue
from wagtail_localize.segments.extract import extract_segments
from wagtail_localize.segments.ingest import StreamFieldSegmentsWriter
from wagtail_localize.strings import StringValue, extract_ids

# Field name → block id → wagtail-localize's segments.
Segments = dict[str, dict[str, list[Any]]]


def copy(source: TranslatableMixin, translation: TranslatableMixin, overrides: dict[str, Any]) -> list[str]:
    """Copy the Swedish StreamFields to an instance, without saving it. Returns the names of fields that changed.

    `overrides`: content path → value that a translator has overridden.
    """
    fields = [field for field in source._meta.concrete_fields if isinstance(field, StreamField)]
    if not fields:
        return []
    for page in (source, translation):
        _normalise(page, fields)
    of_source, of_translation = _segments(source), _segments(translation)
    return [
        field.name
        for field in fields
        if _copy_field(field, source, translation, of_source[field.name], of_translation[field.name], overrides)
    ]


def _normalise(page: TranslatableMixin, fields: list[StreamField]) -> None:
    """Turn the streams into their stored form, from which wagtail-localize reads alternative texts."""
    for field in fields:
        stored = field.stream_block.get_prep_value(getattr(page, field.name))
        setattr(page, field.name, field.stream_block.to_python(stored))


def _segments(page: TranslatableMixin) -> Segments:
    found: Segments = defaultdict(lambda: defaultdict(list))
    for segment in extract_segments(page):
        field, *rest = segment.path.split(".")
        if rest:
            found[field][rest[0]].append(segment)
    return found


def _copy_field(
    field: StreamField,
    source: TranslatableMixin,
    translation: TranslatableMixin,
    of_source: dict[str, list[Any]],
    of_translation: dict[str, list[Any]],
    overrides: dict[str, Any],
) -> bool:
    block = field.stream_block
    swedish = block.get_prep_value(getattr(source, field.name))
    before = block.get_prep_value(getattr(translation, field.name))
    twins = {child["id"]: child for child in before}
    words = {
        child["id"]: _translated_segments(of_source[child["id"]], of_translation[child["id"]], overrides)
        for child in swedish
    }
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


def _translated_segments(swedish: list[Any], translated: list[Any], overrides: dict[str, Any]) -> list[Any] | None:
    """The segments of a Swedish block with translated text; None if some text is not translated."""
    words: dict[str, list[Any]] = defaultdict(list)
    for segment in translated:
        if isinstance(segment, StringSegmentValue):
            words[segment.path].append(segment.string)
    wanted = [segment for segment in swedish if isinstance(segment, StringSegmentValue)]
    paths = [segment.path for segment in wanted]
    if any(len(words[path]) != paths.count(path) for path in paths):
        return None
    in_order = {path: iter(strings) for path, strings in words.items()}
    if not all(_has_its_links(segment, next(in_order[segment.path])) for segment in wanted):
        return None
    return list(_with_text(swedish, {path: iter(strings) for path, strings in words.items()}, overrides))


def _has_its_links(swedish: StringSegmentValue, translated: StringValue) -> bool:
    """Whether a translated string refers only to links (numbered placeholders) that the Swedish sentence has."""
    return bool(extract_ids(translated.data) <= set(swedish.attrs or {}))


def _with_text(swedish: list[Any], words: dict[str, Any], overrides: dict[str, Any]) -> Iterable[Any]:
    for segment in swedish:
        if isinstance(segment, StringSegmentValue):
            text = StringSegmentValue(segment.path, next(words[segment.path]), attrs=segment.attrs)
            yield text.with_order(segment.order)
        elif isinstance(segment, TemplateSegmentValue):
            yield segment
        elif segment.path in overrides:
            yield OverridableSegmentValue(segment.path, overrides[segment.path]).with_order(segment.order)


def _write(
    field: StreamField,
    swedish: list[dict[str, Any]],
    words: dict[str, list[Any] | None],
    source: TranslatableMixin,
    translation: TranslatableMixin,
) -> list[dict[str, Any]]:
    """A copy of the Swedish stream, with translated text in the blocks that are completely translated."""
    copy = field.stream_block.to_python(swedish)
    segments = [segment.unwrap()[1] for found in words.values() for segment in found or []]
    StreamFieldSegmentsWriter(field, source.locale, translation.locale).handle_stream_block(copy, segments)
    written: list[dict[str, Any]] = field.stream_block.get_prep_value(copy)
    return written
