"""What the editor of the site's settings is told at a row, before the database would say it in its own words."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm


class SettingsForm(WagtailAdminModelForm):
    """One footer in each language."""

    def is_valid(self) -> bool:
        """Before the rows check themselves: their own word for it is about columns of a table."""
        if "footers" in self.formsets:
            refuse_twins(self.formsets["footers"], "locale", _("This language has a footer already."))
        return bool(super().is_valid())


def refuse_twins(formset: Any, field: str, text: Any) -> None:
    """Said at the second row that has the same in this field."""
    seen: set[Hashable] = set()
    for form in formset.forms:
        value = getattr(form, "cleaned_data", {}).get(field) if form.is_valid() else None
        if value is None or formset._should_delete_form(form):
            continue
        if value in seen:
            form.add_error(field, ValidationError(text, code="twice"))
        seen.add(value)
