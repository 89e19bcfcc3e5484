"""Signal receivers of core: translations and redirects."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.translation import gettext as _
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move
from wagtail_localize.models import (
    LocaleSynchronization,
    SegmentOverride,
    StringTranslation,
    Translation,
    TranslationSource,
)

from core.jobs import refused_hours
from core.pages import pausing, publishing
from core.pages.models import BasePage
from core.translation import cascade, checks, redirects, slugs, sources, synchronised_fields
from core.translation.locales import is_source


# --- Pages --------------------------------------------------------------------------------------------------------
@receiver(pre_save, sender=Page)
def ask_page_of_base_class(instance: Page, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    """`Page.objects.get(…).save()` passes BasePage.save: moving a page, for one, is saved like that."""
    if instance.live and not raw and synchronised_fields.is_content(Page, update_fields):
        publishing.ask(instance)


@receiver(page_published)
def pages_that_wait_for_it_are_tried_again(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage) and is_source(instance):
        refused_hours.try_again()


@receiver(page_unpublished)
def translations_are_withdrawn_too(instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        cascade.unpublish_translations(instance)


@receiver(post_delete)
def translations_are_deleted_too(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, BasePage):
        cascade.delete_translations(instance)


@receiver(post_delete, sender=Page)
def pauses_are_deleted_with_the_last_language(instance: Page, **kwargs: Any) -> None:
    pausing.delete_pauses_without_page(instance.translation_key)


@receiver(post_page_move)
def translations_move_too(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    if parent_page_before.pk != parent_page_after.pk:
        cascade.move_translations(instance, parent_page_after)


@receiver(page_published)
def a_live_page_takes_its_address(instance: Page, **kwargs: Any) -> None:
    redirects.release_addresses([instance])


@receiver([page_slug_changed, post_page_move])
def pages_take_their_new_addresses(instance: Page, **kwargs: Any) -> None:
    redirects.release_addresses(redirects.with_those_below(instance))


# --- Snippets -----------------------------------------------------------------------------------------------------
def _is_snippet(instance: Any) -> bool:
    return isinstance(instance, TranslatableMixin) and not isinstance(instance, Page)


@receiver(pre_save)
def a_translated_snippet_takes_the_facts(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if _is_snippet(instance) and not raw and (source := synchronised_fields.published_source(instance)) is not None:
        synchronised_fields.copy_from_source(instance, source)


@receiver(post_save)
def a_snippet_gives_its_facts(instance: Any, created: bool, raw: bool = False, **kwargs: Any) -> None:
    if not _is_snippet(instance) or raw:
        return
    if is_source(instance):
        sources.update_source(instance)
        synchronised_fields.copy_to_snippet_translations(instance)
    elif created:
        synchronised_fields.repoint_pages(instance)


@receiver(post_delete)
def translated_snippets_are_deleted_too(instance: Any, **kwargs: Any) -> None:
    if _is_snippet(instance):
        cascade.delete_translations_of_snippet(instance)


# --- wagtail-localize ---------------------------------------------------------------------------------------------
@receiver(pre_save, sender=StringTranslation)
def a_translated_slug_is_one(instance: StringTranslation, **kwargs: Any) -> None:
    slugs.normalise(instance)


@receiver(pre_save, sender=SegmentOverride)
def a_replaced_link_is_one(instance: SegmentOverride, **kwargs: Any) -> None:
    checks.check_link(instance)


@receiver(pre_save, sender=TranslationSource)
def translations_are_made_from_swedish(instance: TranslationSource, **kwargs: Any) -> None:
    checks.check_source(instance)


@receiver(pre_save, sender=Translation)
def a_translation_stays_with_its_source(instance: Translation, **kwargs: Any) -> None:
    """A translation that is stopped, edited by hand and started again would lose the edits."""
    checks.check_source(instance.source)
    if instance.pk and not instance.enabled:
        raise PermissionDenied(_("A translation stays connected with its Swedish page."))


@receiver(pre_save, sender=LocaleSynchronization)
def no_tree_of_aliases(**kwargs: Any) -> None:
    raise checks.NoAliases(_("Pages without a translation are shown in Swedish by themselves."))
