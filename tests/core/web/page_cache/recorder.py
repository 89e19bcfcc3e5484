"""Which tables a request reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLE = re.compile(r'\b(?:FROM|JOIN|INTO|UPDATE) "(\w+)"')


@contextmanager
def tables_in_use() -> Iterator[set[str]]:
    """The set of the tables that statements name, in whatever part of them; complete at the end."""
    found: set[str] = set()

    def record(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        found.update(TABLE.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(record):
        yield found
