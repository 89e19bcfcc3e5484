"""What translators see follows the published Swedish page, and no sentence that was translated is lost on the way.

wagtail-localize freezes a copy of the Swedish page (TranslationSource) when it is sent to be translated, and updates it
only by hand ("Sync"). Then each sentence that had been changed stands without a translation: the next publication puts
Swedish in its place, and the translator does not see the words that stood there.

Here the copy is renewed with each publication, and a changed sentence keeps the translation that its forerunner had,
marked as EARLIER_TEXT: published, shown to translators, and easy to count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TranslationSource

# StringTranslation.tool_name of words that translate an earlier Swedish sentence.
EARLIER_TEXT = "earlier text"

# Context → its strings, in the order of the page.
Places = dict[int, list[int]]


def keep_up(source: Page | Any) -> None:
    """After a Swedish page or snippet was published: its frozen copy, where one was made, says the same."""
    frozen = TranslationSource.objects.get_for_instance_or_none(source)
    if frozen is not None:
        TranslationSource.update_or_create_from_instance(source)


def places(source: TranslationSource) -> Places:
    """Where each string of a frozen copy stands now."""
    found: Places = defaultdict(list)
    for context, string in (
        StringSegment.objects.filter(source=source).order_by("order").values_list("context_id", "string_id")
    ):
        found[context].append(string)
    return found


def keep_earlier_text(source: TranslationSource, before: Places) -> None:
    """Gives each new string the translation of the one that stood in its place; in every language that has one.

    Where a place holds one string, and its forerunner has no translation (the field had been empty for a while), the
    last words that were ever written for the place.
    """
    after = places(source)
    written = _written(after)
    for context, strings in after.items():
        forerunner = dict(_forerunners(before.get(context, []), strings))
        for in_one_language in written[context].values():
            latest = next(iter(in_one_language.values())) if len(strings) == 1 else None
            for string in strings:
                earlier = in_one_language.get(forerunner.get(string, 0)) or latest
                if earlier and string not in in_one_language:
                    _keep(earlier, string)


def _written(contexts: Iterable[int]) -> dict[int, dict[int, dict[int, StringTranslation]]]:
    """Context → language → string → what was written for it, the newest first."""
    written: dict[int, dict[int, dict[int, StringTranslation]]] = defaultdict(lambda: defaultdict(dict))
    usable = StringTranslation.objects.filter(context__in=list(contexts), has_error=False).exclude(data="")
    for translation in usable.order_by("-updated_at", "-pk"):
        written[translation.context_id][translation.locale_id][translation.translation_of_id] = translation
    return written


def _forerunners(old: list[int], new: list[int]) -> Iterable[tuple[int, int]]:
    """New strings beside those that are gone, in order: a paragraph of rich text holds several in one place."""
    gone = [string for string in old if string not in new]
    come = [string for string in new if string not in old]
    return zip(come, gone, strict=False)


def _keep(earlier: StringTranslation, string: int) -> None:
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


def missing(source: TranslationSource, locale: Any) -> QuerySet[StringSegment]:
    """Sentences of the frozen copy that have no words in that language yet. A slug may be left as it is."""
    segments = StringSegment.objects.filter(source=source).exclude(context__path="slug").annotate_translation(locale)
    segments = segments.select_related("string").order_by("order")
    left: QuerySet[StringSegment] = segments.filter(Q(translation__isnull=True) | Q(translation=""))
    return left
