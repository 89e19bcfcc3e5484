"""Who may change a snippet: its Swedish original, or a translation of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry, register_permission_policy

from core.translation.locales import is_source
from experiences.models import Category, Place, Skill, Testimonial

SNIPPETS = (Category, Place, Skill, Testimonial)


class OriginalsPolicy(ModelPermissionPolicy):
    """A Swedish original is changed by those who may also add one (Editors), a translation by all who may change it.

    So Translators, who may change and not add, cannot touch the words that every language is translated from.
    """

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "change" and is_source(instance):
            action = "add"
        return bool(super().user_has_permission_for_instance(user, action, instance))


def register_policies() -> None:
    """Called once, when the app is ready: before Wagtail makes policies of its own."""
    for model in SNIPPETS:
        register_permission_policy(model, OriginalsPolicy(model), exact_class=True)


@hooks.register("before_edit_snippet", order=-10)
def keep_originals(request: HttpRequest, instance: Any) -> None:
    """Wagtail's edit view asks for the right on the model only. Comes before wagtail-localize's hook, which answers."""
    if not isinstance(instance, SNIPPETS):
        return
    policy = policy_registry.get(instance)
    if not policy.user_has_permission_for_instance(request.user, "change", instance):
        raise PermissionDenied
