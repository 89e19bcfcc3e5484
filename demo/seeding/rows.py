"""Rows of tables as the database stores them: column → value. Read by a queryset's conditions, written by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg import sql

Row = dict[str, Any]


@cache
def columns(model: type[Model]) -> tuple[str, ...]:
    """The columns of the model's own table."""
    return tuple(str(field.column) for field in model._meta.local_concrete_fields)


def key_of(model: type[Model]) -> str:
    """The column of the primary key."""
    key = model._meta.pk
    assert key
    return str(key.column)


@cache
def root(model: type[Model]) -> type[Model]:
    """The model whose table gives the primary key: Page for each type of page."""
    return (model._meta.get_parent_list() or [model])[-1]


@cache
def references(model: type[Model]) -> dict[str, type[Model]]:
    """Column → the model (`root`) whose primary keys it holds, for foreign keys and for the primary key itself."""
    found = {key_of(model): root(model)}
    for field in model._meta.local_concrete_fields:
        if field.many_to_one or field.one_to_one:
            found[str(field.column)] = root(field.related_model)
    return found


def stored(model: type[Model], **which: Any) -> list[Row]:
    """The rows that meet `which` (lookups), in the order of their keys."""
    chosen = model._base_manager.filter(**which).order_by("pk").values_list("pk", flat=True)
    names = sql.SQL(", ").join(map(sql.Identifier, columns(model)))
    query = sql.SQL("SELECT {} FROM {} WHERE {} = ANY(%s) ORDER BY {}").format(
        names, sql.Identifier(model._meta.db_table), sql.Identifier(key_of(model)), sql.Identifier(key_of(model))
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [list(chosen)])
        return [dict(zip(columns(model), values, strict=True)) for values in cursor.fetchall()]


def write(model: type[Model], rows: Iterable[Row]) -> None:
    """Insert rows. Foreign keys are checked at the end of the transaction, so that the order of tables is free."""
    names = columns(model)
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with connection.cursor() as cursor, cursor.cursor.copy(into) as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


def new_keys(model: type[Model], how_many: int) -> Sequence[int]:
    """So many unused primary keys, from the table's sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
            [model._meta.db_table, key_of(model), how_many],
        )
        return [number for (number,) in cursor.fetchall()]
