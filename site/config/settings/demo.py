"""The demo that `make run` serves: debug off, its own database, mail kept in the site's demo mailbox."""

import os

from local import embedded_postgres
from local.demo_secret import demo_secret

from .base import *  # noqa: F403
from .base import DATABASE_URL, INSTALLED_APPS, MAIL_CAPS, VAR_DIR, database, env_cap, env_flag, env_int

DEBUG = env_flag("DEBUG")
# Made at the first start and kept in var/: no secret in the repository, and logins outlive a restart.
SECRET_KEY = os.environ.get("SECRET_KEY") or demo_secret(VAR_DIR)
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", "testserver"]
INSTALLED_APPS = ["local", *INSTALLED_APPS, "demo"]
ROOT_URLCONF = "demo.urls"  # the site's addresses, and the style guide's
if not DATABASE_URL:
    DATABASES = {"default": database(embedded_postgres.database_url(), embedded_postgres.ENGINE)}
# Who tries the demo may send as many as they like: the seventh would wait in quarantine, and look as if it were lost.
ENQUIRY_RATE_PER_HOUR = env_int("ENQUIRY_RATE_PER_HOUR", 30)
if "EMAIL_HOST" not in os.environ:
    OUTBOX_CARRIER = "demo.mailbox.EmailBackend"
    # No mail leaves the machine: it may write as many as a curious visitor likes.
    MAIL_CAPS = {name: env_cap(f"MAIL_CAP_{name.upper()}", "300/1000") for name in MAIL_CAPS}
PAGE_CACHE_SAYS = True
