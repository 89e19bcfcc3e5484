"""What the editor of an experience is told at a row, before the database would say it in its own words."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.page_form import PageForm
from core.rows import refuse_twins
from core.translation.locales import is_source

TWICE = {
    ("experience_providers", "provider"): _("This host stands here already."),
    ("dates", "start"): _("This day and time stands here already."),
}


class ExperienceForm(PageForm):
    """No host twice, no date twice; hosts by their Swedish page."""

    def is_valid(self) -> bool:
        if "experience_providers" in self.formsets:
            _take_the_swedish_hosts(self.formsets["experience_providers"])
        for (name, field), text in TWICE.items():
            if name in self.formsets:
                refuse_twins(self.formsets[name], field, text)
        return bool(super().is_valid())


def _take_the_swedish_hosts(formset: Any) -> None:
    """Whichever page of a host was chosen: rows hold the Swedish one, by which all languages find their own."""
    for form in formset.forms:
        host = form.cleaned_data.get("provider") if form.is_valid() else None
        if host is not None and not is_source(host):
            swedish = type(host).objects.filter(
                translation_key=host.translation_key, locale__language_code=settings.LANGUAGE_CODE
            )
            form.cleaned_data["provider"] = form.instance.provider = swedish.first() or host
