"""In place of Wagtail's command of this name, which stops at the first page that is refused."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from core.jobs import schedule


class Command(BaseCommand):
    help = "Publish and end pages whose hour has come, as the worker does each minute (manage.py work)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            schedule.run_scheduled(timezone.now())
        except schedule.SomeFailed as error:
            raise CommandError(error) from error
