from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists of experiences are sorted and filtered, and the next date is found, without reading whole rows."""

    atomic = False
    dependencies = [
        ("core", "0010_plainer_words"),
        ("experiences", "0005_plainer_words"),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="experiencedate",
            index=models.Index(fields=["start"], name="date_by_start"),
        ),
        AddIndexConcurrently(
            model_name="experiencepage",
            index=models.Index(
                fields=["page_ptr"],
                include=("state", "category", "languages", "by_agreement", "group_min", "group_max"),
                name="experience_in_lists",
            ),
        ),
    ]
