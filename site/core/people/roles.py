"""The roles of those who log in: groups, made by migrations, each with exactly its rights.

Each app grants what is its own: `core` the pages, pictures and settings, `experiences` its snippets, `enquiries` the
inbox. The whole table is in tests/core/people/test_roles.py; docs/decisions/0008-roles.md says why.

Migrations call the functions here with their own `apps`: what these do must stay as it is.
"""

from django.apps.registry import Apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

EDITORS = "Editors"
TRANSLATORS = "Translators"
ENQUIRY_STAFF = "Enquiry staff"
COACHES = "Coaches"
LEAD = "Lead"
ROLES = (EDITORS, TRANSLATORS, ENQUIRY_STAFF, COACHES, LEAD)
# The names of the groups in the reader's language: rows and code keep the English ones.
LABELS = {
    EDITORS: _("Editors"),
    TRANSLATORS: _("Translators"),
    ENQUIRY_STAFF: _("Enquiry staff"),
    COACHES: _("Coaches"),
    LEAD: _("Lead"),
}


def label(group: Group) -> str:
    """The name of a group as it is shown; that of a group which an administrator has made is shown as it is."""
    return str(LABELS.get(group.name, group.name))


def make_permissions(apps: Apps, *app_labels: str) -> None:
    """The permissions of these apps, now: Django itself makes them only after the last migration."""
    for label in app_labels:
        config = apps.get_app_config(label)
        if not getattr(config, "models_module", None):
            # A migration's app has none, and Django passes by an app without one.
            config.models_module = True  # type: ignore[assignment]  # Django asks for its truth only
        create_permissions(config, apps=apps, verbosity=0)


def permissions(apps: Apps, names: list[str]) -> list[Permission]:
    """The permissions called `app.codename`. One that is not there is an error: a role never lacks a right silently."""
    model = apps.get_model("auth", "Permission")
    pairs = [name.split(".") for name in names]
    return [model.objects.get(content_type__app_label=label, codename=codename) for label, codename in pairs]


def grant(apps: Apps, role: str, names: list[str]) -> Group:
    """Give a role rights named `app.codename`. Twice does no more than once."""
    group: Group = apps.get_model("auth", "Group").objects.get_or_create(name=role)[0]
    group.permissions.add(*permissions(apps, names))
    return group


def revoke(apps: Apps, role: str, names: list[str]) -> None:
    """Take these rights from a role again; a role that is gone has none."""
    group = apps.get_model("auth", "Group").objects.filter(name=role).first()
    if group:
        group.permissions.remove(*permissions(apps, names))


def grant_on_pages(apps: Apps, role: str, codenames: list[str]) -> None:
    """Give a role rights on every page: on the root of the tree, whence they reach down."""
    grant_on_page(apps, role, apps.get_model("wagtailcore", "Page").objects.get(depth=1), codenames)


def grant_on_page(apps: Apps, role: str, page: Model, codenames: list[str]) -> None:
    """Give a role rights on a page and all beneath it."""
    group = apps.get_model("auth", "Group").objects.get_or_create(name=role)[0]
    model = apps.get_model("wagtailcore", "GroupPagePermission")
    for permission in permissions(apps, [f"wagtailcore.{codename}" for codename in codenames]):
        model.objects.get_or_create(group=group, page_id=page.pk, permission=permission)


def grant_on_collections(apps: Apps, role: str, names: list[str]) -> None:
    """Give a role rights on every picture and document: on the root collection."""
    group = apps.get_model("auth", "Group").objects.get_or_create(name=role)[0]
    root = apps.get_model("wagtailcore", "Collection").objects.filter(depth=1).get()
    model = apps.get_model("wagtailcore", "GroupCollectionPermission")
    for permission in permissions(apps, names):
        model.objects.get_or_create(group=group, collection=root, permission=permission)


def clear(apps: Apps, role: str) -> None:
    """Leave a role without any right, its members stay."""
    group = apps.get_model("auth", "Group").objects.get_or_create(name=role)[0]
    group.permissions.clear()
    for model in ("GroupPagePermission", "GroupCollectionPermission"):
        apps.get_model("wagtailcore", model).objects.filter(group=group).delete()
