"""Asks for a right where Wagtail's admin asks for none: in its API, its choosers and some other views.

There whoever may enter the admin reads the titles of all pages, pictures, files and snippets (wagtail/wagtail#9714,
wagtail/wagtail#14272). Here they need any right on that kind of thing. The table of all views, with who may open each:
tests/core/people/admin_views.txt.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from wagtail.admin import auth
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, Task
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

# What a view's name begins with, and the kind of thing that it shows.
BY_NAME: dict[str, Callable[[], type[Model]]] = {
    "wagtailadmin_pages:": lambda: Page,
    "wagtailadmin_api:pages:": lambda: Page,
    "wagtailadmin_choose_page": lambda: Page,
    "wagtailembeds:": lambda: Page,
    "wagtail_localize:translations_report": lambda: Page,
    "wagtailadmin_api:images:": get_image_model,
    "wagtailadmin_workflows:task_cho": lambda: Task,
    "wagtailimages_chooser:": get_image_model,
    "wagtailadmin_tag_": get_image_model,
    "wagtailadmin_api:documents:": get_document_model,
    "wagtaildocs_chooser:": get_document_model,
}
SNIPPET_CHOOSERS = "wagtailsnippetchoosers_"
# Views whose arguments name the kind of thing.
BY_ARGUMENTS = ("wagtail_localize:snippets_api_", "wagtail_bulk_action")
ANY_RIGHT = {"add", "change", "delete", "view", "choose", "publish", "lock", "unlock"}


class AdminDoors:
    """Middleware. A refusal is Wagtail's own: its message on the admin's first page, or 403 for a script."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponseBase | None:
        match = request.resolver_match
        model = listed_model(match) if match else None
        # Whoever has not logged in is sent to the login by Wagtail.
        if match is None or model is None or not request.user.is_authenticated or may_see(request.user, model):
            return None
        if "_api" in match.view_name:
            raise PermissionDenied
        refused: HttpResponseBase = auth.permission_denied(request)
        return refused


def listed_model(match: ResolverMatch) -> type[Model] | None:
    """The kind of thing whose titles a view lists without asking for a right; None for every other view."""
    name = match.view_name
    for start, model in BY_NAME.items():
        if name.startswith(start):
            return model()
    if name.startswith(SNIPPET_CHOOSERS):
        return snippet_model(match.namespace.removeprefix(SNIPPET_CHOOSERS))
    if name.startswith(BY_ARGUMENTS):
        return _model(match.kwargs["app_label"], match.kwargs["model_name"])
    return None


def may_see(user: Any, model: type[Model]) -> bool:
    """Whether a user has any right on a kind of thing, so that its titles are no secret to them."""
    return bool(policy_registry.get_by_type(model).user_has_any_permission(user, ANY_RIGHT))


def _model(app_label: str, name: str) -> type[Model] | None:
    """None for an unknown name, which the view answers with 404."""
    try:
        return apps.get_model(app_label, name)
    except LookupError:
        return None


def snippet_model(name: str) -> type[Model] | None:
    """`experiences_category` → Category; None for an unknown name, which Wagtail answers with 404."""
    return next((model for model in get_snippet_models() if model._meta.label_lower.replace(".", "_") == name), None)
