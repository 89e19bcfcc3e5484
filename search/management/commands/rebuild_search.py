from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from wagtail.models import Page

from search.indexing import index_page
from search.models import SearchEntry


class Command(BaseCommand):
    help = "Writes the search index anew from all published pages. Safe to repeat; searchers notice nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            live = Page.objects.live().filter(depth__gt=1)
            SearchEntry.objects.exclude(page__in=live).delete()
            count = len([index_page(page) for page in live.specific().iterator(chunk_size=100)])
        self.stdout.write(f"Pages in the index: {count}")
