from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Demo content, logins and mailbox. Installed by the demo and test settings only."""

    name = "demo"
    verbose_name = "Demo"
