"""Permissions for the catalogue's snippets, different for Swedish originals and translations."""

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
    """Changing a Swedish original needs the add permission (Editors), changing a translation the change permission.

    So Translators, who may change and not add, cannot edit the text that every language is translated from.
    """

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        if action == "change" and is_source(instance):
            action = "add"
        return bool(super().user_has_permission_for_instance(user, action, instance))


def register_policies() -> None:
    """Use OriginalsPolicy for the snippets. Called by AppConfig.ready, before Wagtail makes its own policies."""
    for model in SNIPPETS:
        register_permission_policy(model, OriginalsPolicy(model), exact_class=True)


@hooks.register("before_edit_snippet", order=-10)
def check_change_permission(request: HttpRequest, instance: Any) -> None:
    """Ask the policy for this snippet: Wagtail's edit view asks for the model only.

    Ordered before wagtail-localize's hook, which returns a response for translations.
    """
    if not isinstance(instance, SNIPPETS):
        return
    policy = policy_registry.get(instance)
    if not policy.user_has_permission_for_instance(request.user, "change", instance):
        raise PermissionDenied
