"""Copies a group of rows that refer to each other, such as a page in all languages with all that belongs to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import AutoField, Model

from demo.seeding.rows import Row, key_of, new_keys, references, root, write

# A row is known by its model (`root`) and its primary key.
Key = tuple[type[Model], Any]
# Changes a copied row in place: (model, row, the original's row). Returns whether it is to be written.
Change = Callable[[type[Model], Row, Row], bool]


class Original:
    """The rows that are copied together: (model, its rows)."""

    def __init__(self, tables: list[tuple[type[Model], list[Row]]]) -> None:
        self.tables = tables

    def rows(self, model: type[Model]) -> list[Row]:
        """Its rows of one table."""
        return next((rows for known, rows in self.tables if known is model), [])


class Copy:
    """One copy of an Original. `keys`: maps primary keys, (model, old) → new."""

    def __init__(self, original: Original, keys: dict[Key, Any], ids: Ids, earlier: timedelta) -> None:
        """`keys`: what is mapped besides the original's own rows. `earlier`: by which all its times are moved back."""
        self.original = original
        self.earlier = earlier
        self.keys = dict(keys)
        # (model, old primary key) → the original's row and the copy.
        self.made: dict[Key, tuple[Row, Row]] = {}
        for model, rows in original.tables:
            if isinstance(model._meta.pk, AutoField):
                for row in rows:
                    self.keys[model, row[key_of(model)]] = ids.take(model)

    def write_to(self, batch: Batch, change: Change) -> None:
        """Add the copied rows to a batch."""
        for model, rows in self.original.tables:
            for old in rows:
                new = self.row(model, old)
                if change(model, new, old):
                    self.made[model, old[key_of(model)]] = (old, new)
                    batch.add(model, new)

    def row(self, model: type[Model], old: Row) -> Row:
        """The row with new keys and earlier times."""
        refers = references(model)
        new: Row = {}
        for column, value in old.items():
            if value is not None and column in refers:
                value = self.keys.get((refers[column], value), value)
            elif isinstance(value, datetime):
                value -= self.earlier
            new[column] = value
        return new

    def key(self, model: type[Model], old: Any) -> Any:
        """The new primary key for an old one; the old one if that is of no row of the original."""
        return self.keys.get((root(model), old), old)


class Ids:
    """Primary keys, taken from the tables' sequences a thousand at a time."""

    AT_ONCE = 1000

    def __init__(self) -> None:
        self.left: dict[type[Model], list[int]] = defaultdict(list)

    def take(self, model: type[Model]) -> int:
        left = self.left[model]
        if not left:
            left.extend(reversed(new_keys(model, self.AT_ONCE)))
        return left.pop()


class Batch:
    """Rows to be written together."""

    def __init__(self) -> None:
        self.rows: dict[type[Model], list[Row]] = defaultdict(list)

    def add(self, model: type[Model], row: Row) -> None:
        self.rows[model].append(row)

    def write(self) -> None:
        for model, rows in self.rows.items():
            write(model, rows)
