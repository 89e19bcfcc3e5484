"""Unpublishes, moves and deletes the translations of a Swedish page with it.

Called by signal receivers, so that every way counts. Wagtail's own cascade (the hook
`construct_translated_pages_to_cascade_actions`) covers the admin's single views only: not bulk actions, expiry dates or
code. Whatever is done to a translation is done to that one only.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from wagtail.models import Locale, Page, Revision, TranslatableMixin
from wagtail.query import PageQuerySet
from wagtail_localize.models import Translation, TranslationSource

from core.people.models import User
from core.translation import slugs
from core.translation.locales import is_source

# The log action of Wagtail's `Revision.save`.
SCHEDULE_CANCELLED = "wagtail.schedule.cancel"


def unpublish_translations(source: Page) -> None:
    """Unpublish all translations and cancel their schedules. Editors publish them again one by one.

    At the hour of the Swedish page's end, hours that are set for after that stay: each is asked when it comes.
    """
    if is_source(source):
        for page in _translations(source).specific():
            if page.live:
                page.unpublish(set_expired=source.expired)
            elif not source.expired:
                cancel_schedule(page)


def cancel_schedule(page: Page, but: Revision | None = None) -> None:
    """Cancel the hour at which a version of the page was to be published; its history tells it (SCHEDULE_CANCELLED).

    `but`: a version whose hour stays.
    """
    for revision in page.revisions.filter(approved_go_live_at__isnull=False).exclude(pk=but and but.pk):
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])


def delete_translations(source: Page) -> None:
    """Delete all translations on commit. Those that the admin's view has deleted meanwhile are skipped."""
    if is_source(source):
        transaction.on_commit(partial(_delete_all, source.translation_key))


def _delete_all(key: UUID) -> None:
    for page in Page.objects.filter(translation_key=key):
        page.specific.delete()


def delete_translations_of_snippet(source: TranslatableMixin) -> None:
    """Delete all translations of a snippet, except those that a page still uses (a protected foreign key).

    No Swedish page can use the snippet, so that the page's next publication drops the reference.
    """
    if is_source(source):
        for twin in type(source)._default_manager.filter(translation_key=source.translation_key):
            with suppress(ProtectedError):
                twin.delete()


def move_translations(source: Page, parent: Page) -> None:
    """Move all translations below the translation of the new parent. If it has none, a draft is made of it first."""
    if not is_source(source):
        return
    for page in _translations(source).select_related("locale"):
        target = parent.get_translation_or_none(page.locale) or translate_as_draft(parent, page.locale)
        if page.get_parent() != target:
            slugs.make_unique(page.specific, target)
            Page.objects.get(pk=page.pk).move(target, pos="last-child")


def translate_as_draft(page: Page, locale: Locale, user: User | None = None) -> Page:
    """Make a draft translation of a page and of its ancestors. Readers get the Swedish page until it is published."""
    source, _ = TranslationSource.update_or_create_from_instance(page)
    translation, _ = Translation.objects.get_or_create(source=source, target_locale=locale)
    translation.save_target(user=user, publish=False)
    return page.get_translation(locale)


def _translations(source: Page) -> PageQuerySet:
    return Page.objects.filter(translation_key=source.translation_key).exclude(pk=source.pk)
