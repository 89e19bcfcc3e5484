"""Production: no demo, HTTPS only. Does not start while a setting is missing that only the operator can know."""

import os
import re

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import DATABASES, env_flag, env_int, env_list

# What has no right default. An empty value counts as missing.
REQUIRED = {
    "SECRET_KEY": "fifty random characters, kept secret",
    "BASE_URL": "the site's address, https://example.org",
    "ALLOWED_HOSTS": "the host names of that address, separated by commas",
    "DATABASE_URL": "a PostgreSQL server, postgresql://user:password@host/name",
    "EMAIL_HOST": "the mail server; 127.0.0.1 where one runs on this machine",
    "DEFAULT_FROM_EMAIL": "who writes, an address of your own: Name <name@your.domain>",
    "ENQUIRY_NOTICE_TO": "who is told of new enquiries, one or more addresses separated by commas",
    "TRUSTED_PROXY_COUNT": "how many proxies of your own are in front: 1 behind nginx or Caddy, 0 without; "
    "a number too low counts all visitors as one, a number too high believes what a visitor claims",
}
if missing := [f"  {name}: {what}" for name, what in REQUIRED.items() if not os.environ.get(name, "").strip()]:
    raise ImproperlyConfigured("\n".join(["Set these environment variables:", *missing]))

# dj-database-url reads others too, and SQLite would make a file of its own: the site would start, empty.
if DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql" or not DATABASES["default"]["NAME"]:
    raise ImproperlyConfigured(f"DATABASE_URL must name {REQUIRED['DATABASE_URL']}. No other database will do.")

SECRET_KEY = os.environ["SECRET_KEY"]
DEBUG = False
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

WAGTAILADMIN_BASE_URL = os.environ["BASE_URL"].strip().rstrip("/")
if not re.fullmatch(r"https://[\w.-]+(:\d{1,5})?", WAGTAILADMIN_BASE_URL):
    raise ImproperlyConfigured(f"BASE_URL={os.environ['BASE_URL']}: it must be https:// and a host name, nothing more.")

# A visitor's own X-Forwarded-Proto is never believed: a proxy of ours overwrites it.
if env_int("TRUSTED_PROXY_COUNT", 0):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env_flag("SECURE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env_int("SECURE_HSTS_SECONDS", 365 * 24 * 3600)
# These two bind every other host below the domain, for years: the operator decides, so Django need not remind of them.
SECURE_HSTS_INCLUDE_SUBDOMAINS = env_flag("SECURE_HSTS_INCLUDE_SUBDOMAINS")
SECURE_HSTS_PRELOAD = env_flag("SECURE_HSTS_PRELOAD")
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
