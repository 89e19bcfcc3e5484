"""Keeps the index true: a page that is published can be found, one that is not cannot."""

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from search.indexing import index_page
from search.models import SearchEntry


@receiver(page_published)
def enter(instance: Page, **kwargs: Any) -> None:
    index_page(instance.specific)


@receiver(page_unpublished)
def leave(instance: Page, **kwargs: Any) -> None:
    SearchEntry.objects.filter(page_id=instance.pk).delete()
