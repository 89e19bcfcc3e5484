from django.conf import settings
from django.db import migrations
from django.db.models import Exists, OuterRef


def withdraw_what_nobody_hosts(apps, schema_editor):
    """Experiences that stayed live when their last host was withdrawn go now, in all languages, as they would today."""
    page = apps.get_model("wagtailcore", "Page")
    live = page.objects.filter(live=True, locale__language_code=settings.LANGUAGE_CODE)
    rows = apps.get_model("experiences", "ExperienceProvider").objects.filter(page=OuterRef("pk"))
    hosted = rows.filter(Exists(live.filter(translation_key=OuterRef("provider__translation_key"))))
    alone = apps.get_model("experiences", "ExperiencePage").objects.filter(live=True).exclude(Exists(hosted))
    page.objects.filter(translation_key__in=list(alone.values_list("translation_key", flat=True)), live=True).update(
        live=False, has_unpublished_changes=True, live_revision=None
    )


class Migration(migrations.Migration):
    dependencies = [("experiences", "0007_questions_for_purposes")]
    operations = [migrations.RunPython(withdraw_what_nobody_hosts, migrations.RunPython.noop, elidable=True)]
