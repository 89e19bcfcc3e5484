"""What the editor of the site's settings is told at a row, before the database would say it in its own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.forms.rows import refuse_twins


class SettingsForm(WagtailAdminModelForm):
    """One footer in each language."""

    def is_valid(self) -> bool:
        if "footers" in self.formsets:
            refuse_twins(self.formsets["footers"], "locale", _("This language has a footer already."))
        return bool(super().is_valid())
