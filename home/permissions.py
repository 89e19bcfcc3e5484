"""Translators may change and publish pages in every language but Swedish."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_save
from django.dispatch import receiver

from core.people import roles
from core.translation.locales import is_source
from home.models import HomePage

TRANSLATORS_ON_PAGES = ["change_page", "publish_page"]


@receiver(post_save, sender=HomePage)
def grant_translators_permissions(instance: HomePage, raw: bool, **kwargs: Any) -> None:
    """Give the Translators group its page permissions on a new language's home page, and so on its whole tree.

    By a signal, because these pages are made after the migrations, by an editor's "Translate" or by the demo.
    """
    if raw or instance.depth != 2 or is_source(instance):
        return
    roles.grant_on_page(apps, roles.TRANSLATORS, instance, TRANSLATORS_ON_PAGES)
