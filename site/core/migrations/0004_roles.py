from django.db import migrations

from core.people import roles

APPS = ("core", "wagtailcore", "wagtailredirects")
# On collections; Wagtail's own initial groups have them on the models too, where they count for nothing.
FILES = [
    "wagtailimages.add_image",
    "wagtailimages.change_image",
    "wagtailimages.choose_image",
    "wagtaildocs.add_document",
    "wagtaildocs.change_document",
    "wagtaildocs.choose_document",
]
MAY_ENTER = ["wagtailadmin.access_admin"]
RIGHTS = {
    roles.EDITORS: [
        *MAY_ENTER,
        "core.change_sitesettings",
        "wagtail_localize.submit_translation",
        "wagtailredirects.add_redirect",
        "wagtailredirects.change_redirect",
        "wagtailredirects.delete_redirect",
    ],
    roles.TRANSLATORS: MAY_ENTER,
    roles.ENQUIRY_STAFF: MAY_ENTER,
    roles.COACHES: MAY_ENTER,
    roles.LEAD: [*MAY_ENTER, "core.change_sitesettings"],
}
# Without bulk_delete: a page with pages beneath it is deleted by an administrator.
EDITORS_ON_PAGES = ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"]

# As Wagtail and wagtail-localize leave their two initial groups.
MODERATORS = "Moderators"
APPROVAL = "Moderators approval"
INITIAL = [
    *MAY_ENTER,
    "wagtail_localize.submit_translation",
    *FILES,
    "wagtailimages.delete_image",
    "wagtaildocs.delete_document",
]
INITIAL_ON_PAGES = {
    roles.EDITORS: ["add_page", "change_page"],
    MODERATORS: ["add_page", "change_page", "publish_page", "lock_page", "unlock_page"],
}


def make_roles(apps, schema_editor):
    """Five roles, each with exactly its rights; what Wagtail gave its Editors is replaced."""
    roles.make_permissions(apps, *APPS)
    for role, names in RIGHTS.items():
        roles.clear(apps, role)
        roles.grant(apps, role, names)
    roles.grant_on_pages(apps, roles.EDITORS, EDITORS_ON_PAGES)
    roles.grant_on_collections(apps, roles.EDITORS, FILES)
    retire_moderators(apps)


def retire_moderators(apps):
    """Editors approve submitted pages. A Moderators group that has members is left."""
    Group = apps.get_model("auth", "Group")
    GroupApprovalTask = apps.get_model("wagtailcore", "GroupApprovalTask")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    moderators = Group.objects.filter(name=MODERATORS, user=None).first()
    if moderators is None:
        return
    for task in GroupApprovalTask.objects.filter(groups=moderators):
        task.groups.add(Group.objects.get(name=roles.EDITORS))
    moderators.delete()
    for model in (GroupApprovalTask, Workflow):
        model.objects.filter(name=APPROVAL).update(name=roles.EDITORS)


def undo_roles(apps, schema_editor):
    """Wagtail's two groups as it made them. Our own roles go, but one with members stays, without rights."""
    Group = apps.get_model("auth", "Group")
    for role in roles.ROLES:
        roles.clear(apps, role)
    Group.objects.filter(name__in=roles.ROLES, user=None).exclude(name=roles.EDITORS).delete()
    for role, codenames in INITIAL_ON_PAGES.items():
        roles.grant(apps, role, INITIAL)
        roles.grant_on_pages(apps, role, codenames)
        roles.grant_on_collections(apps, role, FILES)
    bring_moderators_back(apps)


def bring_moderators_back(apps):
    Group = apps.get_model("auth", "Group")
    for model in ("GroupApprovalTask", "Workflow"):
        apps.get_model("wagtailcore", model).objects.filter(name=roles.EDITORS).update(name=APPROVAL)
    for task in apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name=APPROVAL):
        task.groups.set([Group.objects.get(name=MODERATORS)])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0003_no_aliases_pages_by_address"),
        ("wagtailadmin", "0005_editingsession_is_editing"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtail_localize", "0006_create_submit_translation_permission"),
    ]

    operations = [migrations.RunPython(make_roles, undo_roles)]
