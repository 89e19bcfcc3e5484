"""The worker: `make run` keeps one, a server as many as it likes."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connection
from django.utils import timezone

from core.jobs import registry, runs
from core.jobs.worker import ThreadDied, Worker
from core.mail.models import OutgoingMail
from core.web.bounds.connections import CONNECTIONS


class Command(BaseCommand):
    help = (
        "Run the repeated jobs (mail, scheduled pages, deleting what is old) until SIGTERM or Ctrl-C, then finish what "
        "is in hand. With --once: run what is due, print a summary and end; for cron, each minute."
    )

    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Run what is due, once, and end.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            self.run_once()
        else:
            self.run_until_stopped()

    def run_until_stopped(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.stop)
        self.check(tags=[CONNECTIONS], databases=[DEFAULT_DB_ALIAS])
        connection.close()  # Each job has one of its own.
        try:
            Worker(registry.jobs()).run(lambda: self.stopping)
        except ThreadDied as error:
            raise CommandError(error) from error

    def stop(self, *args: Any) -> None:
        self.stopping = True

    def run_once(self) -> None:
        done = runs.run_once(registry.jobs())
        self.stdout.write(mail_summary([run.result for run in done if isinstance(run.result, OutgoingMail)]))
        self.stdout.write(f"Jobs: {', '.join(dict.fromkeys(run.job.name for run in done))}.")
        if failed := [f"{run.job.name}: {run.error}" for run in done if run.error]:
            raise CommandError("\n".join(["Failed:", *failed]))


def mail_summary(tried: list[OutgoingMail]) -> str:
    """ "Sent: 3. Failed: 0. Waiting: 1. Held back: 2 (14:05)." """
    states = [mail.status for mail in tried]
    sent, failed = states.count(OutgoingMail.Status.SENT), states.count(OutgoingMail.Status.FAILED)
    waiting, held = OutgoingMail.objects.waiting().count(), OutgoingMail.objects.held().count()
    told = f"Sent: {sent}. Failed: {failed}. Waiting: {waiting}." + (f" Held back: {held}." if held else "")
    return f"{told[:-1]} ({timezone.localtime():%H:%M})."
