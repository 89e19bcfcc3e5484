from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.languages.catalogues import compile_stale


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("What every room shares")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Before any app's models: some say a word as they are imported, and gettext reads a catalogue once."""
        super().__init__(*args, **kwargs)
        compile_stale(settings.LOCALE_PATHS)

    def ready(self) -> None:
        from core import signals  # noqa: F401 (connects checks and receivers)
        from core.forms import text_fields
        from core.forms.choose_several import offer_everywhere
        from core.languages import checks  # noqa: F401 (connects checks and receivers)
        from core.media import (
            forms,
            in_use,
        )
        from core.patches.django import read_written_dates
        from core.patches.localize import keep_our_word
        from core.patches.unpublishing import withdraw_in_one_step
        from core.translation.locales import make_locales
        from core.translation.redirects import use_our_form
        from core.web import deploy_checks  # noqa: F401 (connects checks and receivers)
        from core.web.site_address import keep_site_address

        keep_our_word()
        read_written_dates()
        offer_everywhere()
        withdraw_in_one_step()
        use_our_form()
        in_use.protect()
        text_fields.register()
        forms.take_over_avatars()
        post_migrate.connect(make_locales, sender=self)
        post_migrate.connect(keep_site_address, sender=self)
