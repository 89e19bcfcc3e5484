"""python -m bench.queries PATH…: how many queries each page costs, as JSON: [anew after a change, with parts kept].

In a process of its own, as it sets up Django with the settings and the VAR_DIR of its environment.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from core.web.page_cache.memory import VERSION

    counted = {}
    for number, path in enumerate(sys.argv[1:]):
        version: dict[str, Any] = {VERSION: number}
        visitor = Client(headers={"host": "127.0.0.1"}, **version)
        found = []
        for _time in range(2):
            with CaptureQueriesContext(connection) as captured:
                assert visitor.get(path).status_code == 200, path
            found.append(len(captured))
        counted[path] = found
    sys.stdout.write(json.dumps(counted))


if __name__ == "__main__":
    main()
