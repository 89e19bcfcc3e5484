from django.db import migrations

from core.people import roles

SNIPPETS = ("category", "place", "skill", "testimonial")
RIGHTS = {
    roles.EDITORS: [f"experiences.{action}_{name}" for name in SNIPPETS for action in ("add", "change", "delete")],
    # Of translations only: experiences/permissions.py keeps the Swedish originals for those who may add.
    roles.TRANSLATORS: [f"experiences.change_{name}" for name in SNIPPETS],
}


def grant(apps, schema_editor):
    roles.make_permissions(apps, "experiences")
    for role, names in RIGHTS.items():
        roles.grant(apps, role, names)


def revoke(apps, schema_editor):
    for role, names in RIGHTS.items():
        roles.revoke(apps, role, names)


class Migration(migrations.Migration):
    dependencies = [("experiences", "0001_catalogue"), ("core", "0004_roles")]

    operations = [migrations.RunPython(grant, revoke)]
