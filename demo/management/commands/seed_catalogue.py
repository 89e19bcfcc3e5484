from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.seeding.catalogue import NoDemo, seed
from demo.seeding.removal import remove


class Command(BaseCommand):
    help = (
        "Fills the demo with so many experiences in all languages, a third as many hosts, and so many enquiries, to "
        "see how the site grows. Repeat it with a larger number for more; --remove takes them away."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("how_many", type=int, nargs="?", default=0, help="How many experiences there are to be.")
        parser.add_argument("--remove", action="store_true", help="Delete all that this command has made.")

    def handle(self, *args: Any, how_many: int, remove: bool, **options: Any) -> None:
        if bool(how_many) == remove:
            raise CommandError("Say how many experiences there are to be, or --remove.")
        if remove:
            self.remove()
            return
        try:
            seed(how_many, self.stdout.write)
        except NoDemo as error:
            raise CommandError(str(error)) from error

    def remove(self) -> None:
        for done in remove():
            self.stdout.write(done)
