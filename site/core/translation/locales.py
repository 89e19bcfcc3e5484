"""The languages of the site as rows of Wagtail's Locale table, and which of them is the source."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connections
from wagtail.models import Locale, TranslatableMixin


def is_source(thing: TranslatableMixin) -> bool:
    """Whether a page or snippet is Swedish: what translations are made from."""
    return bool(thing.locale.language_code == settings.LANGUAGE_CODE)


def make_locales(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: make the Locale rows that settings.LANGUAGES lacks.

    Rows of languages that were taken out of the settings are left: pages may use them. Does nothing while Wagtail's
    own tables are missing (`migrate core 0001`).
    """
    if Locale._meta.db_table not in connections[using].introspection.table_names():
        return
    for code, _ in settings.LANGUAGES:
        Locale.all_objects.using(using).get_or_create(language_code=code)
