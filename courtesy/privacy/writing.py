"""Rows that are added or changed on the way of every mail: their statement is written once, as in `prepared.py`.

    message = add(Message(thread=thread, kind=Message.Kind.IN, …))
    _TAKE = Change(lambda: Arrival.objects.filter(pk=Given("id", Arrival._meta.pk), state="new"), state="taken in")
    taken = _TAKE(id=arrival.pk)

What lies in the database afterwards is what `save()` and `update()` of the same row would have written there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connections, models, router
from django.db.models import Field, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery
from django.db.transaction import mark_for_rollback_on_error

from courtesy.privacy.prepared import Statement

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class _Insert:
    """How a row of one model is added: the statement, each field with its place in it (sealed ones first: the index of
    a text is set when that is closed), and the name of the number the database gives."""

    text: str
    places: "tuple[tuple[int, Field[Any, Any]], ...]"
    numbered: str


_INSERTS: dict[tuple[type[models.Model], str], _Insert] = {}


def add(row: Row) -> Row:
    """Write a new row, as ``save(force_insert=True)`` would: sealed, with its blind indexes, and numbered.

    The rows it points to are written before it is made. Raises IntegrityError as saving does, and ValueError for a row
    that has a number already where the database gives it.
    """
    using = router.db_for_write(type(row), instance=row)
    connection = connections[using]
    insert = _INSERTS.get((type(row), connection.vendor)) or _insert_of(row, connection)
    if insert.numbered and row.pk is not None:
        raise ValueError(f"This {type(row).__name__} has a number already.")
    values: list[Any] = [None] * len(insert.places)
    for place, field in insert.places:
        values[place] = field.get_db_prep_save(field.pre_save(row, True), connection)
    with mark_for_rollback_on_error(using=using), connection.cursor() as cursor:
        cursor.execute(insert.text, values)
        if insert.numbered:
            setattr(row, insert.numbered, cursor.fetchone()[0])
    row._state.adding, row._state.db = False, using
    return row


def _insert_of(row: models.Model, connection: Any) -> _Insert:
    known = row._meta
    given = known.auto_field
    fields = tuple(field for field in known.local_concrete_fields if field is not given)
    if known.parents or not connection.features.can_return_columns_from_insert:
        raise NotImplementedError(f"{type(row).__name__} is saved by Django.")
    query = InsertQuery(type(row))
    query.insert_values(fields, [row])
    compiler = query.get_compiler(connection=connection)
    compiler.returning_fields = [given] if given else None
    ((text, _),) = compiler.as_sql()
    places = sorted(enumerate(fields), key=lambda one: not getattr(one[1], "is_sealed", False))
    insert = _INSERTS[type(row), connection.vendor] = _Insert(text, tuple(places), given.attname if given else "")
    return insert


class Change:
    """An ``update`` whose statement is kept; how many rows it changed comes back.

    ``make`` gives the rows, ``values`` are what they become; in both `Given` stands where a value is named later.
    """

    def __init__(self, make: "Callable[[], QuerySet[Any, Any]]", **values: Any) -> None:
        self._make, self._values = make, values
        self._kept: tuple[str, str, Statement] | None = None

    def __call__(self, **values: Any) -> int:
        """Ask for it; one statement. Raises NotGiven."""
        if self._kept is None or connections[self._kept[0]].vendor != self._kept[1]:
            rows = self._make()
            query: Any = rows.query.chain(UpdateQuery)
            query.add_update_values(self._values)
            using = router.db_for_write(rows.model)
            self._kept = (using, connections[using].vendor, Statement.of(query.get_compiler(using=using)))
        using, _, statement = self._kept
        connection = connections[using]
        with mark_for_rollback_on_error(using=using), connection.cursor() as cursor:
            cursor.execute(statement.text, statement.filled(values, connection))
            return int(cursor.rowcount)
