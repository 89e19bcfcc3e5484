from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnquiriesConfig(AppConfig):
    name = "experiences.enquiries"
    label = "enquiries"
    verbose_name = _("Enquiries")
    not_on_pages = None  # None of its tables is (core.web.page_cache.tables).

    def ready(self) -> None:
        from core.web.page_cache.parameters import pages_know
        from experiences.enquiries import signals  # noqa: F401
        from experiences.enquiries.visitor.form import PREFILLABLE

        pages_know(*PREFILLABLE)
