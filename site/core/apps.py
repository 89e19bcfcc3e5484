from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.messages import compile_stale


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("What every room shares")

    def ready(self) -> None:
        compile_stale(settings.LOCALE_PATHS)
