from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from core.languages.catalogues import compile_stale


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = _("What every app shares")
    # What no public page is made from (core.web.page_cache.tables).
    not_on_pages = frozenset(
        {
            *("JobState", "MailCount", "OutgoingMail", "RefusedHour"),
            *("User", "User_groups", "User_user_permissions"),
        }
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Before any app's models: some say a word as they are imported, and gettext reads a catalogue once."""
        super().__init__(*args, **kwargs)
        compile_stale(settings.LOCALE_PATHS)

    def ready(self) -> None:
        from core import signals  # noqa: F401 (connects checks and receivers)
        from core.forms import text_fields
        from core.forms.choose_several import offer_everywhere
        from core.jobs import core_jobs  # noqa: F401 (registers them)
        from core.languages import checks  # noqa: F401 (connects checks and receivers)
        from core.media import in_use
        from core.pages import rules  # noqa: F401 (registers the refusals of every page type)
        from core.patches import apply_patches
        from core.translation.locales import make_locales
        from core.web import deploy_checks  # noqa: F401 (connects checks and receivers)
        from core.web.bounds import connections  # noqa: F401 (connects checks and receivers)
        from core.web.page_cache.changes import follow_own_changes
        from core.web.page_cache.tables import install_triggers
        from core.web.site_address import keep_site_address

        apply_patches()
        offer_everywhere()
        text_fields.register()
        in_use.connect()
        post_migrate.connect(make_locales, sender=self)
        post_migrate.connect(keep_site_address, sender=self)
        post_migrate.connect(install_triggers, sender=self)
        follow_own_changes()
