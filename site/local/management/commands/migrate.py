"""Django's `migrate`, which refuses a database of another version in words instead of a traceback."""

import gc
from typing import Any

from django.core.management.commands import migrate

from local.migration_history import refuse_other_version


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_other_version(options["database"])
        # Each migration draws up all models anew; looking for garbage among them takes a quarter of the time.
        gc.disable()
        try:
            super().handle(*args, **options)
        finally:
            gc.enable()
