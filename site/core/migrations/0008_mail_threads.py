from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0007_pauses"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="references",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
