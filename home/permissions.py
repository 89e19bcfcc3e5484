"""Translators write in every language but the source language, and publish what they wrote there."""

from typing import Any

from django.apps import apps
from django.db.models.signals import post_save
from django.dispatch import receiver

from core.people import roles
from core.translation.locales import is_source
from home.models import HomePage

TRANSLATORS_ON_PAGES = ["change_page", "publish_page"]


@receiver(post_save, sender=HomePage)
def let_translators_in(instance: HomePage, raw: bool, **kwargs: Any) -> None:
    """A language's tree begins with its home page: with it come the Translators' rights, and go with it.

    By a signal, as the trees are made later than the migrations, by an editor's "Translate" or the demo.
    """
    if raw or instance.depth != 2 or is_source(instance):
        return
    roles.grant_on_page(apps, roles.TRANSLATORS, instance, TRANSLATORS_ON_PAGES)
