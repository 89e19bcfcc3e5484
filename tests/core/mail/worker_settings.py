"""The tests' settings for a worker of its own: with a real mail server. The test says where by the environment."""

from config.settings.test import *  # noqa: F403

OUTBOX_CARRIER = "core.mail.smtp.EmailBackend"
