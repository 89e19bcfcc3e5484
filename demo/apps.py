from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo content, logins and mailbox. Installed by the demo and test settings only."""

    name = "demo"
    verbose_name = "Demo"
    not_on_pages = None  # None of its tables is (core.web.page_cache.tables).
