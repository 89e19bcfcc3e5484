from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("demo", "0002_demo_mail"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="demomail",
            options={"ordering": ["-at"], "verbose_name": "demo mail", "verbose_name_plural": "demo mails"},
        ),
    ]
