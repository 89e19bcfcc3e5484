"""Tests: the demo's apps, a secret of no worth, fast passwords, a real PostgreSQL."""

from local import embedded_postgres

from .base import *  # noqa: F403
from .base import DATABASE_URL, INSTALLED_APPS, STORAGES, database

SECRET_KEY = "only-for-tests"  # noqa: S105 (guards nothing)
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
INSTALLED_APPS = ["local", *INSTALLED_APPS, "demo", "django_migration_linter"]
ROOT_URLCONF = "demo.urls"  # the site's addresses, and the style guide's
if not DATABASE_URL:
    DATABASES = {"default": database(embedded_postgres.database_url(), embedded_postgres.ENGINE)}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
EMAIL_HOST = "127.0.0.1"
OUTBOX_CARRIER = "django.core.mail.backends.locmem.EmailBackend"
# Keeping the index of the admin's search true takes a sixth of each page's making: its own tests switch it on.
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.pages.admin_search", "AUTO_UPDATE": False}}
