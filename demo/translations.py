"""Stores the demo's English and Arabic as wagtail-localize stores a translator's work, to be edited there."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Locale
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments


def texts_of(twin: Any) -> dict[tuple[str, int], str]:
    """The translatable texts of an object: (path, number of the text within that path) → text."""
    texts: dict[tuple[str, int], str] = {}
    counts: dict[str, int] = {}
    for segment in extract_segments(twin):
        if isinstance(segment, StringSegmentValue):
            number = counts[segment.path] = counts.get(segment.path, -1) + 1
            texts[segment.path, number] = segment.string.data
    return texts


def translate(source_object: Any, twin: Any, locale: Locale, user: AbstractBaseUser) -> None:
    """Publishes `source_object` in `locale` with the texts of `twin`: an unsaved object of the same structure.

    Raises ValueError if a Swedish text has no counterpart: it would be shown in Swedish unnoticed.
    """
    source, _ = TranslationSource.update_or_create_from_instance(source_object)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    texts = texts_of(twin)
    counts: dict[str, int] = {}
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context").order_by("order"):
        path = segment.context.path
        number = counts[path] = counts.get(path, -1) + 1
        if (path, number) not in texts:
            raise ValueError(f"{source_object} has no {locale.language_code} for {path}: {segment.string.data[:60]}")
        StringTranslation.objects.get_or_create(
            locale=locale,
            translation_of=segment.string,
            context=segment.context,
            defaults={
                "data": texts[path, number],
                "translation_type": StringTranslation.TRANSLATION_TYPE_MANUAL,
                "last_translated_by": user,
            },
        )
    translation.save_target(user=user, publish=True)
