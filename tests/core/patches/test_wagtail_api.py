"""Wagtail's API, version 3, is loaded where it is installed. Asked in new processes: what counts is a start."""

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[3]

OURS = "from django.conf import settings"
WAGTAILS = (
    "from django.conf import settings; settings.configure(STATIC_URL='static/', INSTALLED_APPS=["
    "'wagtail.contrib.redirects', 'wagtail.users', 'wagtail', 'taggit', 'django.contrib.contenttypes', "
    "'django.contrib.auth'])"
)


def start(asked: str, settings: str = OURS) -> str:
    """What a process says of itself after Django's start."""
    code = f"{settings}; import django; django.setup(); import sys; print({asked})"
    paths = os.pathsep.join([str(PROJECT / "site"), str(PROJECT)])
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings.test", "PYTHONPATH": paths}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.strip()


def test_patch_unused_api_works():
    assert start("'ninja' in sys.modules") == "False"


def test_patch_unused_api_is_needed():
    assert start("'ninja' in sys.modules", WAGTAILS) == "True"


def test_patch_unused_api_works_where_the_api_is_installed():
    installed = f"{OURS}; settings.INSTALLED_APPS += ['wagtail.api.v3']"
    assert start("len(sys.modules['wagtail.api.v3.api'].api._routers) > 3", installed) == "True"
