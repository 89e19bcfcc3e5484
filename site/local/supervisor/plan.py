"""What the supervisor runs, and where."""

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.web.bounds.numbers import web_command

PROJECT_DIR = Path(__file__).resolve().parents[3]
HOST = "127.0.0.1"  # The demo's passwords are public: it listens to this machine only.
# What the tables, static files and demo content are made from.
SOURCES = ("site", "home", "experiences", "search", "demo", "locale", "static", "requirements.txt")


class CannotRun(Exception):
    """The site cannot start; the message says why, and what to do."""


@dataclass(frozen=True)
class Plan:
    """The programs of a run, their environment and folders. Tests run small programs by it."""

    var: Path
    port: int
    prepare: Sequence[str]
    web: Sequence[str]
    worker: Sequence[str]
    environment: Mapping[str, str]
    sources: Sequence[Path]
    embedded: bool = True
    stop_timeout: float = 15  # Seconds that children may take to end before they are killed.

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}/"


def site_plan(port: int) -> Plan:
    """The plan of the real site, from the environment."""
    var = Path(os.environ.get("VAR_DIR") or PROJECT_DIR / "var").resolve()
    url = f"http://{HOST}:{port}"
    manage = [sys.executable, str(PROJECT_DIR / "manage.py")]
    return Plan(
        var=var,
        port=port,
        prepare=[*manage, "prepare"],
        web=web_command(HOST, port, processes=1),
        worker=[*manage, "work"],
        environment={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(PROJECT_DIR / "site"), *filter(None, [os.environ.get("PYTHONPATH")])]),
            "VAR_DIR": str(var),
            "BASE_URL": os.environ.get("BASE_URL", url),
        },
        sources=[PROJECT_DIR / name for name in SOURCES],
        embedded=not os.environ.get("DATABASE_URL"),
    )
