from django.db import migrations, models

# What the admin's search asks for (core.pages.admin_search): Wagtail's own indexes are on each of the two alone.
INDEX = "CREATE INDEX CONCURRENTLY admin_search_words ON wagtailsearch_indexentry USING gin ((title || body))"
NO_INDEX = "DROP INDEX CONCURRENTLY admin_search_words"


class Migration(migrations.Migration):
    """Both searches read what they find, instead of every entry."""

    atomic = False
    dependencies = [
        ("search", "0002_on_other_pages"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.AlterField(model_name="searchentry", name="language", field=models.CharField(max_length=12)),
        migrations.RunSQL(INDEX, NO_INDEX),
    ]
