"""How editors choose several of many: skills, languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import ManyToManyField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import register_form_field_override

# Read by static/js/admin/choose-several.js, which puts the chosen word in place of %(name)s.
TEXTS = {
    "search": _("Search and add"),
    "none": _("None chosen yet."),
    "nothing-found": _("Nothing found. Try fewer letters."),
    "remove": _("Remove %(name)s"),
    "added": _("%(name)s was added."),
    "removed": _("%(name)s was removed."),
}


class ChooseSeveral(forms.CheckboxSelectMultiple):
    """What is chosen, with a button to remove each; a search field adds more. Without a script: boxes to tick.

    A bare `<select multiple>` loses all that was chosen by one plain click.
    """

    template_name = "core/widgets/choose_several.html"

    class Media:
        css = {"all": ["css/admin/choose-several.css"]}
        js = ["js/admin/choose-several.js"]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "texts": TEXTS}


def offer_everywhere() -> None:
    """In every form of the admin that names no widget of its own. Called when the site starts."""
    register_form_field_override(ManyToManyField, override={"widget": ChooseSeveral})
