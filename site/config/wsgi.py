"""The WSGI application that granian (or any other server) serves."""

import multiprocessing
import os
import signal
import sys
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parents[2]
for folder in (PROJECT_DIR, PROJECT_DIR / "site"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")

import django  # noqa: E402

from core.web.processes import end_with_parent, share_one_heap  # noqa: E402

share_one_heap()

# granian's workers outlive a main that was killed, and share the port with the next one: old code included.
if (granian := multiprocessing.parent_process()) and granian.pid:
    end_with_parent(granian.pid, signal.SIGTERM)

django.setup(set_prefix=False)

from core.web.bounds.wsgi import Bounds  # noqa: E402
from core.web.page_cache.wsgi import page_cache  # noqa: E402
from core.web.wsgi import Handler  # noqa: E402

application = page_cache(Bounds(Handler()))
