"""The edit form of an experience: errors at the fields, before the save or a constraint would refuse."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms.rows import refuse_duplicates
from core.pages.forms import PageForm
from core.translation.locales import source_of
from experiences.rules import no_live_host

TWICE = {
    ("experience_providers", "provider"): _("This host stands here already."),
    ("dates", "start"): _("This day and time stands here already."),
}


class ExperienceForm(PageForm):
    """Refuses a duplicate host or date, and publishing now (not at a later time) without a live host.

    A chosen translation of a host is replaced by the Swedish page.
    """

    def is_valid(self) -> bool:
        if "experience_providers" in self.formsets:
            _use_swedish_hosts(self.formsets["experience_providers"])
        for (name, field), text in TWICE.items():
            if name in self.formsets:
                refuse_duplicates(self.formsets[name], field, text)
        if super().is_valid() and "action-publish" in self.data:
            _refuse_without_live_host(self)
        return bool(super().is_valid())


def _refuse_without_live_host(form: Any) -> None:
    """An error at the last host if none is live. Not for a scheduled publication: hosts can be published until then."""
    formset = form.formsets["experience_providers"]
    rows = [row for row in formset.forms if row.cleaned_data.get("provider") and not formset._should_delete_form(row)]
    hosts = [row.cleaned_data["provider"] for row in rows]
    go_live_at = form.cleaned_data.get("go_live_at")
    waits = go_live_at is not None and go_live_at > timezone.now()
    if hosts and not waits and not any(host.live for host in hosts):
        rows[-1].add_error("provider", ValidationError(no_live_host(hosts), code="no_live_host"))


def _use_swedish_hosts(formset: Any) -> None:
    """Replace a chosen translation by the host's Swedish page, from which each language finds its own."""
    for form in formset.forms:
        host = form.cleaned_data.get("provider") if form.is_valid() else None
        if host is not None:
            form.cleaned_data["provider"] = form.instance.provider = source_of(host) or host
