"""python -m bench.editor: changes the telephone number that every page shows to each line of stdin, and says so.

A process of its own beside the web servers, with the settings and the VAR_DIR of its environment.
"""

from __future__ import annotations

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    django.setup()
    from core.models import SiteSettings

    for line in sys.stdin:
        SiteSettings.objects.update(phone=line.strip())
        sys.stdout.write("changed\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
