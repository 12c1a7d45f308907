"""What is no mail as tables: one CSV file each, with a first line that names the columns.

A cell that begins as a formula would be carried out by a spreadsheet that opens it, and customers write what they
like: such a cell gets an apostrophe before it.
"""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from courtesy.config.leaving import bought
from courtesy.consent.models import Entry
from courtesy.conversations.models import Event, Message, Promise, Tagging, Thread
from courtesy.desk.lifecycle.models import Decision
from courtesy.people.models import Handle, Note, Person
from courtesy.privacy import keys
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealing import SealBroken
from courtesy.staff.models import Colleague

AT_ONCE = 500
ERASED = "(erased)"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
AnyRow = TypeVar("AnyRow", bound=Model)


def write_tables(folder: Path) -> dict[str, int]:
    """Write all of them; how many lines each has."""
    return {name: _write(folder / f"{name}.csv", columns, rows) for name, columns, rows in _tables()}


def _write(file: Path, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    written = 0
    with file.open("w", newline="", encoding="utf-8") as out:
        lines = csv.writer(out)
        lines.writerow(columns)
        for row in rows:
            lines.writerow([_cell(value) for value in row])
            written += 1
    return written


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, int | Decimal):
        return str(value)  # what is below nothing is a number all the same
    said = str(value).replace("\0", "")
    return f"'{said}" if said.startswith(FORMULA) else said


def _tables() -> Iterator[tuple[str, Sequence[str], Iterable[Sequence[Any]]]]:
    yield (
        "customers",
        ("customer", "name", "addresses", "phones", "numbers", "first_seen", "last_seen", "blocked_at", "same_as"),
        _customers(),
    )
    yield "customer_notes", ("customer", "words", "by", "at"), _notes()
    yield (
        "threads",
        ("thread", "customer", "subject", "state", "kept_apart", "given_to", "came_by", "created_at", "last_message_at",
         "merged_into"),
        _values(Thread, "pk", "person_id", "subject", "state", "apart", "assignee__called", "arrived_by", "created_at",
                "last_message_at", "merged_into_id"),
    )  # fmt: skip
    yield (
        "messages",
        ("message", "thread", "kind", "at", "customer", "colleague", "taken_back_at", "words"),
        _values(Message, "pk", "thread_id", "kind", "at", "person_id", "colleague__called", "taken_back_at", "body"),
    )
    yield "tags", ("thread", "tag", "by", "at"), _values(Tagging, "thread_id", "tag__name", "by__called", "at")
    yield (
        "promises",
        ("promise", "thread", "message", "words", "due_on", "state", "made_by", "held_by", "made_at", "ended_at"),
        _values(Promise, "pk", "thread_id", "message_id", "words", "due_on", "state", "made_by__called",
                "holder__called", "made_at", "ended_at"),
    )  # fmt: skip
    yield (
        "decisions",
        ("decision", "thread", "message", "verb", "by", "at", "taken_back_at", "why"),
        _values(Decision, "pk", "thread_id", "message_id", "verb", "by__called", "at", "taken_back_at", "why"),
    )
    yield (
        "events",
        ("event", "thread", "what", "by", "at", "message"),
        _values(Event, "pk", "thread_id", "kind", "by__called", "at", "message_id"),
    )
    yield (
        "permissions",
        ("customer", "purpose", "answer", "where", "words_shown", "written_down_by", "at"),
        _values(Entry, "person_id", "purpose", "answer", "where", "words", "by", "at"),
    )
    for name, model, columns in bought.tables():
        yield name, [heading for heading, _ in columns], _values(model, *(field for _, field in columns))
    yield (
        "colleagues",
        ("colleague", "name", "signs_in_as", "role", "address", "joined_at", "left_at", "signature"),
        _colleagues(),
    )


def _values(model: type[Model], *fields: str) -> Iterator[Sequence[Any]]:
    rows: QuerySet[Any] = model._base_manager.order_by("pk")
    return rows.values_list(*fields).iterator(chunk_size=AT_ONCE)


def _some(model: type[AnyRow]) -> Iterator[list[AnyRow]]:
    """Rows with sealed fields, some at once, their keys at hand."""
    numbered = enumerate(model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE))
    for _number, rows in groupby(numbered, key=lambda one: one[0] // AT_ONCE):
        some = [row for _, row in rows]
        with keys.scope():
            keys.warm(getattr(row, "key_id") for row in some)  # noqa: B009 (not every model has one)
            yield some


def _customers() -> Iterator[Sequence[Any]]:
    for people in _some(Person):
        handles: dict[tuple[Any, str], list[str]] = {}
        for handle in Handle.objects.filter(person__in=people).order_by("pk"):
            value = _read(lambda handle=handle: handle.value)  # type: ignore[misc]
            handles.setdefault((handle.person_id, handle.kind), []).append(value)
        for person in people:
            name = _read(lambda person=person: person.name)  # type: ignore[misc]
            known = [" ".join(handles.get((person.pk, kind), [])) for kind in ("email", "phone", "number")]
            seen = (person.created_at, person.last_seen_at, person.blocked_at)
            yield person.pk, name, *known, *seen, person.same_as_id


def _notes() -> Iterator[Sequence[Any]]:
    names = dict(Colleague.objects.values_list("pk", "called"))
    for notes in _some(Note):
        for note in notes:
            words = _read(lambda note=note: note.words)  # type: ignore[misc]
            yield note.person_id, words, names.get(note.by_id), note.at


def _colleagues() -> Iterator[Sequence[Any]]:
    for colleagues in _some(Colleague):
        for one in colleagues:
            address = "" if one.left_at else _read(lambda one=one: one.address)  # type: ignore[misc]
            yield one.pk, one.called, one.username, one.role, address, one.joined_at, one.left_at, one.signature


def _read(sealed: Callable[[], str]) -> str:
    try:
        return sealed()
    except (KeyGone, SealBroken):
        return ERASED
