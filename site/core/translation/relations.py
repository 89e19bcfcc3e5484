"""Pages that refer to a row by foreign key. Unlike Wagtail's reference index, this is never out of date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet
from modelcluster.fields import ParentalKey
from wagtail.models import Page


def pages_with(model: type[Model], keys: Iterable[int]) -> Iterator[QuerySet[Page]]:
    """Querysets of live pages that refer to one of these rows, themselves or in a child row. One for each relation.

    `keys`: primary keys of `model`, a list or a queryset.
    """
    for relation in model._meta.related_objects:
        related, name = relation.related_model, relation.field.name
        parent = next((field for field in related._meta.fields if isinstance(field, ParentalKey)), None)
        if relation.field is parent:
            continue  # Its own child rows.
        page_model: Any = parent.related_model if parent else related
        if issubclass(page_model, Page) and page_model is not Page:
            rows = related._default_manager.filter(**{f"{name}__in": keys})
            yield page_model._default_manager.filter(pk__in=rows.values(parent.attname if parent else "pk"), live=True)
