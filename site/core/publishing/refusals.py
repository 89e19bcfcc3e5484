"""Whether a draft could be published: what the page's form would say, for paths on which there is no form."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page


class Refused(PermissionDenied):
    """A page may not go live. Raised beneath every path; its text says to an editor what to do."""


class NotYet(Refused):
    """It may once another page is live: an hour that was set for it waits until then."""


def is_unfinished(draft: Page) -> bool:
    """Whether something is empty or wrong. A draft may hold blocks half filled in; the form alone asks the blocks."""
    streams = [field for field in draft._meta.get_fields() if isinstance(field, StreamField)]
    try:
        draft.full_clean()
        for field in streams:
            field.stream_block.clean(field.value_from_object(draft))
    except ValidationError:
        return True
    return False
