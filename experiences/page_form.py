"""The edit form of an experience: errors at the fields, before the save or a constraint would refuse."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.forms.rows import refuse_duplicates
from core.pages.forms import PageForm
from core.translation.locales import source_of

TWICE = {
    ("experience_providers", "provider"): _("This host is already in the list."),
    ("dates", "start"): _("This day and time is already in the list."),
}


class ExperienceForm(PageForm):
    """Refuses a duplicate host or date.

    A chosen translation of a host is replaced by the Swedish page.
    """

    def is_valid(self) -> bool:
        if "experience_providers" in self.formsets:
            _use_swedish_hosts(self.formsets["experience_providers"])
        for (name, field), text in TWICE.items():
            if name in self.formsets:
                refuse_duplicates(self.formsets[name], field, text)
        return bool(super().is_valid())


def _use_swedish_hosts(formset: Any) -> None:
    """Replace a chosen translation by the host's Swedish page, from which each language finds its own."""
    for form in formset.forms:
        host = form.cleaned_data.get("provider") if form.is_valid() else None
        if host is not None:
            form.cleaned_data["provider"] = form.instance.provider = source_of(host) or host
