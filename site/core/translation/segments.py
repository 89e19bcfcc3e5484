"""Keeps the segments of a TranslationSource equal to its content, with a fixed number of queries.

A segment is one translatable piece of a page: a sentence, the frame of a rich text, a related snippet, a picture that a
translator may replace. wagtail-localize's TranslationSource.refresh_segments looks up each of them, its context and its
sentence one by one, changed or not. Here each table is read once, and written once where something has changed. The
rows are the same (tests/core/translation/test_segments.py compares them).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import partial
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from modelcluster.models import model_from_serializable_data
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)
from wagtail_localize.segments import (
    OverridableSegmentValue,
    RelatedObjectSegmentValue,
    StringSegmentValue,
    TemplateSegmentValue,
)
from wagtail_localize.segments.extract import extract_segments

# What tells one segment of a source from another: its path, its place on the page, and what its kind adds.
Key = tuple[Any, ...]


class Kind(NamedTuple):
    """A table of segments: what tells its rows apart, and what new rows refer to."""

    model: Any
    value: type[Any]  # what extract_segments gives
    lookups: tuple[str, ...]  # of a row, beside path and order
    read: Callable[[Any], Key]  # the same of a value
    fields: Callable[[TranslationSource, list[Any]], list[dict[str, Any]]]  # of new rows, one dictionary a value


class Change(NamedTuple):
    """What is to be written in one table: values without a row, and primary keys of rows without a value."""

    kind: Kind
    new: list[Any]
    gone: list[int]


def instance_of(source: TranslationSource) -> Any:
    """The page or snippet with the content of a source. For reading only.

    TranslationSource.as_instance asks the database for the row as it is now, of which no segment is made, and whether
    each foreign key is still there, which it was when the content was stored, just before.
    """
    model = ContentType.objects.get_for_id(source.specific_content_type_id).model_class()
    read = getattr(model, "from_serializable_data", partial(model_from_serializable_data, model))
    return read(json.loads(source.content_json), check_fks=False)


def changes(source: TranslationSource, instance: Any) -> list[Change]:
    """Compare what `instance` holds with the segments of its source. Empty: there is nothing to write."""
    values = extract_segments(instance)
    found = [_change(kind, source, [value for value in values if type(value) is kind.value]) for kind in KINDS]
    return [change for change in found if change.new or change.gone]


def _change(kind: Kind, source: TranslationSource, values: list[Any]) -> Change:
    wanted = {(value.path, value.order, *kind.read(value)): value for value in values}
    rows = kind.model.objects.filter(source=source).values_list("context__path", "order", *kind.lookups, "pk")
    stored = {tuple(key): pk for *key, pk in rows}
    return Change(
        kind,
        new=[value for key, value in wanted.items() if key not in stored],
        gone=[pk for key, pk in stored.items() if key not in wanted],
    )


def write(source: TranslationSource, instance: Any, changed: list[Change]) -> None:
    """Make the new segments, with the contexts that they need, and delete those that are gone."""
    contexts = _contexts(source, instance, {value.path for change in changed for value in change.new})
    for kind, new, gone in changed:
        kind.model.objects.bulk_create(
            kind.model(source=source, context_id=contexts[value.path], order=value.order, **fields)
            for value, fields in zip(new, kind.fields(source, new), strict=True)
        )
        if gone:
            kind.model.objects.filter(pk__in=gone).delete()


# --- What segments refer to ---------------------------------------------------------------------------------------
def _find_or_make(existing: QuerySet[Any], key: str, wanted: dict[Any, Model]) -> dict[Any, Any]:
    """Key → primary key. `wanted`: key → the row to be made if none is there, or is made by others meanwhile."""

    def find() -> dict[Any, Any]:
        return dict(existing.filter(**{f"{key}__in": list(wanted)}).values_list(key, "pk"))

    found = find() if wanted else {}
    # Always in the same order: two publications with the same new sentences wait for each other, but not in a circle.
    if missing := sorted(wanted.keys() - found.keys()):
        existing.model.objects.bulk_create([wanted[key] for key in missing], ignore_conflicts=True)
        found = find()
    return found


def _contexts(source: TranslationSource, instance: Any, paths: Iterable[str]) -> dict[str, int]:
    """Path → primary key of its context."""
    wanted = {
        TranslationContext._get_path_id(path): TranslationContext(
            object_id=source.object_id,
            path_id=TranslationContext._get_path_id(path),
            path=path,
            field_path=_field_path(path, instance),
        )
        for path in paths
    }
    found = _find_or_make(TranslationContext.objects.filter(object_id=source.object_id), "path_id", wanted)
    return {wanted[path_id].path: pk for path_id, pk in found.items()}


def _field_path(path: str, instance: Any) -> str:
    """The names of field and blocks in a path: "story.step.title". The library's own, without its save() for each."""
    context = SimpleNamespace(path=path, field_path="", save=lambda **options: None)
    return str(TranslationContext.get_field_path(context, instance))


# --- The four kinds -----------------------------------------------------------------------------------------------
def _read_string(value: StringSegmentValue) -> Key:
    return String._get_data_hash(value.string.data), _json(value.attrs)


def _string_fields(source: TranslationSource, values: list[StringSegmentValue]) -> list[dict[str, Any]]:
    hashes = [String._get_data_hash(value.string.data) for value in values]
    wanted = {
        data_hash: String(locale_id=source.locale_id, data_hash=data_hash, data=value.string.data)
        for data_hash, value in zip(hashes, values, strict=True)
    }
    found = _find_or_make(String.objects.filter(locale_id=source.locale_id), "data_hash", wanted)
    return [
        {"string_id": found[data_hash], "attrs": _json(value.attrs)}
        for data_hash, value in zip(hashes, values, strict=True)
    ]


def _template_uuid(value: TemplateSegmentValue) -> UUID:
    return uuid5(uuid5(Template.BASE_UUID_NAMESPACE, value.format), value.template)


def _template_fields(source: TranslationSource, values: list[TemplateSegmentValue]) -> list[dict[str, Any]]:
    wanted = {
        _template_uuid(value): Template(
            uuid=_template_uuid(value),
            template=value.template,
            template_format=value.format,
            string_count=value.string_count,
        )
        for value in values
    }
    found = _find_or_make(Template.objects.all(), "uuid", wanted)
    return [{"template_id": found[_template_uuid(value)]} for value in values]


def _object_fields(source: TranslationSource, values: list[RelatedObjectSegmentValue]) -> list[dict[str, Any]]:
    wanted = {
        value.translation_key: TranslatableObject(
            translation_key=value.translation_key, content_type=value.content_type
        )
        for value in values
    }
    _find_or_make(TranslatableObject.objects.all(), "translation_key", wanted)
    return [{"object_id": value.translation_key} for value in values]


def _override_fields(source: TranslationSource, values: list[OverridableSegmentValue]) -> list[dict[str, Any]]:
    return [{"data_json": _json(value.data)} for value in values]


def _json(value: Any) -> str:
    return json.dumps(value, cls=DjangoJSONEncoder)


KINDS = (
    Kind(StringSegment, StringSegmentValue, ("string__data_hash", "attrs"), _read_string, _string_fields),
    Kind(
        TemplateSegment,
        TemplateSegmentValue,
        ("template__uuid",),
        lambda value: (_template_uuid(value),),
        _template_fields,
    ),
    Kind(
        RelatedObjectSegment,
        RelatedObjectSegmentValue,
        ("object_id",),
        lambda value: (value.translation_key,),
        _object_fields,
    ),
    Kind(
        OverridableSegment,
        OverridableSegmentValue,
        ("data_json",),
        lambda value: (_json(value.data),),
        _override_fields,
    ),
)
