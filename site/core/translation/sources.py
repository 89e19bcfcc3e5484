"""Keeps the text that translators work on equal to the published Swedish page, without losing translations.

wagtail-localize stores a copy of the Swedish page (TranslationSource) when it is submitted for translation, and updates
it only by hand ("Sync"). A sentence that has changed then has no translation: publishing puts Swedish in its place, and
the translator does not see the former translation.

Here the copy is updated with each publication. A changed sentence gets the translation of the sentence that it
replaces, marked with the tool name EARLIER_TEXT: it is published, shown to translators, and can be counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Locale, TranslatableMixin
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

# StringTranslation.tool_name of a translation that was made of an earlier Swedish sentence.
EARLIER_TEXT = "earlier text"

# Primary keys: context → its strings in the order of the page.
StringsByContext = dict[int, list[int]]


def update_source(source: TranslatableMixin) -> None:
    """Update the TranslationSource of a Swedish page or snippet, if it has one. Call it after publication."""
    frozen = TranslationSource.objects.get_for_instance_or_none(source)
    if frozen is not None:
        TranslationSource.update_or_create_from_instance(source)


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
    (the field was empty for a while), it gets the newest translation ever made in that context.
    """
    after = strings_by_context(source)
    written = _written(after)
    for context, strings in after.items():
        forerunner = dict(_replaced(before.get(context, []), strings))
        for in_one_language in written[context].values():
            latest = next(iter(in_one_language.values())) if len(strings) == 1 else None
            for string in strings:
                earlier = in_one_language.get(forerunner.get(string, 0)) or latest
                if earlier and string not in in_one_language:
                    _store(earlier, string)


def _written(contexts: Iterable[int]) -> dict[int, dict[int, dict[int, StringTranslation]]]:
    """Context → locale → string → its translation; the newest first."""
    written: dict[int, dict[int, dict[int, StringTranslation]]] = defaultdict(lambda: defaultdict(dict))
    usable = StringTranslation.objects.filter(context__in=list(contexts), has_error=False).exclude(data="")
    for translation in usable.order_by("-updated_at", "-pk"):
        written[translation.context_id][translation.locale_id][translation.translation_of_id] = translation
    return written


def _replaced(old: list[int], new: list[int]) -> Iterable[tuple[int, int]]:
    """Pairs of (new string, string that it replaces), in order: rich text has several strings in one context."""
    gone = [string for string in old if string not in new]
    come = [string for string in new if string not in old]
    return zip(come, gone, strict=False)


def _store(earlier: StringTranslation, string: int) -> None:
    StringTranslation.objects.get_or_create(
        locale_id=earlier.locale_id,
        translation_of_id=string,
        context_id=earlier.context_id,
        defaults={
            "data": earlier.data,
            "translation_type": earlier.translation_type,
            "tool_name": EARLIER_TEXT,
            "last_translated_by_id": earlier.last_translated_by_id,
        },
    )


def untranslated(source: TranslationSource, locale: Locale) -> QuerySet[StringSegment]:
    """Segments that have no translation in that language yet. The slug is left out: it may stay as it is."""
    segments = StringSegment.objects.filter(source=source).exclude(context__path="slug").annotate_translation(locale)
    segments = segments.select_related("string").order_by("order")
    left: QuerySet[StringSegment] = segments.filter(Q(translation__isnull=True) | Q(translation=""))
    return left
