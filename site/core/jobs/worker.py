"""The worker process: sends mail, and runs repeated jobs while no mail is due."""

import logging
import time
from collections.abc import Callable

from django.db import connection

from core.jobs.registry import Timer
from core.mail.delivery import DATABASE_IS_AWAY, deliver_next

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5


def deliver_forever(stopping: Callable[[], bool]) -> None:
    """Send mail that is due until `stopping()` is true; a mail that is being sent is finished first.

    While the database cannot be reached, tries again every `POLL_SECONDS`.
    """
    away, timer = False, Timer()
    while not stopping():
        try:
            if idle := deliver_next() is None:
                timer.run_due()
            away = False
        except DATABASE_IS_AWAY as error:
            if not away:
                logger.warning("The database is away, mail waits: %s", error)
            away = idle = True
            connection.close()
        if idle:
            time.sleep(POLL_SECONDS)
