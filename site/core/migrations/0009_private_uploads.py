"""Documents, and uploads that wait for their form, go where no web server serves them by itself (core.media.storage)."""

import shutil
from pathlib import Path

from django.conf import settings
from django.db import migrations

FOLDERS = ["documents", "wagtail_uploads"]


def move_to_private(apps, schema_editor):
    """Folders of a site that ran before. Nothing to do on a new one, and safe to do twice."""
    for folder in FOLDERS:
        public, private = Path(settings.MEDIA_ROOT) / folder, Path(settings.PRIVATE_MEDIA_ROOT) / folder
        if public.is_dir() and not private.exists():
            private.parent.mkdir(parents=True, exist_ok=True)
            shutil.move(public, private)


class Migration(migrations.Migration):
    dependencies = [("core", "0008_mail_caps")]

    operations = [migrations.RunPython(move_to_private, migrations.RunPython.noop, elidable=True)]
