import core.forms.fields
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import modelcluster.fields
import uuid
import wagtail.fields
import wagtail.models.preview
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0002_media_contact_mail"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The same in every language. Shared links keep working.",
                        max_length=60,
                        verbose_name="word in addresses",
                    ),
                ),
                (
                    "sort_order",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Low numbers come first.", verbose_name="order"
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["sort_order", "name"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "locale"), name="category_slug_once_a_language")
                ],
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "name",
                    models.CharField(
                        help_text="As a guest would say it: Our kitchen.", max_length=80, verbose_name="name"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ours", "Our place"),
                            ("host", "The host's place"),
                            ("yours", "Your place"),
                            ("outdoors", "Outdoors"),
                        ],
                        default="ours",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                (
                    "area",
                    models.CharField(
                        blank=True,
                        help_text="For example: in central Växjö.",
                        max_length=120,
                        verbose_name="part of town",
                    ),
                ),
                (
                    "address",
                    models.CharField(
                        blank=True,
                        help_text="Never shown on the site. Staff send it when the guest has booked.",
                        max_length=200,
                        verbose_name="address",
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Skill",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "skill",
                "verbose_name_plural": "skills",
                "ordering": ["name"],
                "abstract": False,
                "unique_together": {("translation_key", "locale")},
            },
        ),
        migrations.CreateModel(
            name="Testimonial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("translation_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("words", models.TextField(max_length=600, verbose_name="what the guest said")),
                (
                    "original",
                    models.TextField(
                        blank=True,
                        help_text="As it was said, when it was not Swedish.",
                        max_length=600,
                        verbose_name="in the original language",
                    ),
                ),
                (
                    "original_language",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sv", "Swedish"),
                            ("en", "English"),
                            ("ar", "Arabic"),
                            ("bs", "Bosnian"),
                            ("ckb", "Kurdish (Sorani)"),
                            ("de", "German"),
                            ("es", "Spanish"),
                            ("fa", "Persian"),
                            ("fr", "French"),
                            ("kmr", "Kurdish (Kurmanji)"),
                            ("pl", "Polish"),
                            ("prs", "Dari"),
                            ("ps", "Pashto"),
                            ("ru", "Russian"),
                            ("so", "Somali"),
                            ("sw", "Swahili"),
                            ("ti", "Tigrinya"),
                            ("tr", "Turkish"),
                            ("uk", "Ukrainian"),
                            ("ur", "Urdu"),
                        ],
                        max_length=8,
                        verbose_name="the original language",
                    ),
                ),
                (
                    "guest",
                    models.CharField(
                        help_text="First name and when: Ingrid, guest in October.", max_length=80, verbose_name="guest"
                    ),
                ),
                (
                    "locale",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="wagtailcore.locale",
                        verbose_name="locale",
                    ),
                ),
            ],
            options={
                "verbose_name": "testimonial",
                "verbose_name_plural": "testimonials",
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("original", ""), ("original_language", "")),
                            models.Q(
                                models.Q(("original", ""), _negated=True),
                                models.Q(("original_language", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="testimonial_original_with_its_language",
                    )
                ],
                "unique_together": {("translation_key", "locale")},
            },
            bases=(wagtail.models.preview.PreviewableMixin, models.Model),
        ),
        migrations.CreateModel(
            name="ProviderIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="lead")),
                (
                    "share_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown when someone shares the page. Without one, the host's cloth is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="picture when shared",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of hosts",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ProviderPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "pronunciation",
                    models.CharField(
                        blank=True,
                        help_text="Stress in capitals: sa-MI-ra KHO-ri.",
                        max_length=80,
                        verbose_name="how the name is said",
                    ),
                ),
                (
                    "line",
                    models.CharField(
                        help_text="Verb, skill, for whom: Bakes flatbread for those who want flour on their hands.",
                        max_length=140,
                        verbose_name="one line",
                    ),
                ),
                (
                    "short_line",
                    models.CharField(
                        blank=True,
                        help_text="Under the cloth on the home page: bread on a griddle.",
                        max_length=40,
                        verbose_name="a few words",
                    ),
                ),
                (
                    "portrait_alt",
                    models.CharField(
                        blank=True,
                        help_text="Left empty, the picture's own description is used.",
                        max_length=200,
                        verbose_name="what the portrait shows",
                    ),
                ),
                (
                    "cloth",
                    models.CharField(
                        blank=True,
                        help_text="The host's pattern is woven from this word. Left empty: from the page's address. Add +1 for another cloth.",
                        max_length=80,
                        verbose_name="word for the cloth",
                    ),
                ),
                (
                    "story",
                    wagtail.fields.StreamField(
                        [
                            ("skill", 4),
                            ("moment", 7),
                            ("together", 12),
                            ("quote", 17),
                            ("recipe", 25),
                            ("next", 27),
                            ("ask_me", 29),
                            ("do_dont", 32),
                            ("languages", 37),
                            ("skills", 43),
                            ("paragraphs", 46),
                            ("picture", 49),
                            ("sound", 53),
                            ("film", 57),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "So exact that someone from the same trade nods.", "label": "What it is"},
                            ),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "Who taught me", "required": False}),
                            2: ("wagtail.blocks.TextBlock", (), {"label": "What is hard", "required": False}),
                            3: ("wagtail.blocks.TextBlock", (), {"label": "What I am proud of", "required": False}),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("what", 0), ("taught_by", 1), ("hard", 2), ("proud_of", 3)]],
                                {},
                            ),
                            5: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "One scene: a smell, hands, a place. Three sentences are enough.",
                                    "label": "Moment",
                                },
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("ros", "Rose"),
                                        ("vau", "Weld yellow"),
                                        ("himmel", "Sky"),
                                        ("mossa", "Moss"),
                                        ("lin", "Linen"),
                                    ],
                                    "label": "Wall",
                                },
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("text", 5), ("wall", 6)]], {}),
                            8: ("wagtail.blocks.CharBlock", (), {"label": "Step", "max_length": 80}),
                            9: ("wagtail.blocks.TextBlock", (), {"label": "What happens", "required": False}),
                            10: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 9)]], {}),
                            11: ("wagtail.blocks.ListBlock", (10,), {"label": "Steps", "min_num": 2}),
                            12: ("wagtail.blocks.StructBlock", [[("steps", 11)]], {}),
                            13: ("wagtail.blocks.TextBlock", (), {"label": "Quote"}),
                            14: (
                                "core.blocks.story.OriginalWordsBlock",
                                (),
                                {
                                    "help_text": "As it was said. It stands beside the translation in every language.",
                                    "label": "In the original language",
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("sv", "Swedish"),
                                        ("en", "English"),
                                        ("ar", "Arabic"),
                                        ("bs", "Bosnian"),
                                        ("ckb", "Kurdish (Sorani)"),
                                        ("de", "German"),
                                        ("es", "Spanish"),
                                        ("fa", "Persian"),
                                        ("fr", "French"),
                                        ("kmr", "Kurdish (Kurmanji)"),
                                        ("pl", "Polish"),
                                        ("prs", "Dari"),
                                        ("ps", "Pashto"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("sw", "Swahili"),
                                        ("ti", "Tigrinya"),
                                        ("tr", "Turkish"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                    ],
                                    "label": "The original language",
                                    "required": False,
                                },
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 120, "required": False},
                            ),
                            17: (
                                "wagtail.blocks.StructBlock",
                                [[("words", 13), ("original", 14), ("original_language", 15), ("speaker", 16)]],
                                {},
                            ),
                            18: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("recipe", "Recipe"), ("pattern", "Instructions"), ("song", "Song")],
                                    "label": "Kind",
                                },
                            ),
                            19: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                            20: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            21: (
                                "wagtail.blocks.ListBlock",
                                (20,),
                                {"default": [], "label": "What you need", "required": False},
                            ),
                            22: ("wagtail.blocks.TextBlock", (), {"rows": 2}),
                            23: (
                                "wagtail.blocks.ListBlock",
                                (22,),
                                {"label": "How to do it, or the verses", "min_num": 1},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: The recipe is Samira's. Share it, with her name.",
                                    "label": "Whose it is",
                                    "max_length": 200,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("kind", 18), ("title", 19), ("needs", 21), ("steps", 23), ("rights", 24)]],
                                {},
                            ),
                            26: ("wagtail.blocks.TextBlock", (), {"label": "What I want next"}),
                            27: ("wagtail.blocks.StructBlock", [[("text", 26), ("wall", 6)]], {}),
                            28: ("wagtail.blocks.ListBlock", (20,), {"label": "Ask me about", "min_num": 1}),
                            29: ("wagtail.blocks.StructBlock", [[("questions", 28)]], {}),
                            30: ("wagtail.blocks.ListBlock", (20,), {"label": "I do", "min_num": 1}),
                            31: ("wagtail.blocks.ListBlock", (20,), {"label": "I do not", "min_num": 1}),
                            32: ("wagtail.blocks.StructBlock", [[("do", 30), ("dont", 31)]], {}),
                            33: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("sv", "Swedish"),
                                        ("en", "English"),
                                        ("ar", "Arabic"),
                                        ("bs", "Bosnian"),
                                        ("ckb", "Kurdish (Sorani)"),
                                        ("de", "German"),
                                        ("es", "Spanish"),
                                        ("fa", "Persian"),
                                        ("fr", "French"),
                                        ("kmr", "Kurdish (Kurmanji)"),
                                        ("pl", "Polish"),
                                        ("prs", "Dari"),
                                        ("ps", "Pashto"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("sw", "Swahili"),
                                        ("ti", "Tigrinya"),
                                        ("tr", "Turkish"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                    ]
                                },
                            ),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: I lead the whole evening.",
                                    "label": "In plain words",
                                    "max_length": 160,
                                },
                            ),
                            35: ("wagtail.blocks.StructBlock", [[("language", 33), ("words", 34)]], {}),
                            36: ("wagtail.blocks.ListBlock", (35,), {"label": "Languages", "min_num": 1}),
                            37: ("wagtail.blocks.StructBlock", [[("languages", 36)]], {}),
                            38: ("wagtail.blocks.CharBlock", (), {"label": "Skill, in own words", "max_length": 120}),
                            39: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("told", "Told by the person"),
                                        ("seen", "Seen by us"),
                                        ("tested", "Tested with guests"),
                                        ("certificate", "Certificate"),
                                    ],
                                    "label": "How we know",
                                },
                            ),
                            40: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: four evenings.",
                                    "label": "More about how we know",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            41: ("wagtail.blocks.StructBlock", [[("words", 38), ("known", 39), ("detail", 40)]], {}),
                            42: ("wagtail.blocks.ListBlock", (41,), {"label": "Skills", "min_num": 1}),
                            43: ("wagtail.blocks.StructBlock", [[("skills", 42)]], {}),
                            44: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Heading", "max_length": 120, "required": False},
                            ),
                            45: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "link", "ul", "ol"], "label": "Text"},
                            ),
                            46: ("wagtail.blocks.StructBlock", [[("heading", 44), ("text", 45)]], {}),
                            47: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            48: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            49: ("wagtail.blocks.StructBlock", [[("image", 47), ("caption", 48)]], {}),
                            50: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "mp3, m4a, ogg or opus. Upload it here first.", "label": "Sound file"},
                            ),
                            51: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("sv", "Swedish"),
                                        ("en", "English"),
                                        ("ar", "Arabic"),
                                        ("bs", "Bosnian"),
                                        ("ckb", "Kurdish (Sorani)"),
                                        ("de", "German"),
                                        ("es", "Spanish"),
                                        ("fa", "Persian"),
                                        ("fr", "French"),
                                        ("kmr", "Kurdish (Kurmanji)"),
                                        ("pl", "Polish"),
                                        ("prs", "Dari"),
                                        ("ps", "Pashto"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("sw", "Swahili"),
                                        ("ti", "Tigrinya"),
                                        ("tr", "Turkish"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                    ],
                                    "help_text": "Left empty for music, or where nobody speaks.",
                                    "label": "The language spoken",
                                    "required": False,
                                },
                            ),
                            52: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Every word that is said, for those who do not hear it. Of music: what is heard.",
                                    "label": "Transcript",
                                },
                            ),
                            53: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 19), ("file", 50), ("language", 51), ("transcript", 52)]],
                                {},
                            ),
                            54: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "mp4 or webm. Upload it here first.", "label": "Film file"},
                            ),
                            55: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "A WebVTT file (.vtt).", "label": "Captions", "required": False},
                            ),
                            56: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Every word that is said, and what is seen.",
                                    "label": "Transcript",
                                    "required": False,
                                },
                            ),
                            57: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 19), ("file", 54), ("language", 51), ("captions", 55), ("transcript", 56)]],
                                {},
                            ),
                        },
                        verbose_name="story",
                    ),
                ),
                (
                    "portrait",
                    models.ForeignKey(
                        blank=True,
                        help_text="With consent for pictures. Without one, the host's cloth is shown, and the page is whole.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="portrait",
                    ),
                ),
                (
                    "share_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown when someone shares the page. Without one, the host's cloth is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="picture when shared",
                    ),
                ),
                (
                    "skills",
                    modelcluster.fields.ParentalManyToManyField(
                        blank=True, related_name="providers", to="experiences.skill", verbose_name="skills"
                    ),
                ),
            ],
            options={
                "verbose_name": "host",
                "verbose_name_plural": "hosts",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ExperienceIndexPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                ("lead", models.TextField(blank=True, max_length=400, verbose_name="lead")),
                (
                    "share_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown when someone shares the page. Without one, the host's cloth is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="picture when shared",
                    ),
                ),
            ],
            options={
                "verbose_name": "list of experiences",
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ExperiencePage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to=settings.WAGTAIL_PAGE_MODEL,
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="Two sentences. Begin with what the guest does.",
                        max_length=400,
                        verbose_name="summary",
                    ),
                ),
                (
                    "picture_alt",
                    models.CharField(
                        blank=True,
                        help_text="Left empty, the picture's own description is used.",
                        max_length=200,
                        verbose_name="what the picture shows",
                    ),
                ),
                (
                    "story",
                    wagtail.fields.StreamField(
                        [
                            ("skill", 4),
                            ("moment", 7),
                            ("together", 12),
                            ("quote", 17),
                            ("recipe", 25),
                            ("next", 27),
                            ("ask_me", 29),
                            ("do_dont", 32),
                            ("languages", 37),
                            ("skills", 43),
                            ("paragraphs", 46),
                            ("picture", 49),
                            ("sound", 53),
                            ("film", 57),
                        ],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"help_text": "So exact that someone from the same trade nods.", "label": "What it is"},
                            ),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "Who taught me", "required": False}),
                            2: ("wagtail.blocks.TextBlock", (), {"label": "What is hard", "required": False}),
                            3: ("wagtail.blocks.TextBlock", (), {"label": "What I am proud of", "required": False}),
                            4: (
                                "wagtail.blocks.StructBlock",
                                [[("what", 0), ("taught_by", 1), ("hard", 2), ("proud_of", 3)]],
                                {},
                            ),
                            5: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "One scene: a smell, hands, a place. Three sentences are enough.",
                                    "label": "Moment",
                                },
                            ),
                            6: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("ros", "Rose"),
                                        ("vau", "Weld yellow"),
                                        ("himmel", "Sky"),
                                        ("mossa", "Moss"),
                                        ("lin", "Linen"),
                                    ],
                                    "label": "Wall",
                                },
                            ),
                            7: ("wagtail.blocks.StructBlock", [[("text", 5), ("wall", 6)]], {}),
                            8: ("wagtail.blocks.CharBlock", (), {"label": "Step", "max_length": 80}),
                            9: ("wagtail.blocks.TextBlock", (), {"label": "What happens", "required": False}),
                            10: ("wagtail.blocks.StructBlock", [[("title", 8), ("text", 9)]], {}),
                            11: ("wagtail.blocks.ListBlock", (10,), {"label": "Steps", "min_num": 2}),
                            12: ("wagtail.blocks.StructBlock", [[("steps", 11)]], {}),
                            13: ("wagtail.blocks.TextBlock", (), {"label": "Quote"}),
                            14: (
                                "core.blocks.story.OriginalWordsBlock",
                                (),
                                {
                                    "help_text": "As it was said. It stands beside the translation in every language.",
                                    "label": "In the original language",
                                    "required": False,
                                },
                            ),
                            15: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("sv", "Swedish"),
                                        ("en", "English"),
                                        ("ar", "Arabic"),
                                        ("bs", "Bosnian"),
                                        ("ckb", "Kurdish (Sorani)"),
                                        ("de", "German"),
                                        ("es", "Spanish"),
                                        ("fa", "Persian"),
                                        ("fr", "French"),
                                        ("kmr", "Kurdish (Kurmanji)"),
                                        ("pl", "Polish"),
                                        ("prs", "Dari"),
                                        ("ps", "Pashto"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("sw", "Swahili"),
                                        ("ti", "Tigrinya"),
                                        ("tr", "Turkish"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                    ],
                                    "label": "The original language",
                                    "required": False,
                                },
                            ),
                            16: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Who said it", "max_length": 120, "required": False},
                            ),
                            17: (
                                "wagtail.blocks.StructBlock",
                                [[("words", 13), ("original", 14), ("original_language", 15), ("speaker", 16)]],
                                {},
                            ),
                            18: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [("recipe", "Recipe"), ("pattern", "Instructions"), ("song", "Song")],
                                    "label": "Kind",
                                },
                            ),
                            19: ("wagtail.blocks.CharBlock", (), {"label": "Title", "max_length": 120}),
                            20: ("wagtail.blocks.CharBlock", (), {"max_length": 160}),
                            21: (
                                "wagtail.blocks.ListBlock",
                                (20,),
                                {"default": [], "label": "What you need", "required": False},
                            ),
                            22: ("wagtail.blocks.TextBlock", (), {"rows": 2}),
                            23: (
                                "wagtail.blocks.ListBlock",
                                (22,),
                                {"label": "How to do it, or the verses", "min_num": 1},
                            ),
                            24: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: The recipe is Samira's. Share it, with her name.",
                                    "label": "Whose it is",
                                    "max_length": 200,
                                },
                            ),
                            25: (
                                "wagtail.blocks.StructBlock",
                                [[("kind", 18), ("title", 19), ("needs", 21), ("steps", 23), ("rights", 24)]],
                                {},
                            ),
                            26: ("wagtail.blocks.TextBlock", (), {"label": "What I want next"}),
                            27: ("wagtail.blocks.StructBlock", [[("text", 26), ("wall", 6)]], {}),
                            28: ("wagtail.blocks.ListBlock", (20,), {"label": "Ask me about", "min_num": 1}),
                            29: ("wagtail.blocks.StructBlock", [[("questions", 28)]], {}),
                            30: ("wagtail.blocks.ListBlock", (20,), {"label": "I do", "min_num": 1}),
                            31: ("wagtail.blocks.ListBlock", (20,), {"label": "I do not", "min_num": 1}),
                            32: ("wagtail.blocks.StructBlock", [[("do", 30), ("dont", 31)]], {}),
                            33: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("sv", "Swedish"),
                                        ("en", "English"),
                                        ("ar", "Arabic"),
                                        ("bs", "Bosnian"),
                                        ("ckb", "Kurdish (Sorani)"),
                                        ("de", "German"),
                                        ("es", "Spanish"),
                                        ("fa", "Persian"),
                                        ("fr", "French"),
                                        ("kmr", "Kurdish (Kurmanji)"),
                                        ("pl", "Polish"),
                                        ("prs", "Dari"),
                                        ("ps", "Pashto"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("sw", "Swahili"),
                                        ("ti", "Tigrinya"),
                                        ("tr", "Turkish"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                    ]
                                },
                            ),
                            34: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: I lead the whole evening.",
                                    "label": "In plain words",
                                    "max_length": 160,
                                },
                            ),
                            35: ("wagtail.blocks.StructBlock", [[("language", 33), ("words", 34)]], {}),
                            36: ("wagtail.blocks.ListBlock", (35,), {"label": "Languages", "min_num": 1}),
                            37: ("wagtail.blocks.StructBlock", [[("languages", 36)]], {}),
                            38: ("wagtail.blocks.CharBlock", (), {"label": "Skill, in own words", "max_length": 120}),
                            39: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("told", "Told by the person"),
                                        ("seen", "Seen by us"),
                                        ("tested", "Tested with guests"),
                                        ("certificate", "Certificate"),
                                    ],
                                    "label": "How we know",
                                },
                            ),
                            40: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "For example: four evenings.",
                                    "label": "More about how we know",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            41: ("wagtail.blocks.StructBlock", [[("words", 38), ("known", 39), ("detail", 40)]], {}),
                            42: ("wagtail.blocks.ListBlock", (41,), {"label": "Skills", "min_num": 1}),
                            43: ("wagtail.blocks.StructBlock", [[("skills", 42)]], {}),
                            44: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Heading", "max_length": 120, "required": False},
                            ),
                            45: (
                                "wagtail.blocks.RichTextBlock",
                                (),
                                {"features": ["bold", "link", "ul", "ol"], "label": "Text"},
                            ),
                            46: ("wagtail.blocks.StructBlock", [[("heading", 44), ("text", 45)]], {}),
                            47: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            48: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            49: ("wagtail.blocks.StructBlock", [[("image", 47), ("caption", 48)]], {}),
                            50: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "mp3, m4a, ogg or opus. Upload it here first.", "label": "Sound file"},
                            ),
                            51: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("sv", "Swedish"),
                                        ("en", "English"),
                                        ("ar", "Arabic"),
                                        ("bs", "Bosnian"),
                                        ("ckb", "Kurdish (Sorani)"),
                                        ("de", "German"),
                                        ("es", "Spanish"),
                                        ("fa", "Persian"),
                                        ("fr", "French"),
                                        ("kmr", "Kurdish (Kurmanji)"),
                                        ("pl", "Polish"),
                                        ("prs", "Dari"),
                                        ("ps", "Pashto"),
                                        ("ru", "Russian"),
                                        ("so", "Somali"),
                                        ("sw", "Swahili"),
                                        ("ti", "Tigrinya"),
                                        ("tr", "Turkish"),
                                        ("uk", "Ukrainian"),
                                        ("ur", "Urdu"),
                                    ],
                                    "help_text": "Left empty for music, or where nobody speaks.",
                                    "label": "The language spoken",
                                    "required": False,
                                },
                            ),
                            52: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Every word that is said, for those who do not hear it. Of music: what is heard.",
                                    "label": "Transcript",
                                },
                            ),
                            53: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 19), ("file", 50), ("language", 51), ("transcript", 52)]],
                                {},
                            ),
                            54: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "mp4 or webm. Upload it here first.", "label": "Film file"},
                            ),
                            55: (
                                "wagtail.documents.blocks.DocumentChooserBlock",
                                (),
                                {"help_text": "A WebVTT file (.vtt).", "label": "Captions", "required": False},
                            ),
                            56: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Every word that is said, and what is seen.",
                                    "label": "Transcript",
                                    "required": False,
                                },
                            ),
                            57: (
                                "wagtail.blocks.StructBlock",
                                [[("title", 19), ("file", 54), ("language", 51), ("captions", 55), ("transcript", 56)]],
                                {},
                            ),
                        },
                        verbose_name="story",
                    ),
                ),
                (
                    "price",
                    models.PositiveIntegerField(
                        help_text="Whole kronor, VAT included.", null=True, verbose_name="price"
                    ),
                ),
                (
                    "price_per",
                    models.CharField(
                        choices=[("person", "per person"), ("group", "per group")],
                        default="person",
                        max_length=8,
                        verbose_name="for",
                    ),
                ),
                (
                    "price_covers",
                    models.CharField(
                        blank=True,
                        help_text="For example: flour, toppings, tea and an apron.",
                        max_length=200,
                        verbose_name="what the price covers",
                    ),
                ),
                (
                    "duration",
                    models.PositiveSmallIntegerField(
                        help_text="Minutes, from welcome to goodbye.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="length",
                    ),
                ),
                (
                    "duration_note",
                    models.CharField(
                        blank=True,
                        help_text="For example: including laying the table and washing up.",
                        max_length=120,
                        verbose_name="the length includes",
                    ),
                ),
                (
                    "group_min",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="smallest group",
                    ),
                ),
                (
                    "group_max",
                    models.PositiveSmallIntegerField(
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="largest group",
                    ),
                ),
                (
                    "languages",
                    core.forms.fields.SpokenLanguagesField(
                        help_text="Languages that the whole visit can be led in.", verbose_name="led in"
                    ),
                ),
                (
                    "some_languages",
                    core.forms.fields.SpokenLanguagesField(
                        blank=True,
                        help_text="Languages that are enough for showing and laughing.",
                        verbose_name="and a little",
                    ),
                ),
                (
                    "by_agreement",
                    models.BooleanField(
                        default=False, help_text="Guests may ask for a day of their own.", verbose_name="by agreement"
                    ),
                ),
                (
                    "lead_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Days ahead that the host needs to know, for a day by agreement.",
                        null=True,
                        verbose_name="lead time",
                    ),
                ),
                (
                    "steps",
                    wagtail.fields.StreamField(
                        [("step", 3)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.IntegerBlock",
                                (),
                                {"label": "Minutes after the start", "max_value": 2880, "min_value": 0},
                            ),
                            1: ("wagtail.blocks.CharBlock", (), {"label": "Step", "max_length": 80}),
                            2: ("wagtail.blocks.TextBlock", (), {"label": "What happens", "required": False}),
                            3: ("wagtail.blocks.StructBlock", [[("minutes", 0), ("title", 1), ("text", 2)]], {}),
                        },
                        verbose_name="from start to end",
                    ),
                ),
                (
                    "included",
                    wagtail.fields.StreamField(
                        [("item", 0)],
                        blank=True,
                        block_lookup={0: ("wagtail.blocks.CharBlock", (), {"label": "included", "max_length": 240})},
                        help_text="What the price gives.",
                        verbose_name="included",
                    ),
                ),
                (
                    "not_included",
                    wagtail.fields.StreamField(
                        [("item", 0)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "not included", "max_length": 240})
                        },
                        help_text="What a guest could think is included.",
                        verbose_name="not included",
                    ),
                ),
                (
                    "bring",
                    wagtail.fields.StreamField(
                        [("item", 0)],
                        blank=True,
                        block_lookup={0: ("wagtail.blocks.CharBlock", (), {"label": "bring", "max_length": 240})},
                        help_text="What the guest takes along.",
                        verbose_name="bring",
                    ),
                ),
                (
                    "suits",
                    wagtail.fields.StreamField(
                        [("item", 0)],
                        blank=True,
                        block_lookup={0: ("wagtail.blocks.CharBlock", (), {"label": "good for", "max_length": 240})},
                        help_text="Whom it is for, and from what age.",
                        verbose_name="good for",
                    ),
                ),
                (
                    "food",
                    models.CharField(
                        choices=[
                            ("none", "No food"),
                            ("known", "Food, allergens known"),
                            ("unknown", "Food, allergens not known"),
                        ],
                        default="none",
                        max_length=8,
                        verbose_name="food",
                    ),
                ),
                (
                    "allergens",
                    core.forms.fields.ChoicesArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("gluten", "Cereals with gluten"),
                                ("crustaceans", "Crustaceans"),
                                ("eggs", "Eggs"),
                                ("fish", "Fish"),
                                ("peanuts", "Peanuts"),
                                ("soya", "Soya"),
                                ("milk", "Milk"),
                                ("nuts", "Nuts"),
                                ("celery", "Celery"),
                                ("mustard", "Mustard"),
                                ("sesame", "Sesame"),
                                ("sulphites", "Sulphites"),
                                ("lupin", "Lupin"),
                                ("molluscs", "Molluscs"),
                            ],
                            max_length=12,
                        ),
                        blank=True,
                        default=list,
                        help_text="The fourteen that must be told (EU 1169/2011, annex II).",
                        size=None,
                        verbose_name="allergens in the food",
                    ),
                ),
                (
                    "food_note",
                    models.TextField(
                        blank=True,
                        help_text="What we know, and what we do not. Never promise “free from”.",
                        max_length=500,
                        verbose_name="about the food",
                    ),
                ),
                ("access_steps", models.CharField(blank=True, max_length=160, verbose_name="steps and doors")),
                ("access_toilet", models.CharField(blank=True, max_length=160, verbose_name="toilet")),
                ("access_seating", models.CharField(blank=True, max_length=160, verbose_name="seating")),
                ("access_noise", models.CharField(blank=True, max_length=160, verbose_name="sound")),
                (
                    "companion_free",
                    models.BooleanField(
                        default=True,
                        help_text="Someone who comes along to assist a guest pays nothing.",
                        verbose_name="a companion comes free",
                    ),
                ),
                (
                    "if_plans_change",
                    models.TextField(
                        blank=True,
                        help_text="Until when one may rebook or cancel, and what happens if the host is ill.",
                        max_length=500,
                        verbose_name="if plans change",
                    ),
                ),
                (
                    "booking_steps",
                    wagtail.fields.StreamField(
                        [("item", 0)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "how booking works", "max_length": 240})
                        },
                        help_text="Five steps. Left empty, the usual five are shown.",
                        verbose_name="how booking works",
                    ),
                ),
                (
                    "as_gift",
                    models.TextField(
                        blank=True,
                        help_text="Left empty, it is not offered as a gift.",
                        max_length=400,
                        verbose_name="as a gift",
                    ),
                ),
                (
                    "gallery",
                    wagtail.fields.StreamField(
                        [("picture", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.images.blocks.ImageBlock", [], {"label": "Picture"}),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Caption", "max_length": 200, "required": False},
                            ),
                            2: ("wagtail.blocks.StructBlock", [[("image", 0), ("caption", 1)]], {}),
                        },
                        verbose_name="gallery",
                    ),
                ),
                (
                    "questions",
                    wagtail.fields.StreamField(
                        [("question", 2)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 160}),
                            1: ("wagtail.blocks.TextBlock", (), {"label": "Answer"}),
                            2: ("wagtail.blocks.StructBlock", [[("question", 0), ("answer", 1)]], {}),
                        },
                        verbose_name="questions and answers",
                    ),
                ),
                (
                    "enquiry_questions",
                    wagtail.fields.StreamField(
                        [("question", 7)],
                        blank=True,
                        block_lookup={
                            0: ("wagtail.blocks.CharBlock", (), {"label": "Question", "max_length": 160}),
                            1: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Hint", "max_length": 160, "required": False},
                            ),
                            2: (
                                "wagtail.blocks.ChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("text", "Text"),
                                        ("number", "Number"),
                                        ("yes_no", "Yes or no"),
                                        ("choice", "One of several"),
                                    ],
                                    "label": "Answered with",
                                },
                            ),
                            3: ("wagtail.blocks.CharBlock", (), {"max_length": 80}),
                            4: (
                                "wagtail.blocks.ListBlock",
                                (3,),
                                {"default": [], "label": "Choices", "required": False},
                            ),
                            5: ("wagtail.blocks.BooleanBlock", (), {"label": "Must be answered", "required": False}),
                            6: (
                                "wagtail.blocks.MultipleChoiceBlock",
                                [],
                                {
                                    "choices": [
                                        ("book", "Who books"),
                                        ("group", "Who books as a group or a company"),
                                        ("question", "Who has a question"),
                                    ],
                                    "help_text": "Nobody else has to answer it. Gifts and the press are asked nothing.",
                                    "label": "Asked of",
                                },
                            ),
                            7: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("question", 0),
                                        ("hint", 1),
                                        ("kind", 2),
                                        ("options", 4),
                                        ("must", 5),
                                        ("asked_of", 6),
                                    ]
                                ],
                                {},
                            ),
                        },
                        help_text="Only what the host must know before answering. Never about health.",
                        verbose_name="questions in the enquiry form",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open for enquiries"), ("paused", "Paused")],
                        default="open",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "state_note",
                    models.CharField(
                        blank=True,
                        help_text="An honest line: Paused until March, Mirwais builds new frames.",
                        max_length=160,
                        verbose_name="why it is paused",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experiences",
                        to="experiences.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        help_text="Hands, tools, steam, tables. Without one, the host's cloth is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="picture",
                    ),
                ),
                (
                    "share_image",
                    models.ForeignKey(
                        blank=True,
                        help_text="Shown when someone shares the page. Without one, the host's cloth is shown.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="core.customimage",
                        verbose_name="picture when shared",
                    ),
                ),
                (
                    "place",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experiences",
                        to="experiences.place",
                        verbose_name="place",
                    ),
                ),
            ],
            options={
                "verbose_name": "experience",
                "verbose_name_plural": "experiences",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("group_min__gte", 1), ("group_max__gte", 1), ("group_min__lte", models.F("group_max"))
                        ),
                        name="experience_group_min_up_to_max",
                    ),
                    models.CheckConstraint(condition=models.Q(("duration__gte", 1)), name="experience_takes_time"),
                ],
            },
            bases=("wagtailcore.page",),
        ),
        migrations.CreateModel(
            name="ExperienceProvider",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experience_providers",
                        to="experiences.experiencepage",
                    ),
                ),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provider_experiences",
                        to="experiences.providerpage",
                        verbose_name="host",
                    ),
                ),
            ],
            options={
                "verbose_name": "host of the experience",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("page", "provider"),
                        name="provider_once_an_experience",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExperienceDate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                ("start", models.DateTimeField(verbose_name="start")),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        help_text="How many can come; 0 when it is full.", verbose_name="seats"
                    ),
                ),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="dates",
                        to="experiences.experiencepage",
                    ),
                ),
            ],
            options={
                "verbose_name": "fixed date",
                "ordering": ["sort_order"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("page", "start"),
                        name="date_once_an_experience",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ExperienceTestimonial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                (
                    "page",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="experience_testimonials",
                        to="experiences.experiencepage",
                    ),
                ),
                (
                    "testimonial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shown_on",
                        to="experiences.testimonial",
                        verbose_name="testimonial",
                    ),
                ),
            ],
            options={
                "verbose_name": "testimonial on the page",
                "ordering": ["sort_order"],
                "abstract": False,
            },
        ),
    ]
