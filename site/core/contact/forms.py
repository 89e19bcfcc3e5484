"""The form of the site's settings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from core.forms.rows import refuse_duplicates


class SettingsForm(WagtailAdminModelForm):
    """Refuses two footers in one language, with an error at the row."""

    def is_valid(self) -> bool:
        if "footers" in self.formsets:
            refuse_duplicates(self.formsets["footers"], "locale", _("This language has a footer already."))
        return bool(super().is_valid())
