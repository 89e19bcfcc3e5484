"""A job that writes down who ran it and when, in a table that the test makes."""

import os
import time
from datetime import datetime, timedelta

from django.apps import AppConfig
from django.db import connection

from core.jobs import registry

TABLE = "CREATE TABLE probe (pid int, began timestamptz, ended timestamptz)"
EVERY = timedelta(seconds=1)


def probe(now: datetime) -> None:
    """A row that says so at both ends; without the second one the run was cut."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO probe VALUES (%s, clock_timestamp())", [os.getpid()])
        time.sleep(0.2)
        cursor.execute("UPDATE probe SET ended = clock_timestamp() WHERE ended IS NULL")


class Probe(AppConfig):
    name = "tests.core.jobs"
    label = "probe"

    def ready(self) -> None:
        registry.job("Probe", every=EVERY)(probe)
