"""The web server of production: granian, with the numbers of core/web/bounds/numbers.py."""

import logging
import os
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from core.web.bounds.connections import CONNECTIONS
from core.web.bounds.numbers import web_command

logger = logging.getLogger(__name__)

NO_PROXY = (
    "TRUSTED_PROXY_COUNT is 0: no proxy is in front. granian alone cannot protect itself from clients that keep "
    "connections open, or read large files slowly: a few hundred of them stop the site. Put nginx in front "
    "(deploy/nginx.conf), and set TRUSTED_PROXY_COUNT=1."
)


class Command(BaseCommand):
    help = "Serve the site until SIGTERM or Ctrl-C. Does not start where PostgreSQL gives too few connections."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="The address to listen on (127.0.0.1).")
        parser.add_argument("--port", type=int, default=8000, help="The port to listen on (8000).")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        self.check(tags=[CONNECTIONS], databases=[DEFAULT_DB_ALIAS])
        if not settings.TRUSTED_PROXY_COUNT:
            logger.warning(NO_PROXY)
        connections.close_all()
        become(web_command(host, port))


def become(command: list[str]) -> None:
    """Replace this process by the command. Its workers find config.wsgi by PYTHONPATH."""
    paths = [str(Path(settings.PROJECT_DIR) / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]
    sys.stdout.flush()
    os.execve(command[0], command, {**os.environ, "PYTHONPATH": os.pathsep.join(paths)})  # noqa: S606 (no shell)
