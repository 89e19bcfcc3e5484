"""What is told at a row of a form within a form (hosts, dates, footers)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.core.exceptions import ValidationError


def refuse_twins(formset: Any, field: str, text: Any) -> None:
    """Said at the second row that has the same in this field, before the rows check themselves: their own word for it
    is about columns of a table."""
    seen: set[Hashable] = set()
    for form in formset.forms:
        value = getattr(form, "cleaned_data", {}).get(field) if form.is_valid() else None
        if value is None or formset._should_delete_form(form):
            continue
        if value in seen:
            form.add_error(field, ValidationError(text, code="twice"))
        seen.add(value)
