"""Rows into tables by the thousand: what is there already stays as it is and is not counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

ROOM = 64  # MiB


@contextmanager
def roomy() -> Iterator[None]:
    """Room for the index pages that an import comes back to all the time: a page's few MiB would be read over and over.

    SQLite only, and only until the end of the block.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()
        cursor.execute(f"PRAGMA cache_size = -{ROOM * 1024}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(usual[0])}")


def insert(
    model: type[models.Model], fields: Sequence[str], rows: Sequence[Sequence[Any]], *, same: Sequence[str]
) -> int:
    """Add these rows; those that stand under a unique key of ``same`` already are passed over. Returns how many came.

    Call it inside a transaction: outside of one every row would be written to the disk by itself. The ORM makes
    an object of every row and asks in parts of a hundred; a million lines would take minutes.
    """
    if not rows:
        return 0
    columns: list[Any] = [model._meta.get_field(name) for name in fields]
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in columns)
    unique: list[Any] = [model._meta.get_field(name) for name in same]
    key = ", ".join(quote(field.column) for field in unique)
    into = f"INSERT INTO {quote(model._meta.db_table)} ({names})"
    told = _told(columns, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            arrays = ", ".join(f"%s::{field.db_type(connection).split('(')[0]}[]" for field in map(_plain, columns))
            cursor.execute(
                f"{into} SELECT * FROM unnest({arrays}) ON CONFLICT ({key}) DO NOTHING",  # noqa: S608 - names of our own tables
                [list(column) for column in zip(*told, strict=True)],
            )
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{into} VALUES ({marks}) ON CONFLICT ({key}) DO NOTHING", told)
        return int(cursor.rowcount)


def _plain(field: Any) -> Any:
    return field.target_field if field.is_relation else field


def _told(columns: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Sequence[Sequence[Any]]:
    """The rows as the driver takes them. Only moments and people's numbers need telling; most tables have neither."""
    telling = {
        place: _plain(field)
        for place, field in enumerate(columns)
        if _plain(field).get_internal_type() in {"DateTimeField", "DateField", "UUIDField"}
    }
    if not telling:
        return rows
    told = [list(row) for row in rows]
    for place, field in telling.items():
        for row in told:
            row[place] = field.get_db_prep_save(row[place], connection)
    return told
