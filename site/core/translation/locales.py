"""The languages of the site as rows of Wagtail's Locale table, and which of them is the source."""

from __future__ import annotations

from typing import Any, TypeVar

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from wagtail.models import Locale, TranslatableMixin

Thing = TypeVar("Thing", bound=TranslatableMixin)
Rows = TypeVar("Rows", bound=QuerySet[Any, Any])


def is_source(thing: TranslatableMixin) -> bool:
    """Whether a page or snippet is Swedish: what translations are made from."""
    return bool(thing.locale.language_code == settings.LANGUAGE_CODE)


def source_of(thing: Thing) -> Thing | None:
    """The Swedish page or snippet that `thing` is a translation of: itself if it is Swedish, None where there is none.

    Live or not. One query; none for a Swedish one whose locale is loaded.
    """
    if is_source(thing):
        return thing
    model: Any = type(thing)
    source: Thing | None = source_rows(model._default_manager.filter(translation_key=thing.translation_key)).first()
    return source


def source_rows(rows: Rows) -> Rows:
    """The Swedish rows of a queryset of pages or snippets."""
    return rows.filter(locale__language_code=settings.LANGUAGE_CODE)


def make_locales(using: str = "default", **kwargs: Any) -> None:
    """Receiver of post_migrate: make the Locale rows that settings.LANGUAGES lacks.

    Rows of languages that were taken out of the settings are left: pages may use them. Does nothing while Wagtail's
    own tables are missing (`migrate core 0001`).
    """
    if Locale._meta.db_table not in connections[using].introspection.table_names():
        return
    for code, _ in settings.LANGUAGES:
        Locale.all_objects.using(using).get_or_create(language_code=code)
