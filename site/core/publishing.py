"""Whether a draft could be published: what the page's form would say, for paths on which there is no form."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.fields import StreamField
from wagtail.models import Page


def missing_in(page: Page) -> list[str]:
    """Names of the fields that are empty or wrong in the page as it stands (usually a draft). Empty: it can go live."""
    errors: dict[str, Any] = {}
    try:
        page.full_clean()
    except ValidationError as error:
        errors = error.update_error_dict({})
    for field in page._meta.get_fields():
        if isinstance(field, StreamField) and field.name not in errors and not _is_whole(page, field):
            errors[field.name] = True
    return [_label(page, name) for name in errors]


def _is_whole(page: Page, field: StreamField) -> bool:
    """A draft may hold blocks that are half filled in; the form alone asks the blocks."""
    try:
        field.stream_block.clean(field.value_from_object(page))
    except ValidationError:
        return False
    return True


def _label(page: Page, name: str) -> str:
    return "" if name == NON_FIELD_ERRORS else str(page._meta.get_field(name).verbose_name)
