"""The search index: one row for each live page, with a text search vector by the grammar of its language."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from wagtail.models import Page

from search.querysets import SearchEntryQuerySet, title_words


class SearchEntry(models.Model):
    """What can be found of a page. Written when the page is published, deleted when it is unpublished."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="search_entry", primary_key=True)
    # Without an index: PostgreSQL would take it instead of that on `vector`, and read every page of the language.
    language = models.CharField(max_length=12)
    title = models.CharField(max_length=400)
    # The word that the pattern beside the hit is woven from (`core.design`); empty for the site's own pattern.
    cloth = models.CharField(max_length=120, blank=True)
    text = models.TextField()
    # What other pages show of this one (`BasePage.texts_on_other_pages`): if it changes, their entries do too. Null in
    # an entry that a release without it has written.
    on_other_pages = models.JSONField(null=True)
    vector = SearchVectorField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_vector"),
            GinIndex(title_words(), name="search_entry_titles"),
        ]

    def __str__(self) -> str:
        return self.title
