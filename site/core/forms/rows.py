"""Errors at the rows of an inline formset (hosts, dates, footers)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.core.exceptions import ValidationError


def refuse_duplicates(formset: Any, field: str, text: Any) -> None:
    """Add the error `text` to each row whose value in `field` an earlier row has. Deleted rows are ignored.

    Call it before formset.is_valid(), so that it comes instead of Django's message about a unique constraint.
    """
    seen: set[Hashable] = set()
    for form in formset.forms:
        value = getattr(form, "cleaned_data", {}).get(field) if form.is_valid() else None
        if value is None or formset._should_delete_form(form):
            continue
        if value in seen:
            form.add_error(field, ValidationError(text, code="twice"))
        seen.add(value)
