"""Translations as translators make them, by wagtail-localize's segments."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.test import TestCase
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource


def write_translations(source: TranslationSource, locale: Locale, words: dict[str, str]) -> None:
    """What a translator would have written: `words` by context path, for the rest the Swedish marked with the code."""
    code = locale.language_code
    for segment in StringSegment.objects.filter(source=source).select_related("string", "context"):
        path, text = segment.context.path, segment.string.data
        default = f"{text}-{code}" if path == "slug" else f"{text} ({code})"
        StringTranslation.objects.update_or_create(
            translation_of=segment.string,
            locale=locale,
            context=segment.context,
            defaults={"data": words.get(path, default), "tool_name": "", "updated_at": timezone.now()},
        )


def translate(instance: Any, code: str, words: dict[str, str] | None = None, *, publish: bool = True) -> Any:
    """`translate(page, "en", {"title": "Bread"})`: the page (or snippet) in that language.

    Words that are not given become the Swedish with the code behind them; parents are translated first.
    `publish=False` leaves it a draft. Who refers to whom is not written down (as in tests.factories).
    """
    locale = Locale.objects.get_or_create(language_code=code)[0]
    if isinstance(instance, Page) and instance.depth > 2:
        parent = instance.get_parent()
        if not parent.has_translation(locale):
            translate(parent.specific, code)
    source, _ = TranslationSource.update_or_create_from_instance(instance)
    record, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    write_translations(source, locale, words or {})
    with disable_reference_index_auto_update(), TestCase.captureOnCommitCallbacks(execute=True):
        record.save_target(publish=publish)
    found: Model = record.get_target_instance()
    return found


def translated_once(instance: Any, code: str, words: dict[str, str] | None = None) -> Any:
    """The translation that is there already, else a new one."""
    locale = Locale.objects.get_or_create(language_code=code)[0]
    return instance.get_translation_or_none(locale) or translate(instance, code, words)
