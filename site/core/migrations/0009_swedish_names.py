"""Names in the admin that Wagtail, and migration 0004, made in English: what editors see is Swedish."""

from django.db import migrations

PAGES, FILES = "Startsidor", "Gemensamma filer"
WORKFLOW, TASK = "granskning", "redaktörerna"
OLD_ROOT, OLD_WORKFLOW = "Root", "Editors"


def name_in_swedish(apps, schema_editor):
    rename(apps, (OLD_ROOT, PAGES), (OLD_ROOT, FILES), (OLD_WORKFLOW, WORKFLOW), (OLD_WORKFLOW, TASK))


def name_in_english(apps, schema_editor):
    rename(apps, (PAGES, OLD_ROOT), (FILES, OLD_ROOT), (WORKFLOW, OLD_WORKFLOW), (TASK, OLD_WORKFLOW))


def rename(apps, page, collection, workflow, task):
    """Each a pair, old and new. What somebody has named otherwise is left."""
    model = apps.get_model
    model("wagtailcore", "Page").objects.filter(depth=1, title=page[0]).update(title=page[1], draft_title=page[1])
    model("wagtailcore", "Collection").objects.filter(depth=1, name=collection[0]).update(name=collection[1])
    model("wagtailcore", "Workflow").objects.filter(name=workflow[0]).update(name=workflow[1])
    model("wagtailcore", "Task").objects.filter(name=task[0]).update(name=task[1])


class Migration(migrations.Migration):
    dependencies = [("core", "0008_mail_threads")]

    operations = [migrations.RunPython(name_in_swedish, name_in_english)]
