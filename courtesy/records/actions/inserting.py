"""Rows into tables by the thousand: what is there already stays as it is and is not counted."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

# Until the end of an import: room for the index pages that it comes back to all the time (64 MiB), and its log is
# carried into the database every 32 MiB, since each batch touches the same pages again.
ROOMY = {"cache_size": -64 * 1024, "wal_autocheckpoint": 8000}


@contextmanager
def roomy() -> Iterator[None]:
    """SQLite's own settings for one long writer, until the end of the block; nothing on PostgreSQL."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = {name: int(cursor.execute(f"PRAGMA {name}").fetchone()[0]) for name in ROOMY}
        for name, value in ROOMY.items():
            cursor.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in usual.items():
                cursor.execute(f"PRAGMA {name} = {value}")


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
