"""Updates the index when a page is published or unpublished, and when something that its page shows changes."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from modelsearch.index import insert_or_update_object
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published, page_unpublished

from core.translation.locales import is_source
from core.translation.relations import pages_with
from search.indexing import index_page
from search.models import SearchEntry


@receiver(page_published)
def index_published_page(instance: Page, **kwargs: Any) -> None:
    """Index a page. If what others show of it has changed, index these too, and its translations.

    Translations are found by the Swedish title too (`swedish_titles`).
    """
    page = instance.specific
    before = SearchEntry.objects.filter(page_id=page.pk).values_list("on_other_pages", flat=True).first()
    if index_page(page).on_other_pages == before:
        return
    index_pages_showing(page)
    if is_source(page):
        for translation in page.get_translations().live().specific():
            index_page(translation)


@receiver(page_unpublished)
def remove_unpublished_page(instance: Page, **kwargs: Any) -> None:
    """Delete the page's entry."""
    SearchEntry.objects.filter(page_id=instance.pk).delete()
    index_pages_showing(instance.specific)


@receiver(post_save)
def index_pages_showing_snippet(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Index the pages that show a saved snippet. Snippets have no drafts: a saved one is what pages show."""
    if isinstance(instance, TranslatableMixin) and not isinstance(instance, Page) and not raw:
        index_pages_showing(instance)


def index_pages_showing(thing: Any) -> None:
    """Index the live pages that show a page or snippet or a translation of it, such as a place with a new name."""
    translations = type(thing)._default_manager.filter(translation_key=thing.translation_key)
    keys = list(translations.values_list("pk", flat=True))
    shown_on = {page.pk: page for pages in pages_with(type(thing), keys) for page in pages}
    for page in shown_on.values():
        index_page(page)
        insert_or_update_object(page)  # in the index of the admin's search
