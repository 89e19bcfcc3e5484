"""Each language has one footer, which is asked when the whole form is saved."""

from django.db import migrations, models
from django.db.models import Deferrable


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_promise_of_one_to_thirty_days"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="sitefooter",
            name="one_footer_each_language",
        ),
        migrations.AddConstraint(
            model_name="sitefooter",
            constraint=models.UniqueConstraint(
                fields=("settings", "locale"), deferrable=Deferrable.DEFERRED, name="one_footer_each_language"
            ),
        ),
    ]
