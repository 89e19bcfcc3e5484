"""A translation goes where its Swedish page goes: withdrawn, moved or deleted, by whichever path.

Wagtail's own cascade (the hook `construct_translated_pages_to_cascade_actions`) knows the single views of the admin
only, not several pages at once, not an expiry date, not code. An act on a translation concerns that one alone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation, TranslationSource

from core.translation import slugs
from core.translation.locales import is_source


def unpublish_translations(source: Any) -> None:
    """What is withdrawn in Swedish is withdrawn, and waits for no hour. It comes back language by language, by hand."""
    if is_source(source):
        keys = [str(key) for key in _translations(source).values_list("pk", flat=True)]
        Revision.page_revisions.filter(object_id__in=keys).update(approved_go_live_at=None)
        for page in _translations(source).live().specific():
            page.unpublish(set_expired=source.expired)


def delete_translations(source: Any) -> None:
    """Once the deletion is certain. What the admin's own view has deleted by then is gone already."""
    if is_source(source):
        transaction.on_commit(partial(_delete_all, source.translation_key))


def _delete_all(key: UUID) -> None:
    for page in Page.objects.filter(translation_key=key):
        page.specific.delete()


def delete_translations_of_snippet(source: Any) -> None:
    """One that a page still leads to stays: no Swedish page does, so that the next publication lets go of it."""
    if is_source(source):
        for twin in type(source)._default_manager.filter(translation_key=source.translation_key):
            with suppress(ProtectedError):
                twin.delete()


def move_translations(source: Any, parent: Page) -> None:
    """Below the translation of the new parent. Where it has none, a draft is made: no reader sees the difference."""
    if not is_source(source):
        return
    for page in _translations(source).select_related("locale"):
        target = parent.get_translation_or_none(page.locale) or translate_as_draft(parent, page.locale)
        if page.get_parent() != target:
            slugs.make_free(page.specific, target)
            Page.objects.get(pk=page.pk).move(target, pos="last-child")


def translate_as_draft(page: Page, locale: Any, user: Any = None) -> Page:
    """A page for translators to work on, with those above it; readers get the Swedish one until it is published."""
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(user=user, publish=False)
    return page.get_translation(locale)


def _translations(source: Any) -> Any:
    return Page.objects.filter(translation_key=source.translation_key).exclude(pk=source.pk)
