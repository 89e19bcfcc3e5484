"""Keeps the index true: what is published can be found, what is not cannot, each in the words that its page shows."""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, TranslatableMixin
from wagtail.signals import page_published, page_unpublished

from core.translation.locales import is_source
from core.translation.relations import pages_with
from search.indexing import index_page
from search.models import SearchEntry


@receiver(page_published)
def enter(instance: Page, **kwargs: Any) -> None:
    """With its translations, where its name is another than before: they are found by it too."""
    page = instance.specific
    known_as = SearchEntry.objects.filter(page_id=page.pk).values_list("title", flat=True).first()
    if index_page(page).title != known_as and is_source(page):
        for translation in page.get_translations().live().specific():
            index_page(translation)
    enter_where_shown(page)


@receiver(page_unpublished)
def leave(instance: Page, **kwargs: Any) -> None:
    SearchEntry.objects.filter(page_id=instance.pk).delete()
    enter_where_shown(instance.specific)


@receiver(post_save)
def enter_what_shows_a_part(instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A snippet has no draft: it counts when it is saved."""
    if isinstance(instance, TranslatableMixin) and not isinstance(instance, Page) and not raw:
        enter_where_shown(instance)


def enter_where_shown(thing: Any) -> None:
    """A place got another name, a host another line: the pages that show it are found by the new one."""
    family = type(thing)._default_manager.filter(translation_key=thing.translation_key)
    keys = list(family.values_list("pk", flat=True))
    shown_on = {page.pk: page for pages in pages_with(type(thing), keys) for page in pages}
    for page in shown_on.values():
        index_page(page)
