"""Facts follow the Swedish page: a price, a date, a place, a picture is the same in every language at once.

A fact is what a model calls a SynchronizedField. wagtail-localize copies facts only when a translation is saved anew,
from a copy of the Swedish page that it froze earlier. Here the published Swedish page is the only truth: each save of
it is carried to all its translations (`carry`), and each save of a translation reads it (`follow`), so that an old
draft, a schedule, a workflow or a revert cannot bring an old price back.

A page is meant by its Swedish row in every language: relations to pages stay Swedish, and what shows them asks for the
reader's (`reading.localized`). A snippet has no address and no draft: relations to it lead to its translation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.log_actions import log
from wagtail.models import Locale, Page, Revision, TranslatableMixin
from wagtail.signals import page_published
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import SegmentOverride

from core.translation import streams
from core.translation.locales import is_source
from core.translation.relations import pages_with

LOG_ACTION = "core.facts_followed"


def fact_names(model: type[models.Model]) -> list[str]:
    """The fields and relations that are the same in every language."""
    return [field.field_name for field in get_translatable_fields(model) if isinstance(field, SynchronizedField)]


def published_source(thing: Any) -> Any | None:
    """The published Swedish page or snippet behind a translation; None for one that is Swedish, or has no Swedish."""
    if is_source(thing):
        return None
    source = _rows(thing).filter(locale__language_code=settings.LANGUAGE_CODE).first()
    return source if source is not None and getattr(source, "live", True) else None


def translations_of(source: Any) -> list[Any]:
    return list(_rows(source).exclude(pk=source.pk).select_related("locale"))


def _rows(thing: Any) -> Any:
    """All that say the same, of the same class."""
    return type(thing)._default_manager.filter(translation_key=thing.translation_key)


def follow(translation: Any, source: Any) -> list[str]:
    """Gives an instance (not yet saved) the facts of the Swedish one. Returns the names of those that changed.

    What a translator replaced on purpose (a picture with words in it) stays, where the model allows that.
    """
    replaced = _replaced_by_translators(translation)
    names = [
        name for name in fact_names(type(source)) if name not in replaced and _follow_one(name, source, translation)
    ]
    return names + streams.follow(source, translation, replaced)


def _replaced_by_translators(translation: Any) -> dict[str, Any]:
    """Path → value."""
    overrides = SegmentOverride.objects.filter(
        context__object_id=translation.translation_key, locale=translation.locale, has_error=False
    )
    return {path: json.loads(value) for path, value in overrides.values_list("context__path", "data_json")}


def _follow_one(name: str, source: Any, translation: Any) -> bool:
    field = source._meta.get_field(name)
    if isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey):
        return _follow_rows(field, source, translation)
    if isinstance(field, models.ManyToManyField):
        return _follow_many(field, source, translation)
    value = getattr(source, field.attname)
    if value is not None and _leads_to_a_snippet(field):
        value = _in_locale(field.related_model, [value], translation.locale)[value]
    if getattr(translation, field.attname) == value:
        return False
    setattr(translation, field.attname, value)
    return True


def _follow_rows(relation: models.ManyToOneRel, source: Any, translation: Any) -> bool:
    """Rows that belong to the page: dates, hosts. Left alone when equal, so that their keys stay."""
    name = relation.get_accessor_name()
    wanted = list(_said_by(getattr(source, name).all(), relation, translation.locale))
    if wanted == list(_said_by(getattr(translation, name).all(), relation, None)):
        return False
    source.copy_child_relation(relation.name, translation)
    for row, said in zip(_in_order(getattr(translation, name).all()), wanted, strict=True):
        for attribute, value in said.items():
            setattr(row, attribute, value)
    return True


def _said_by(rows: Iterable[Any], relation: models.ManyToOneRel, locale: Locale | None) -> Iterator[dict[str, Any]]:
    """What each row says, but its key, its page and its number; with snippets as they are in `locale`."""
    rows = _in_order(rows)
    left_out = {relation.related_model._meta.pk.attname, relation.field.attname, "sort_order"}
    fields = [field for field in relation.related_model._meta.concrete_fields if field.attname not in left_out]
    twins = {
        field.attname: _in_locale(field.related_model, [getattr(row, field.attname) for row in rows], locale)
        for field in fields
        if locale is not None and _leads_to_a_snippet(field)
    }
    for row in rows:
        said = {field.attname: getattr(row, field.attname) for field in fields}
        yield {key: twins[key].get(value, value) if key in twins else value for key, value in said.items()}


def _in_order(rows: Iterable[Any]) -> list[Any]:
    """As an editor put them; by age where nobody did."""
    return sorted(rows, key=lambda row: (getattr(row, "sort_order", None) or 0, row.pk or 0))


def _follow_many(field: models.ManyToManyField[Any, Any], source: Any, translation: Any) -> bool:
    """Also an emptied one, which wagtail-localize would leave as it was."""
    wanted = [thing.pk for thing in getattr(source, field.name).all()]
    if _leads_to_a_snippet(field):
        twins = _in_locale(field.related_model, wanted, translation.locale)
        wanted = [twins[key] for key in wanted]
    if {thing.pk for thing in getattr(translation, field.name).all()} == set(wanted):
        return False
    setattr(translation, field.name, list(field.related_model._default_manager.filter(pk__in=wanted)))
    return True


def _leads_to_a_snippet(field: Any) -> bool:
    model = field.related_model
    return bool(field.is_relation and model and issubclass(model, TranslatableMixin) and not issubclass(model, Page))


def _in_locale(model: Any, keys: Iterable[Any], locale: Locale) -> dict[Any, Any]:
    """For each snippet's key that of its translation; its own where there is none. One query."""
    twin = model._default_manager.filter(translation_key=OuterRef("translation_key"), locale=locale).values("pk")[:1]
    rows = model._default_manager.filter(pk__in=set(keys)).annotate(twin=Subquery(twin))
    return {key: twin or key for key, twin in rows.values_list("pk", "twin")}


# --- From the Swedish page to its translations --------------------------------------------------------------------
def carry(source: Any) -> None:
    """After a save of a published Swedish page: all its translations say the same facts, published ones at once.

    Their words, drafts, schedules and moderation stay as they are; a draft gets the facts too.
    """
    for translation in translations_of(source):
        _carry_to(translation, source)


def _carry_to(translation: Any, source: Any) -> None:
    changed = follow(translation, source)
    if changed and translation.live:
        translation.last_published_at = timezone.now()
    if changed:
        # Not cleaned: a slug or a title that has become invalid must not hold back a price.
        translation.save(clean=False)
        log(instance=translation, action=LOG_ACTION, data={"fields": changed}, content_changed=True)
    for revision in _revisions_that_count(translation):
        _carry_to_revision(revision, source)
    if changed and translation.live:
        page_published.send(sender=type(translation), instance=translation, revision=translation.live_revision)


def _revisions_that_count(page: Any) -> list[Revision]:
    """What may still be shown or go live: the newest, the published and the scheduled one."""
    chosen = models.Q(pk__in=[page.latest_revision_id, page.live_revision_id])
    return list(page.revisions.filter(chosen | models.Q(approved_go_live_at__isnull=False)))


def _carry_to_revision(revision: Revision, source: Any) -> None:
    """In place: a new revision would end a moderation, or take the place of a schedule."""
    draft = revision.as_object()
    if follow(draft, source):
        Revision.objects.filter(pk=revision.pk).update(content=draft.serializable_data())


def carry_snippet(source: Any) -> None:
    """After a save of a Swedish snippet."""
    for translation in translations_of(source):
        if follow(translation, source):
            translation.save()


def lead_to(snippet: Any) -> None:
    """A snippet has a new translation: pages of that language lead to it from now on."""
    source = _rows(snippet).filter(locale__language_code=settings.LANGUAGE_CODE).first()
    if source is None:
        return
    for pages in pages_with(type(source), [source.pk]):
        for page in pages.filter(locale=source.locale):
            for translation in translations_of(page):
                if translation.locale_id == snippet.locale_id:
                    _carry_to(translation, page)
