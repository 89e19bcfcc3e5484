#!/usr/bin/env python
"""Django's commands. Without a settings module they speak to the demo that `make run` serves."""

import os
import sys
from pathlib import Path


def main() -> None:
    # `site/` is a plain folder on sys.path: Python's own `site` module forbids a package of that name.
    sys.path.insert(1, str(Path(__file__).resolve().parent / "site"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
