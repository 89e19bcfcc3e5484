import django.utils.timezone
from django.db import migrations, models

from core.people import roles

SEE = ["core.view_jobstate"]


def lead_sees_jobs(apps, schema_editor):
    """The lead is told on the admin's first page when a repeated job fails; administrators may everything."""
    roles.make_permissions(apps, "core")
    roles.grant(apps, roles.LEAD, SEE)


def lead_sees_none(apps, schema_editor):
    roles.revoke(apps, roles.LEAD, SEE)


class Migration(migrations.Migration):
    dependencies = [("core", "0004_roles")]

    operations = [
        migrations.CreateModel(
            name="JobState",
            fields=[
                ("name", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("next_run", models.DateTimeField(default=django.utils.timezone.now)),
                ("last_started", models.DateTimeField(blank=True, null=True)),
                ("last_finished", models.DateTimeField(blank=True, null=True)),
                ("duration", models.PositiveIntegerField(blank=True, null=True)),
                ("last_error", models.TextField(blank=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("failing_since", models.DateTimeField(blank=True, null=True)),
                ("heartbeat", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name": "repeated job",
                "verbose_name_plural": "repeated jobs",
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("failing_since__isnull", True), ("failures", 0), ("last_error", ""))
                        | models.Q(
                            ("failing_since__isnull", False),
                            ("failures__gt", 0),
                            models.Q(("last_error", ""), _negated=True),
                        ),
                        name="job_state_failing",
                    )
                ],
            },
        ),
        migrations.RunPython(lead_sees_jobs, lead_sees_none),
    ]
