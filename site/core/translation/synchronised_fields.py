"""Copies synchronised fields (price, dates, place, picture …) from a Swedish page or snippet to its translations.

A field is synchronised if its model lists it as SynchronizedField. wagtail-localize copies such fields only when a
translation is saved, from an earlier copy of the Swedish page. Here they are copied from the published Swedish page:
to all translations when it is saved, and to a translation when that is saved, so that an old draft, a schedule, a
workflow or a revert cannot bring an old price back.

A text that Swedish has not is in no translation. A text about now (`texts_about_now` of a page type: why it is paused)
is not left as it was when its Swedish changes: a translation has what a translator has written for the Swedish as it
is; until then it is empty, and templates say it in the site's own words.

Foreign keys to pages keep pointing to the Swedish page in every language; what shows them asks for the reader's
language (`reading.localized`). Foreign keys to snippets point to the snippet's translation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_m2m_relations, get_all_child_relations
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Locale, Page, ReferenceIndex, TranslatableMixin
from wagtail.signals import page_published
from wagtail_localize.fields import SynchronizedField, TranslatableField, get_translatable_fields
from wagtail_localize.models import SegmentOverride

from core.translation import sources, streams, versions
from core.translation.locales import is_source, source_of
from core.translation.relations import pages_with

LOG_ACTION = "core.synchronised_fields_copied"


def synchronised_field_names(model: type[models.Model]) -> list[str]:
    """The fields and relations that are the same in every language."""
    return [field.field_name for field in get_translatable_fields(model) if isinstance(field, SynchronizedField)]


def published_source(thing: TranslatableMixin) -> TranslatableMixin | None:
    """The published Swedish page or snippet of a translation; None for a Swedish one, or if none is published."""
    if is_source(thing):
        return None
    source = source_of(thing)
    return source if source is not None and getattr(source, "live", True) else None


def translations_of(source: TranslatableMixin) -> models.QuerySet[Any]:
    """All translations of a Swedish page or snippet, drafts included."""
    return _rows(source).exclude(pk=source.pk).select_related("locale")


def _rows(thing: TranslatableMixin) -> models.QuerySet[TranslatableMixin]:
    """The page or snippet in all its languages."""
    return type(thing)._default_manager.filter(translation_key=thing.translation_key)


def copy_from_source(
    translation: TranslatableMixin, source: TranslatableMixin, overrides: dict[str, Any] | None = None
) -> list[str]:
    """Copy the synchronised fields to an instance, without saving it. Returns the names of fields that changed.

    Fields that a translator has overridden (a picture with words in it) are left, where the model allows overriding.
    `overrides`: those of wagtail-localize, if the caller has asked for them.
    """
    overrides = _overrides_of(translation) if overrides is None else overrides
    names = [
        name
        for name in synchronised_field_names(type(source))
        if name not in overrides and _copy_field(name, source, translation)
    ]
    names += _follow_texts_about_now(source, translation) + _leave_out_empty_texts(source, translation)
    return names + streams.copy(source, translation, overrides)


def texts_about_now(model: type[Any]) -> tuple[str, ...]:
    """The plain text fields that may say nothing old."""
    return tuple(getattr(model, "texts_about_now", ()))


def _follow_texts_about_now(source: TranslatableMixin, translation: TranslatableMixin) -> list[str]:
    """Returns the names of fields that changed. One query where the Swedish page has such a text."""
    fields = [source._meta.get_field(name) for name in texts_about_now(type(source))]
    said = {field.name: getattr(source, field.name) for field in fields if getattr(source, field.name)}
    written = sources.written_for(source, said, translation.locale) if said else {}
    changed = []
    for field in fields:
        text = written.get(field.name, "")
        text = text if len(text) <= (field.max_length or len(text)) else ""
        if getattr(translation, field.name) != text:
            setattr(translation, field.name, text)
            changed.append(field.name)
    return changed


def empty_texts(source: TranslatableMixin) -> list[str]:
    """The translated text fields that say nothing in Swedish. wagtail-localize offers them to no translator."""
    translated = [
        found.field_name for found in get_translatable_fields(type(source)) if isinstance(found, TranslatableField)
    ]
    fields = [source._meta.get_field(name) for name in translated if name not in texts_about_now(type(source))]
    texts = [field for field in fields if isinstance(field, (models.CharField, models.TextField)) and field.blank]
    return [field.name for field in texts if not getattr(source, field.name)]


def _leave_out_empty_texts(source: TranslatableMixin, translation: TranslatableMixin) -> list[str]:
    """What is no longer said in Swedish (that it can be a gift) goes in a translation too. Returns what changed."""
    changed = [name for name in empty_texts(source) if getattr(translation, name)]
    for name in changed:
        setattr(translation, name, "")
    return changed


def copy_from_published_source(page: Page) -> None:
    """Copy the synchronised fields to a translation of a published Swedish page, without saving it.

    A page that has no locale yet gets that of its parent as it is saved: it is new, and no translation.
    """
    source = published_source(page) if page.locale_id else None
    if source is not None:
        copy_from_source(page, source)


def _overrides_of(translation: TranslatableMixin) -> dict[str, Any]:
    """wagtail-localize's overrides: content path → JSON value."""
    overrides = SegmentOverride.objects.filter(
        context__object_id=translation.translation_key, locale=translation.locale, has_error=False
    )
    return {path: json.loads(value) for path, value in overrides.values_list("context__path", "data_json")}


def _copy_field(name: str, source: TranslatableMixin, translation: TranslatableMixin) -> bool:
    field = source._meta.get_field(name)
    if isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey):
        return _copy_rows(field, source, translation)
    if isinstance(field, models.ManyToManyField):
        return _copy_many_to_many(field, source, translation)
    value = getattr(source, field.attname)
    if value is not None and _points_to_snippet(field):
        if _is_twin(field, source, translation):
            return False
        value = _translated_keys(field.related_model, [value], translation.locale)[value]
    if getattr(translation, field.attname) == value:
        return False
    setattr(translation, field.attname, value)
    return True


def _is_twin(field: models.ForeignKey[Any, Any], source: TranslatableMixin, translation: TranslatableMixin) -> bool:
    """Whether the translation has the snippet in its own language already. False if they are not in memory."""
    if not (field.is_cached(source) and field.is_cached(translation)):
        return False
    ours, theirs = getattr(source, field.name), getattr(translation, field.name)
    return bool(theirs and theirs.translation_key == ours.translation_key and theirs.locale_id == translation.locale_id)


def _copy_rows(relation: models.ManyToOneRel, source: Page, translation: Page) -> bool:
    """Child rows of the page (dates, hosts). Rows that are there already are kept, with their primary keys."""
    manager = getattr(translation, relation.get_accessor_name())
    wanted = list(_values_of(getattr(source, relation.get_accessor_name()).all(), relation, translation.locale))
    rows = _in_order(manager.all())
    values = list(_values_of(rows, relation, None))
    if wanted == values:
        return False
    kept = list(zip(values, rows, strict=True))
    manager.set([_row(relation.related_model, row, number, kept) for number, row in enumerate(wanted)])
    return True


def _row(
    model: type[models.Model], values: dict[str, Any], number: int, kept: list[tuple[dict[str, Any], Any]]
) -> models.Model:
    """A row with these values at this place: one of `kept`, which is taken out of the list, or a new one."""
    found = next((pair for pair in kept if pair[0] == values), None)
    if found:
        kept.remove(found)
    row = found[1] if found else model(**values)
    if hasattr(row, "sort_order"):
        row.sort_order = number
    return row


def _values_of(
    rows: Iterable[models.Model], relation: models.ManyToOneRel, locale: Locale | None
) -> Iterator[dict[str, Any]]:
    """Values of each row without primary key, page and order; snippets replaced by their translation in `locale`."""
    rows = _in_order(rows)
    left_out = {relation.related_model._meta.pk.attname, relation.field.attname, "sort_order"}
    fields = [field for field in relation.related_model._meta.concrete_fields if field.attname not in left_out]
    twins = {
        field.attname: _translated_keys(field.related_model, [getattr(row, field.attname) for row in rows], locale)
        for field in fields
        if locale is not None and _points_to_snippet(field)
    }
    for row in rows:
        said = {field.attname: getattr(row, field.attname) for field in fields}
        yield {key: twins[key].get(value, value) if key in twins else value for key, value in said.items()}


def _in_order(rows: Iterable[models.Model]) -> list[models.Model]:
    """By sort_order, then by primary key."""
    return sorted(rows, key=lambda row: (getattr(row, "sort_order", None) or 0, row.pk or 0))


def _copy_many_to_many(
    field: models.ManyToManyField[Any, Any], source: TranslatableMixin, translation: TranslatableMixin
) -> bool:
    """Copies an emptied relation too, which wagtail-localize does not."""
    wanted = [thing.pk for thing in getattr(source, field.name).all()]
    if _points_to_snippet(field):
        twins = _translated_keys(field.related_model, wanted, translation.locale)
        wanted = [twins[key] for key in wanted]
    if {thing.pk for thing in getattr(translation, field.name).all()} == set(wanted):
        return False
    setattr(translation, field.name, list(field.related_model._default_manager.filter(pk__in=wanted)))
    return True


def _points_to_snippet(field: models.Field[Any, Any]) -> bool:
    model = field.related_model
    return bool(field.is_relation and model and issubclass(model, TranslatableMixin) and not issubclass(model, Page))


def _translated_keys(model: Any, keys: Iterable[int], locale: Locale) -> dict[int, int]:
    """Maps each snippet's primary key to that of its translation, or to itself if there is none. One query."""
    twin = model._default_manager.filter(translation_key=OuterRef("translation_key"), locale=locale).values("pk")[:1]
    rows = model._default_manager.filter(pk__in=set(keys)).annotate(twin=Subquery(twin))
    return {key: twin or key for key, twin in rows.values_list("pk", "twin")}


# --- From the Swedish page to its translations --------------------------------------------------------------------
def is_content(model: type[Page], fields: Iterable[str] | None) -> bool:
    """Whether a save with these `update_fields` writes what visitors see, or makes the page live. None: all fields."""
    return fields is None or not {"live", *_content(model)}.isdisjoint(fields)


def changes(page: Page, fields: Iterable[str] | None = None) -> frozenset[str] | None:
    """The names of content fields in which a page differs from its row in the database; None if that is not live.

    Content is what wagtail-localize knows of: text, synchronised fields and StreamFields, child rows included.
    `fields`: only these are compared.
    """
    row = type(page)._default_manager.filter(pk=page.pk, live=True).first()
    if row is None:
        return None
    found = {name for name, field in _content(type(page)).items() if _differs(field, row, page)}
    return frozenset(found if fields is None else found.intersection(fields))


def _content(model: type[models.Model]) -> dict[str, Any]:
    names = [field.field_name for field in get_translatable_fields(model)]
    return {name: model._meta.get_field(name) for name in names}


def _differs(field: Any, row: Page, page: Page) -> bool:
    return bool(_stored_value(field, row) != _stored_value(field, page))


def _stored_value(field: Any, page: Page) -> Any:
    """The value of a field or relation in a form that can be compared."""
    if isinstance(field, models.ManyToOneRel):
        return list(_values_of(getattr(page, field.get_accessor_name()).all(), field, None))
    if isinstance(field, models.ManyToManyField):
        return {thing.pk for thing in getattr(page, field.name).all()}
    return field.get_prep_value(field.value_from_object(page))


def _are_shared(model: type[models.Model], names: frozenset[str] | None) -> bool:
    """Whether translations share or follow one of these fields; None means all of them.

    Blocks of a StreamField share order, pictures and links.
    """
    if names is None:
        return True
    streams_among = any(isinstance(model._meta.get_field(name), StreamField) for name in names)
    return streams_among or not names.isdisjoint(_shared_names(model))


def _shared_names(model: type[models.Model]) -> list[str]:
    """Of what a translation takes from its Swedish page or follows, all but StreamFields."""
    return [*synchronised_field_names(model), *texts_about_now(model)]


def as_saved(page: Page) -> Page:
    """The page as it is in the database, with its child rows: what its translations and their translators follow."""
    saved: Page = _with_relations(type(page)._default_manager.all()).get(pk=page.pk)
    return saved


def copy_to_translations(source: Page, changed: frozenset[str] | None) -> None:
    """Copy the synchronised fields of a published Swedish page to all its translations, live ones and drafts.

    Their text, drafts, schedules and workflow states are left as they are. Nothing is done if none of the content
    fields that have `changed` is shared. None: all have.
    """
    if _are_shared(type(source), changed) or not (changed or frozenset()).isdisjoint(empty_texts(source)):
        for translation in _with_relations(translations_of(source)):
            _copy_to(translation, source)


def _with_relations(pages: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """With their snippets, child rows and many-to-many relations: one query, and one for each relation of all pages."""
    snippets = [field.name for field in pages.model._meta.concrete_fields if _points_to_snippet(field)]
    rows = [relation.get_accessor_name() for relation in get_all_child_relations(pages.model)]
    several = [field.name for field in get_all_child_m2m_relations(pages.model)]
    return pages.select_related("locale", *snippets).prefetch_related(*rows, *several)


def _copy_to(translation: Page, source: Page) -> None:
    overrides = _overrides_of(translation)
    changed = copy_from_source(translation, source, overrides)
    revisions = versions.in_use(translation)
    if changed and translation.live:
        translation.last_published_at = timezone.now()
    if changed:
        _save(translation, changed)
        emptied = [name for name in changed if getattr(translation, name) == ""]
        data = {"fields": changed, "emptied": emptied}
        log(instance=translation, action=LOG_ACTION, data=data, content_changed=True)
    shared = [name for name in (*_shared_names(type(source)), *empty_texts(source)) if name not in overrides]
    versions.copy_to(revisions.values(), source, translation, shared, changed, overrides)
    if changed and translation.live:
        _forget_relations(translation)
        page_published.send(
            sender=type(translation), instance=translation, revision=revisions.get(translation.live_revision_id)
        )


def _save(translation: Page, names: list[str]) -> None:
    """Save these fields only, past Page.save: a slug or a title that has become invalid must not hold back a price.

    Wagtail's index of references is written once, at the end, and not for each child row.
    """
    fields = {name: translation._meta.get_field(name) for name in names}
    rows = {name: field for name, field in fields.items() if isinstance(field, models.ManyToOneRel)}
    with _references_are_left():
        for relation in rows.values():
            _save_rows(translation, relation)
        ClusterableModel.save(translation, update_fields=[*(fields.keys() - rows.keys()), "last_published_at"])
    if any(_may_refer(field) for field in fields.values()):
        ReferenceIndex.create_or_update_for_object(translation)


def _save_rows(translation: Page, relation: models.ManyToOneRel) -> None:
    """All at once: modelcluster saves and deletes them one by one."""
    rows = list(getattr(translation, relation.get_accessor_name()).all())
    old = [row for row in rows if row.pk]
    objects = relation.related_model._default_manager
    objects.filter(**{relation.field.name: translation}).exclude(pk__in=[row.pk for row in old]).delete()
    if old and hasattr(old[0], "sort_order"):
        objects.bulk_update(old, ["sort_order"])
    objects.bulk_create([row for row in rows if not row.pk])


def _forget_relations(page: Page) -> None:
    """Let child rows be read from the database again, where they are now."""
    page._cluster_related_objects = {}
    page._prefetched_objects_cache = {}


def _may_refer(field: Any) -> bool:
    """Whether a field can refer to another object, as Wagtail's index of references knows it."""
    if isinstance(field, models.ManyToOneRel):
        return bool(ReferenceIndex.model_is_indexable(field.related_model, allow_child_models=True))
    return field.is_relation or isinstance(field, StreamField)


def _references_are_left() -> AbstractContextManager[None]:
    """Wagtail's index of references is not written. (Its own context manager cannot be nested.)"""
    # Needs the models to be loaded, which import this module.
    from wagtail.signal_handlers import disable_reference_index_auto_update, reference_index_auto_update_disabled

    is_off = getattr(reference_index_auto_update_disabled, "value", False)
    return nullcontext() if is_off else disable_reference_index_auto_update()


def copy_to_snippet_translations(source: TranslatableMixin) -> None:
    """Copy the synchronised fields of a Swedish snippet to its translations."""
    for translation in translations_of(source):
        if copy_from_source(translation, source):
            translation.save()


def repoint_pages(snippet: TranslatableMixin) -> None:
    """Point the pages of a language to a new translation of a snippet that they use."""
    source = source_of(snippet)
    if source is None:
        return
    for pages in pages_with(type(source), [source.pk]):
        for page in pages.filter(locale=source.locale):
            for translation in translations_of(page):
                if translation.locale_id == snippet.locale_id:
                    _copy_to(translation, page)
