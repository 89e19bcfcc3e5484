"""The index: one row for each published page, in the words and the grammar of its own language."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from wagtail.models import Page

from search.querysets import SearchEntryQuerySet


class SearchEntry(models.Model):
    """What can be found of a page. Written when the page is published, gone when it is not."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="search_entry", primary_key=True)
    language = models.CharField(max_length=12, db_index=True)
    # The page's own words for itself: a name with its line (DESIGN: the name alone says nothing).
    title = models.CharField(max_length=400)
    # From the word of this cloth the mark beside the hit is woven; empty: the house's.
    cloth = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    vector = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = [GinIndex(fields=["vector"], name="search_entry_vector")]

    def __str__(self) -> str:
        return self.title
