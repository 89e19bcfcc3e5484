from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExperiencesConfig(AppConfig):
    name = "experiences"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from core.web.page_cache.parameters import pages_know
        from experiences import refusals, withdrawal  # noqa: F401 (register refusals, connect receivers)
        from experiences.filters import ExperienceFilter
        from experiences.permissions import register_policies

        register_policies()
        pages_know(*ExperienceFilter.base_fields, "page")
