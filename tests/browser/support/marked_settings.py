"""The demo's settings, in the pseudo-language of `marks`."""

from config.settings.demo import *  # noqa: F403
from config.settings.demo import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.browser.support.marks.Marks"]
