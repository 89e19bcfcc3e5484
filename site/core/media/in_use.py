"""A picture or file that a page shows is not deleted: the page would keep an empty place, its translation break.

Wagtail knows the places (the reference index) and refuses for foreign keys that protect, as those of a portrait, an
experience's picture and the picture when shared do. Blocks and rich text have no foreign key; a patch
(core.patches.wagtail) lets them protect as well, so that Wagtail's own pages say so, one by one and several at once,
and lead to the list of places.

What counts is what the index has: the published page, and a page that has never been published, as it was last saved.
An older version holds nothing, and a draft of a published page does not either: its form says that the file is missing.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db.models import PROTECT, ProtectedError
from django.db.models.signals import pre_delete
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex


class InUse(ProtectedError, PermissionDenied):
    """ProtectedError for code; PermissionDenied (403) for a view that does not handle it."""


def connect() -> None:
    """Check before every deletion of a picture or file. Called when the site starts."""
    for model in (get_image_model(), get_document_model()):
        pre_delete.connect(check_not_in_use, sender=model)


def is_shown_in_text(reference: Any) -> bool:
    """Whether a row of the reference index is a picture or file in a block or in rich text, without a foreign key."""
    if reference.related_field.remote_field:
        return False
    shown = ContentType.objects.get_for_id(reference.to_content_type_id)
    return shown.model_class() in {get_image_model(), get_document_model()}


def check_not_in_use(instance: Any, **kwargs: Any) -> None:
    """Before every deletion, also by code."""
    usage = ReferenceIndex.get_grouped_references_to(instance)
    where = {page for page, places in usage if any(place.on_delete == PROTECT for place in places)}
    if where:
        raise InUse(f"“{instance}” is used in: {', '.join(map(str, where))}.", where)
