"""Keeps the text that translators work on equal to the published Swedish page, without losing translations.

wagtail-localize stores a copy of the Swedish page (TranslationSource) when it is submitted for translation, and updates
it only by hand ("Sync"). A sentence that has changed then has no translation: publishing puts Swedish in its place, and
the translator does not see the former translation.

Here the copy is updated with each publication. A changed sentence gets the translation of the sentence that it
replaces, marked with the tool name EARLIER_TEXT: it is published, shown to translators, and can be counted
(core.translation.progress). `created_at` of such a row is when it became out of date.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from modelcluster.models import ClusterableModel, get_serializable_data_for_fields
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.models import (
    String,
    StringSegment,
    StringTranslation,
    TranslationSource,
    get_schema_version,
    post_save_string_translation,
)
from wagtail_localize.strings import StringValue, validate_translation_links

from core.translation import segments

# StringTranslation.tool_name of a translation that was made of an earlier Swedish sentence.
EARLIER_TEXT = "earlier text"

# Primary keys: context → its strings in the order of the page.
StringsByContext = dict[int, list[int]]


def update_source(instance: TranslatableMixin) -> None:
    """Update the TranslationSource of a Swedish page or snippet, if it has one. Call it after publication.

    `instance`: of its own class, not a bare Page. What TranslationSource.update_or_create_from_instance does, which
    looks up more, and makes a source where there is none.
    """
    stored = TranslationSource.objects.filter(object_id=instance.translation_key, locale_id=instance.locale_id)
    source = stored.select_related("locale").first()
    if source is None:
        return
    content = content_json(instance)
    if json.loads(content) != json.loads(source.content_json):
        _store_content(source, instance, content)


def content_json(instance: TranslatableMixin) -> str:
    """The content of a page or snippet as a TranslationSource holds it."""
    if isinstance(instance, ClusterableModel):
        return str(instance.to_json())
    return json.dumps(get_serializable_data_for_fields(instance), cls=DjangoJSONEncoder)


@transaction.atomic(savepoint=False)
def _store_content(source: TranslationSource, instance: TranslatableMixin, content: str) -> None:
    source.content_json = content
    source.object_repr = str(instance)[:200]
    source.schema_version = get_schema_version(instance._meta.app_label)
    source.last_updated_at = timezone.now()
    source.save(update_fields=["content_json", "object_repr", "schema_version", "last_updated_at"])
    source.refresh_segments()


# --- Segments -----------------------------------------------------------------------------------------------------
def refresh_segments(source: TranslationSource) -> None:
    """Make the segments of a source equal to its content. New sentences take over translations of those they replace.

    Writes nothing where no segment has changed.
    """
    instance = segments.instance_of(source)
    if changed := segments.changes(source, instance):
        with transaction.atomic(savepoint=False):
            before = strings_by_context(source)
            segments.write(source, instance, changed)
            carry_over_translations(source, before)


def strings_by_context(source: TranslationSource) -> StringsByContext:
    """The strings of a TranslationSource by their context."""
    found: StringsByContext = defaultdict(list)
    for context, string in (
        StringSegment.objects.filter(source=source).order_by("order").values_list("context_id", "string_id")
    ):
        found[context].append(string)
    return found


def carry_over_translations(source: TranslationSource, before: StringsByContext) -> None:
    """Give each new string the translation of the string that it replaces, in every language that has one.

    `before`: the strings before the update. If a context holds one string, and what it replaces has no translation
    (the field was empty for a while), it gets the newest translation ever made in that context. Contexts whose strings
    are as before are left alone.
    """
    changed = {
        context: strings for context, strings in strings_by_context(source).items() if strings != before.get(context)
    }
    if changed:
        _store(_carried_over(changed, before))


def _carried_over(changed: StringsByContext, before: StringsByContext) -> Iterator[tuple[StringTranslation, int]]:
    """Pairs of an earlier translation and the string that it is to be stored for."""
    for context, languages in _translations(changed).items():
        strings = changed[context]
        forerunner = dict(_replaced(before.get(context, []), strings))
        for by_string in languages.values():
            usable = {string: found for string, found in by_string.items() if found.data and not found.has_error}
            latest = next(iter(usable.values()), None) if len(strings) == 1 else None
            for string in dict.fromkeys(strings):
                earlier = usable.get(forerunner.get(string, 0)) or latest
                if earlier and _is_free(by_string.get(string)):
                    yield earlier, string


def _is_free(row: StringTranslation | None) -> bool:
    """Whether a string has no translation of its own yet: at most one that was an earlier text when it was there."""
    return row is None or row.tool_name == EARLIER_TEXT


def _translations(contexts: Iterable[int]) -> dict[int, dict[int, dict[int, StringTranslation]]]:
    """Context → locale → string → its translation; the newest first."""
    found: dict[int, dict[int, dict[int, StringTranslation]]] = defaultdict(lambda: defaultdict(dict))
    rows = StringTranslation.objects.filter(context__in=list(contexts)).select_related("context")
    for translation in rows.order_by("-updated_at", "-pk"):
        found[translation.context_id][translation.locale_id][translation.translation_of_id] = translation
    return found


def _replaced(old: list[int], new: list[int]) -> Iterable[tuple[int, int]]:
    """Pairs of (new string, string that it replaces), in order: rich text has several strings in one context."""
    gone = [string for string in old if string not in new]
    come = [string for string in new if string not in old]
    return zip(come, gone, strict=False)


def _store(carried: Iterable[tuple[StringTranslation, int]]) -> None:
    """Store the earlier translations for new strings, marked, all at once.

    What saving each would do besides: an error is marked (a link that the new sentence does not have), and a title is
    shown as the title of the draft. Slugs are in ASCII already.
    """
    pairs = list(carried)
    strings = String.objects.in_bulk({string for _, string in pairs}) if pairs else {}
    rows = [_copy(earlier, strings[string]) for earlier, string in pairs]
    StringTranslation.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["locale", "translation_of", "context"],
        update_fields=["data", "translation_type", "tool_name", "last_translated_by", "has_error", "created_at"],
    )
    _keep_since(zip(rows, (earlier for earlier, _ in pairs), strict=True))
    for row in rows:
        post_save_string_translation(row)


def _keep_since(copies: Iterable[tuple[StringTranslation, StringTranslation]]) -> None:
    """Let what was out of date before its Swedish changed once more be so since then."""
    older = [(row, earlier) for row, earlier in copies if earlier.tool_name == EARLIER_TEXT]
    for row, earlier in older:
        row.created_at = earlier.created_at
    StringTranslation.objects.bulk_update([row for row, _ in older], ["created_at"])


def _copy(earlier: StringTranslation, string: String) -> StringTranslation:
    return StringTranslation(
        locale_id=earlier.locale_id,
        translation_of=string,
        context=earlier.context,
        data=earlier.data,
        translation_type=earlier.translation_type,
        tool_name=EARLIER_TEXT,
        last_translated_by_id=earlier.last_translated_by_id,
        has_error=not _is_valid(earlier.data, string),
    )


def _is_valid(translated: str, string: String) -> bool:
    """Whether wagtail-localize takes a text as a translation: HTML that it can read, with the links of its source."""
    try:
        StringValue.from_translated_html(translated)
        validate_translation_links(string.data, translated)
    except ValueError:
        return False
    return True


# --- What translators are shown -----------------------------------------------------------------------------------
class Earlier(NamedTuple):
    """The Swedish that a segment was translated from ("" if that is not known any more); since when it is another."""

    before: str
    since: datetime


def earlier_sentences(source: TranslationSource, locale: Locale) -> dict[int, Earlier]:
    """Primary key of a segment → its Earlier, for those that are out of date in that language. One query."""
    words = StringTranslation.objects.filter(context=OuterRef("context"), locale=locale)
    kept = words.filter(translation_of=OuterRef("string"), tool_name=EARLIER_TEXT)
    translated = words.filter(data=OuterRef("words")).exclude(tool_name=EARLIER_TEXT).order_by("-updated_at")
    segments = (
        StringSegment.objects.filter(source=source)
        .annotate(words=Subquery(kept.values("data")), since=Subquery(kept.values("created_at")))
        .exclude(words=None)
        .annotate(before=Subquery(translated.values("translation_of__data")[:1]))
    )
    return {key: Earlier(before or "", since) for key, before, since in segments.values_list("pk", "before", "since")}


def written_for(instance: TranslatableMixin, texts: dict[str, str], locale: Locale) -> dict[str, str]:
    """What a translator has written for these texts of a Swedish page: by the name of the field. One query.

    `texts`: name of a plain text field → its Swedish. Left out: what is not translated, or of an earlier text only.
    """
    swedish = {name: StringValue.from_plaintext(text).data for name, text in texts.items()}
    rows = StringTranslation.objects.filter(
        context__object_id=instance.translation_key,
        context__path__in=swedish,
        translation_of__data__in=swedish.values(),
        locale=locale,
        has_error=False,
    ).exclude(tool_name=EARLIER_TEXT)
    return {
        path: StringValue(data).render_text()
        for path, text, data in rows.values_list("context__path", "translation_of__data", "data")
        if text == swedish[path]
    }


def untranslated(source: TranslationSource, locale: Locale) -> QuerySet[StringSegment]:
    """Segments that have no translation in that language yet. The slug is left out: it may stay as it is."""
    found = StringSegment.objects.filter(source=source).exclude(context__path="slug").annotate_translation(locale)
    found = found.select_related("string").order_by("order")
    left: QuerySet[StringSegment] = found.filter(Q(translation__isnull=True) | Q(translation=""))
    return left
