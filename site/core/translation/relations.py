"""Which pages show a thing: by foreign keys, which never lag, as the reference index may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from modelcluster.fields import ParentalKey
from wagtail.models import Page


def pages_with(model: Any, keys: Any) -> Iterator[Any]:
    """Published pages that have one of these rows as a fact, directly or in a row of theirs.

    `keys`: primary keys of `model`, a list or a query. One query set for each kind of relation.
    """
    for relation in model._meta.related_objects:
        related, name = relation.related_model, relation.field.name
        parent = next((field for field in related._meta.fields if isinstance(field, ParentalKey)), None)
        if relation.field is parent:
            continue  # Rows of its own: what it shows, not what shows it.
        page_model: Any = parent.related_model if parent else related
        if issubclass(page_model, Page) and page_model is not Page:
            rows = related._default_manager.filter(**{f"{name}__in": keys})
            yield page_model._default_manager.filter(pk__in=rows.values(parent.attname if parent else "pk"), live=True)
