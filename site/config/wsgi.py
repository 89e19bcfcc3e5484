"""The WSGI application that granian (or any other server) serves."""

import os
import sys
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[2]
for folder in (PROJECT_DIR, PROJECT_DIR / "site"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

from django.core.wsgi import get_wsgi_application  # noqa: E402

application = get_wsgi_application()
