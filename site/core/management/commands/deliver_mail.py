"""The mail worker: `make run` keeps one, a server as many as it likes."""

import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from core.jobs import worker
from core.mail import delivery, outbox
from core.mail.models import OutgoingMail


class Command(BaseCommand):
    help = "Send the mails that are due; with --forever go on until SIGTERM, and then end after the mail in hand."

    stopping = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="Go on until SIGTERM or Ctrl-C.")

    def handle(self, *args: Any, forever: bool, **options: Any) -> None:
        if forever:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, self.stop)
            worker.deliver_forever(lambda: self.stopping)
        else:
            self.deliver_what_is_due()

    def stop(self, *args: Any) -> None:
        self.stopping = True

    def deliver_what_is_due(self) -> None:
        """For a server that would rather call it from cron."""
        tried, started = [], timezone.now()
        outbox.release_below_caps(started)
        while mail := delivery.deliver_next(due_by=started):
            tried.append(mail.status)
        sent, failed = tried.count(OutgoingMail.Status.SENT), tried.count(OutgoingMail.Status.FAILED)
        waiting, held = OutgoingMail.objects.waiting().count(), OutgoingMail.objects.held().count()
        told = f"Sent: {sent}. Failed: {failed}. Waiting: {waiting}." + (f" Held back: {held}." if held else "")
        self.stdout.write(f"{told[:-1]} ({timezone.localtime():%H:%M}).")
