"""The tests' settings for a worker that has a job of the tests' beside the site's own."""

from tests.core.mail.worker_settings import *  # noqa: F403
from tests.core.mail.worker_settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.jobs.probe.Probe"]
