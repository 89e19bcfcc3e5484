"""What an editor reads in a list of where something is used."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("experiences", "0005_hosts_and_dates_once_at_commit"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="experienceprovider",
            options={"ordering": ["sort_order"], "verbose_name": "host of the experience"},
        ),
        migrations.AlterModelOptions(
            name="experiencedate",
            options={"ordering": ["sort_order"], "verbose_name": "fixed date"},
        ),
        migrations.AlterModelOptions(
            name="experiencetestimonial",
            options={"ordering": ["sort_order"], "verbose_name": "testimonial on the page"},
        ),
    ]
