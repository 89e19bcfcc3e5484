"""A picture or file that stands in a text is not deleted: the page would keep an empty place, its translation break.

Wagtail knows where it stands (the reference index) and refuses for foreign keys that protect. What stands in blocks and
in rich text has no foreign key; here it is made to protect as well, so that Wagtail's own pages say so, one by one and
several at once, and lead to the list of places.

What counts is what the index has: the published page, and a page that has never been published, as it was last saved.
An older version holds nothing, and a draft of a published page does not either: its form says that the file is missing.
A portrait, an experience's picture and the picture when shared are let go of: the page is whole without.
"""

from __future__ import annotations

import functools
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import PROTECT, ProtectedError
from django.db.models.signals import pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex


class InUse(ProtectedError, PermissionDenied):
    """For code what Django says of a protected row; for a view without a question, such as an upload taken back, no."""


@functools.cache
def protect() -> None:
    """Called when the site starts. Wagtail has no setting for what a reference without a foreign key does."""
    index: Any = ReferenceIndex
    index.on_delete = _on_delete(index.on_delete)
    for model in (get_image_model(), get_document_model()):
        pre_delete.connect(check_not_in_use, sender=model)


def _on_delete(theirs: Any) -> Any:
    """Wagtail says "set to nothing" where there is no foreign key."""

    def on_delete(reference: Any) -> Any:
        return PROTECT if _stands_in_text(reference) else theirs.func(reference)

    return property(on_delete)


def _stands_in_text(reference: Any) -> bool:
    if reference.related_field.remote_field:
        return False
    shown = ContentType.objects.get_for_id(reference.to_content_type_id)
    return shown.model_class() in {get_image_model(), get_document_model()}


def check_not_in_use(instance: Any, **kwargs: Any) -> None:
    """Before every deletion, also by code."""
    usage = ReferenceIndex.get_grouped_references_to(instance)
    where = {page for page, places in usage if any(place.on_delete == PROTECT for place in places)}
    if where:
        raise InUse(f"“{instance}” stands in: {', '.join(map(str, where))}.", where)
