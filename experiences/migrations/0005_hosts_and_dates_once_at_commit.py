"""A host and a date stand once on an experience, which is asked when the whole publication is done."""

from django.db import migrations, models
from django.db.models import Deferrable


class Migration(migrations.Migration):
    dependencies = [
        ("experiences", "0004_drafts_without_facts"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="experienceprovider",
            name="provider_once_an_experience",
        ),
        migrations.AddConstraint(
            model_name="experienceprovider",
            constraint=models.UniqueConstraint(
                fields=("page", "provider"), deferrable=Deferrable.DEFERRED, name="provider_once_an_experience"
            ),
        ),
        migrations.AddConstraint(
            model_name="experiencedate",
            constraint=models.UniqueConstraint(
                fields=("page", "start"), deferrable=Deferrable.DEFERRED, name="date_once_an_experience"
            ),
        ),
    ]
