"""What every environment shares. Each value that an operator may change is read from the environment."""

import os
import re
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy

from core.languages.table import TABLE, names, own_titles
from core.web.bounds.numbers import FORM_BYTES, PICTURE_BYTES

PROJECT_DIR = Path(__file__).resolve().parents[3]
# What the running site writes: database, uploads, gathered static files, logs.
VAR_DIR = Path(os.environ.get("VAR_DIR") or PROJECT_DIR / "var").resolve()


def env_list(name: str, default: str = "") -> list[str]:
    """The words of an environment variable, separated by commas (or semicolons, as mail programs write them)."""
    return [word.strip() for word in re.split("[,;]", os.environ.get(name, default)) if word.strip()]


def env_int(name: str, default: int) -> int:
    """A whole number from 0. Raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name}={value} is not a whole number.")
    return int(value or default)


def env_flag(name: str, *, default: bool = False) -> bool:
    """Yes or no. Raises ImproperlyConfigured for words that are neither, so that no typing error turns TLS off."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    if value:
        raise ImproperlyConfigured(f"{name}={value} is neither 1 (yes) nor 0 (no).")
    return default


def env_cap(name: str, default: str) -> tuple[int, int]:
    """How many in an hour and in a day, from a variable such as `4/10`."""
    value = os.environ.get(name) or default
    in_an_hour, slash, in_a_day = value.partition("/")
    if not (slash and in_an_hour.strip().isdecimal() and in_a_day.strip().isdecimal()):
        raise ImproperlyConfigured(f"{name} says how many an hour and a day, for example {default}. It is: {value}")
    return int(in_an_hour), int(in_a_day)


INSTALLED_APPS = [
    # Our apps first: their templates go before Wagtail's.
    "core",
    "home",
    "experiences",
    "experiences.enquiries",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.forms",  # The form renderer's own templates.
]

MIDDLEWARE = [
    "core.web.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.web.compression.CompressPages",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.web.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.translation.redirects.RedirectMiddleware",
    "core.web.resubmit.keep_what_was_typed",
    "core.media.uploads.ranges",
    "core.people.admin_doors.AdminDoors",
    "core.web.admin_policy.admin_policy",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
# Form widgets are drawn by our own templates too.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Data -------------------------------------------------------------------------------------------------------
# Without it, the demo and the tests start a PostgreSQL of their own (site/local/); production does not start.
DATABASE_URL = os.environ.get("DATABASE_URL", "").strip()


def database(url: str, engine: str | None = None) -> dict[str, Any]:
    """An entry of DATABASES. Raises ImproperlyConfigured for a URL that cannot be read."""
    try:
        parsed = dj_database_url.parse(url, engine=engine, conn_max_age=60, conn_health_checks=True)
    except ValueError as error:
        raise ImproperlyConfigured("DATABASE_URL is not of the form postgresql://user:password@host/name.") from error
    return {**parsed}


DATABASES = {"default": database(DATABASE_URL)} if DATABASE_URL else {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Languages --------------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
LANGUAGES = names("sv", "en", "ar")
LANGUAGES_BIDI = [code for code, row in TABLE.items() if row.direction == "rtl"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
LOCALE_PATHS = [PROJECT_DIR / "locale"]
FORMAT_MODULE_PATH = ["core.languages.formats"]
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True
WAGTAILADMIN_PERMITTED_LANGUAGES = own_titles("sv", "en")
# A translation follows the Swedish page by rules of our own (core/translation/), never by these two.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True

# --- Static files and uploads -----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]
STATICFILES_FINDERS = [
    "core.design.stylesheet.StaticFilesFinder",  # joins the layers of static/css/ into one file
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Documents, and uploads that wait for their form: no web server may serve this folder by itself.
PRIVATE_MEDIA_ROOT = VAR_DIR / "private"
STORAGES = {
    "default": {"BACKEND": "core.media.storage.MediaStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = FORM_BYTES
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # Wagtail's page editor posts many.

# --- Page cache (docs/decisions/0024) ---------------------------------------------------------------------------
# Memory for whole pages in each web process; 0: none are kept.
PAGE_CACHE_BYTES = env_int("PAGE_CACHE_MB", 64) * 1_000_000
# How long a CDN in front may keep a page, in seconds: a change is seen so much later there.
PAGE_CACHE_CDN_SECONDS = env_int("PAGE_CACHE_CDN_SECONDS", 0)
# Whether answers say in the header X-Cache what became of them: hit, miss or pass.
PAGE_CACHE_SAYS = False

# --- Wagtail ----------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Sociala upplevelsepresenter"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAILIMAGES_IMAGE_MODEL = "core.CustomImage"
WAGTAILDOCS_DOCUMENT_MODEL = "core.CustomDocument"
WAGTAILIMAGES_IMAGE_FORM_BASE = "core.media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "core.media.forms.DocumentForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "heic", "jpg", "jpeg", "png", "webp"]
# A 10 kB file can hold 81 megapixels and take half a gigabyte of memory. What telephones call 50 is up to 8192 × 6144.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_500_000
WAGTAILIMAGES_MAX_UPLOAD_SIZE = PICTURE_BYTES
WAGTAILDOCS_EXTENSIONS = ["m4a", "mp3", "mp4", "ogg", "opus", "pdf", "vtt", "webm"]
WAGTAILSEARCH_BACKENDS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "core.pages.admin_search"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Off: it said "Saved" over words that were not (docs/decisions/0013).
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []  # Nothing is embedded from other hosts.
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["bold", "link", "ul", "ol"]},
    }
}
WAGTAIL_PASSWORD_RESET_ENABLED = True
WAGTAIL_FRONTEND_LOGIN_URL = reverse_lazy("wagtailadmin_login")
WAGTAILADMIN_USER_LOGIN_FORM = "core.people.login.LoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "core.mail.password_reset.PasswordResetForm"  # noqa: S105 (a class)

# --- Mail -------------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "core.mail.backend.EmailBackend"  # All mail waits in the outbox …
OUTBOX_CARRIER = "core.mail.smtp.EmailBackend"  # … and is sent by this.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env_int("EMAIL_PORT", 25)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env_flag("EMAIL_USE_TLS")  # STARTTLS, usually on port 587 …
EMAIL_USE_SSL = env_flag("EMAIL_USE_SSL")  # … or TLS from the first byte, usually on port 465.
if EMAIL_USE_TLS and EMAIL_USE_SSL:
    raise ImproperlyConfigured("Set EMAIL_USE_TLS=1 or EMAIL_USE_SSL=1, not both: a mail server speaks one of them.")
# Seconds that a mail server may take to answer; the worker holds the mail's row locked meanwhile.
EMAIL_TIMEOUT = env_int("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "Sociala upplevelsepresenter <hej@example.se>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# Automatic mails an hour and a day, before further ones are held back (docs/decisions/0018): to one mailbox, because of
# visitors from one network (/24; /64 and /48), in all.
MAIL_CAPS = {
    "recipient": env_cap("MAIL_CAP_RECIPIENT", "4/10"),
    "network": env_cap("MAIL_CAP_NETWORK", "30/100"),
    "all": env_cap("MAIL_CAP_ALL", "200/1000"),
}
# After how many days the texts of sent mails are blanked. Those about an enquiry stay with it.
MAIL_TEXT_DAYS = env_int("MAIL_TEXT_DAYS", 7)

# --- Enquiries --------------------------------------------------------------------------------------------------
# Where the notice of a new enquiry goes.
ENQUIRY_NOTICE_TO = env_list("ENQUIRY_NOTICE_TO", "forfragan@example.se")
# Enquiries an hour from one address before further ones wait in quarantine; its whole network may send ten times that.
ENQUIRY_RATE_PER_HOUR = env_int("ENQUIRY_RATE_PER_HOUR", 6)
# From how many points of suspicion (enquiries/services/spam.py) an enquiry waits in quarantine, with no mail sent.
ENQUIRY_SPAM_THRESHOLD = env_int("ENQUIRY_SPAM_THRESHOLD", 10)
# How many proxies of our own stand in front: X-Forwarded-For is believed only so far.
TRUSTED_PROXY_COUNT = env_int("TRUSTED_PROXY_COUNT", 0)

# --- Security ---------------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
# On every answer, files and errors included.
SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    # What no page of ours uses, so that nothing smuggled in may either. Film may fill the screen.
    # Short: it travels with each file too.
    "Permissions-Policy": "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
}
X_FRAME_OPTIONS = "DENY"  # Wagtail's previews, the one frame of ours, say SAMEORIGIN themselves.
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.web.resubmit.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-src": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "INFO")},
    # Two lines for each index that each save keeps true.
    "loggers": {"django_tasks": {"level": "WARNING"}},
}
