from django.db import migrations

FORBID = "ALTER TABLE wagtailcore_page ADD CONSTRAINT no_aliases CHECK (alias_of_id IS NULL)"
ALLOW = "ALTER TABLE wagtailcore_page DROP CONSTRAINT no_aliases"
# A hash: equality is all that is asked, and an address may be longer than a B-tree holds.
INDEX = "CREATE INDEX page_by_address ON wagtailcore_page USING hash (url_path)"
NO_INDEX = "DROP INDEX page_by_address"


class Migration(migrations.Migration):
    """No page mirrors another one (docs/decisions/0004), not even by SQL; and our router finds pages by address."""

    dependencies = [
        ("core", "0002_media_contact_mail"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunSQL(FORBID, ALLOW), migrations.RunSQL(INDEX, NO_INDEX)]
