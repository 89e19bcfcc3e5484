from django.db import migrations

from core.people import roles

RIGHTS = {
    roles.ENQUIRY_STAFF: ["enquiries.view_enquiry", "enquiries.answer_enquiry"],
    roles.COACHES: ["enquiries.view_enquiry"],
    roles.LEAD: ["enquiries.view_enquiry"],
}


def grant(apps, schema_editor):
    roles.make_permissions(apps, "enquiries")
    for role, names in RIGHTS.items():
        roles.grant(apps, role, names)


def revoke(apps, schema_editor):
    for role, names in RIGHTS.items():
        roles.revoke(apps, role, names)


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_inbox"), ("core", "0004_roles")]

    operations = [migrations.RunPython(grant, revoke)]
