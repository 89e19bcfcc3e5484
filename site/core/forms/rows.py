"""Errors at the rows of an inline formset (hosts, dates, footers)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.core.exceptions import ValidationError


def refuse_duplicates(formset: Any, field: str, text: Any) -> None:
    """Add the error `text` to each row whose value in `field` an earlier row has.

    Call it before the formset is validated: Django's own message is about columns of a table.
    """
    seen: set[Hashable] = set()
    for form in formset.forms:
        value = getattr(form, "cleaned_data", {}).get(field) if form.is_valid() else None
        if value is None or formset._should_delete_form(form):
            continue
        if value in seen:
            form.add_error(field, ValidationError(text, code="twice"))
        seen.add(value)
