"""The worker: sends mail, and does what is due by the clock while no mail waits."""

import logging
import time
from collections.abc import Callable

from django.db import connection

from core.jobs.registry import Housekeeper
from core.mail.delivery import DATABASE_IS_AWAY, deliver_next

logger = logging.getLogger(__name__)

POLL_SECONDS = 0.5


def deliver_forever(stopping: Callable[[], bool]) -> None:
    """Send what is due until asked to stop, and then end after the mail in hand. Outlives the database's absence.

    What is due by the clock (registry.py) is done while no mail waits.
    """
    away, house = False, Housekeeper()
    while not stopping():
        try:
            if idle := deliver_next() is None:
                house.keep()
            away = False
        except DATABASE_IS_AWAY as error:
            if not away:
                logger.warning("The database is away, mail waits: %s", error)
            away = idle = True
            connection.close()
        if idle:
            time.sleep(POLL_SECONDS)
