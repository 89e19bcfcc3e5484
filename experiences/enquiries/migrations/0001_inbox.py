import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_media_contact_mail"),
        ("experiences", "0001_catalogue"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=16, unique=True, verbose_name="reference")),
                ("submission", models.CharField(editable=False, max_length=64, unique=True)),
                ("token", models.CharField(editable=False, max_length=43, unique=True)),
                ("experience_title", models.CharField(blank=True, max_length=255)),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("book", "I want to book"),
                            ("question", "I have a question"),
                            ("gift", "It is a gift"),
                            ("group", "We are a group or a company"),
                            ("press", "I write for the press"),
                        ],
                        default="book",
                        max_length=10,
                        verbose_name="about",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=40, verbose_name="phone")),
                ("language", models.CharField(max_length=12, verbose_name="language of our answer")),
                ("page_language", models.CharField(max_length=12, verbose_name="language of the page")),
                ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="how many people")),
                ("when_text", models.CharField(blank=True, max_length=300, verbose_name="when")),
                ("when_date", models.DateField(blank=True, null=True, verbose_name="date")),
                ("arrange", models.CharField(blank=True, max_length=500, verbose_name="to arrange")),
                ("message", models.TextField(blank=True, max_length=5000, verbose_name="message")),
                (
                    "message_dir",
                    models.CharField(choices=[("ltr", "ltr"), ("rtl", "rtl")], default="ltr", max_length=3),
                ),
                ("extra_answers", models.JSONField(blank=True, default=list, verbose_name="further answers")),
                ("wants_news", models.BooleanField(default=False, verbose_name="wants news by mail")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("open", "Open"),
                            ("waiting_visitor", "Waiting for the visitor"),
                            ("waiting_provider", "Waiting for the host"),
                            ("offer_sent", "Offer sent"),
                            ("booked", "Booked"),
                            ("delivered", "Delivered"),
                            ("closed", "Closed"),
                            ("declined", "Declined"),
                            ("duplicate", "Duplicate"),
                            ("spam", "Suspected spam"),
                            ("reopened", "Reopened"),
                        ],
                        default="new",
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="came in")),
                ("answer_due", models.DateTimeField(verbose_name="answer due")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="first answered")),
                ("spam_score", models.PositiveSmallIntegerField(default=0)),
                ("spam_signs", models.JSONField(blank=True, default=list)),
                (
                    "experience",
                    models.ForeignKey(
                        blank=True,
                        help_text="The Swedish page. Empty: the visitor wants help to choose.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enquiries",
                        to="experiences.experiencepage",
                        verbose_name="experience",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enquiries",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-created_at"],
                "permissions": [("answer_enquiry", "Can answer enquiries")],
                "indexes": [
                    models.Index(fields=["status", "-created_at"], name="enquiry_by_status"),
                    models.Index(fields=["answer_due"], name="enquiry_by_answer_due"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("phone", ""), _negated=True), name="enquiry_can_be_answered"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "new",
                                    "open",
                                    "waiting_visitor",
                                    "waiting_provider",
                                    "offer_sent",
                                    "booked",
                                    "delivered",
                                    "closed",
                                    "declined",
                                    "duplicate",
                                    "spam",
                                    "reopened",
                                ],
                            )
                        ),
                        name="enquiry_status",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TimelineEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("reply", "Reply"),
                            ("note", "Note"),
                            ("change", "Change"),
                            ("mail", "Mail"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("text", models.TextField(blank=True)),
                ("text_dir", models.CharField(choices=[("ltr", "ltr"), ("rtl", "rtl")], default="ltr", max_length=3)),
                ("data", models.JSONField(blank=True, default=dict)),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="timeline", to="enquiries.enquiry"
                    ),
                ),
                (
                    "mail",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="timeline_entry",
                        to="core.outgoingmail",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [models.Index(fields=["enquiry", "at"], name="timeline_of_an_enquiry")],
            },
        ),
        migrations.CreateModel(
            name="SendingRate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("hour", models.DateTimeField()),
                ("count", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("key", "hour"), name="one_count_an_hour")],
            },
        ),
    ]
