"""The field in which an editor chooses a host."""

from __future__ import annotations

from typing import Any

from wagtail.admin.widgets import AdminPageChooser

from core.translation.locales import source_rows
from experiences.models.lists import ProviderIndexPage
from experiences.models.provider import ProviderPage


class HostChooser(AdminPageChooser):
    """Opens at the list of hosts, in Swedish: Wagtail opens at the top of the site, as each language has hosts."""

    def __init__(self, **options: Any) -> None:
        super().__init__(target_models=ProviderPage, **options)

    def get_js_init_options(self, id_: str, name: str, value_data: dict[str, Any] | None) -> dict[str, Any]:
        options: dict[str, Any] = super().get_js_init_options(id_, name, value_data)
        if "parentId" not in options:
            options["parentId"] = source_rows(ProviderIndexPage.objects.all()).values_list("pk", flat=True).first()
        return options
