from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from core.web.page_cache.parameters import pages_know
        from search import signals  # noqa: F401 (connects the receivers)

        pages_know("q", "page")
