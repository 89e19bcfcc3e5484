"""Saves and publishes the translation of a page, from the words that translators have entered in wagtail-localize."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.coreutils import find_available_slug
from wagtail.models import Locale, Page
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation, TranslationLog, TranslationSource

from core.pages import publishing
from core.people.models import User
from core.translation import cascade, slugs, synchronised_fields


def save_translation(
    source: TranslationSource, locale: Locale, user: User | None, publish: bool, make: Callable[[], tuple[Page, bool]]
) -> tuple[Page, bool]:
    """Save a translation as a new draft and, with `publish`, publish it. Returns the page, and whether it is new.

    All or nothing. The row of a live page changes with its publication only. `make`: makes a page that does not exist
    yet, as a draft. Raises core.pages.publishing.Refused before anything is written, and ValidationError, which is
    noted at the translated text.
    """
    try:
        with transaction.atomic():
            is_new = not source.object.has_translation(locale)
            if is_new:
                _translate_parent(source, locale, user)
                page, _ = make()
                revision = page.latest_revision
            else:
                page = with_words(source, locale)
                if publish:
                    publishing.ask(page)
                revision = _save_draft(page, source, user)
            if publish:
                revision.publish(user=user)
    except ValidationError as error:
        _note_errors(source, locale, error)
        raise
    return page, is_new


def with_words(source: TranslationSource, locale: Locale) -> Page:
    """The translation with the words entered until now, and with Swedish where there are none; not saved."""
    page: Page = source.get_ephemeral_translated_instance(locale, fallback=True)
    synchronised_fields.copy_from_published_source(page)
    slug = slugs.ascii_slug(page.slug, otherwise=page.slug)
    page.slug = find_available_slug(page.get_parent(), slug, ignore_page_id=page.pk)
    return page


def _translate_parent(source: TranslationSource, locale: Locale, user: User | None) -> None:
    """Make a draft of a parent that is not translated."""
    parent = source.get_source_instance().get_parent()
    if parent.depth > 1 and not parent.has_translation(locale):
        cascade.translate_as_draft(parent, locale, user)


def _save_draft(page: Page, source: TranslationSource, user: User | None) -> Any:
    if not page.live:
        page.save()
    revision = page.save_revision(user=user)
    TranslationLog.objects.create(source=source, locale=page.locale, revision=revision)
    return revision


def _note_errors(source: TranslationSource, locale: Locale, error: ValidationError) -> None:
    """Store the errors at the texts that caused them: wagtail-localize shows them to the translator there."""
    strings = StringSegment.objects.filter(source=source).values("string_id")
    for path, messages in getattr(error, "error_dict", {}).items():
        of_field = {"context__object": source.object, "context__path": path, "locale": locale}
        translated = StringTranslation.objects.filter(**of_field, translation_of__in=strings)
        for row in (*translated, *SegmentOverride.objects.filter(**of_field)):
            row.set_field_error(messages)
