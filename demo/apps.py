from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo content, logins and mailbox. Installed by the demo and test settings only, never in production."""

    name = "demo"
    verbose_name = "Demo"
