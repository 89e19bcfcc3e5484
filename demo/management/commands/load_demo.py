from typing import Any

from django.core.management.base import BaseCommand

from demo.loader import load
from demo.logins import save_logins


class Command(BaseCommand):
    help = "Loads the demo content, once: what is there already, or was changed by an editor, is left alone."

    def handle(self, *args: Any, **options: Any) -> None:
        load(say=lambda text: self.stdout.write(text))
        save_logins()
