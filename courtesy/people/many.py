"""Meeting many people at once: an import brings thousands, and a query for each would take an hour."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction

from courtesy.people.models import Handle, NameToken, Person
from courtesy.people.names import NotAnAddress, NotAPhone, beginnings_of, same_address, same_phone
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_indexes

LONGEST_NAME = 200
AT_ONCE = 500  # people a query; some databases take a thousand values at most
VALUE = "people.handle.value"

Found = dict[tuple[str, bytes], Person]


@dataclass(frozen=True)
class Introduction:
    """Somebody as a file names them: by an address, or by a store's own number ("<store>/<number>"), or both.

    ``seen_at`` is when they last wrote or bought, as far as the file says.
    """

    address: str = ""
    name: str = ""
    phone: str = ""
    number: str = ""
    seen_at: datetime | None = None

    @property
    def key(self) -> str:
        """Under what `Introduced.people` has them: the address as it was given, or the number where there is none."""
        return self.address or self.number


@dataclass(frozen=True)
class Introduced:
    """Who they are, by `Introduction.key`, and which of them nobody knew before."""

    people: dict[str, Person]
    new: frozenset[UUID] = frozenset()


@dataclass
class _Handles:
    """One introduction, folded and keyed: what it is looked up by. ``wanted`` holds kind, value and index."""

    row: Introduction
    wanted: list[tuple[str, str, bytes]] = field(default_factory=list)

    def known(self, found: Found) -> Person | None:
        """The first of its handles that somebody has; a phone does not say who it is."""
        people = (found.get((kind, index)) for kind, _, index in self.wanted if kind != Handle.OfKind.PHONE)
        return next((person for person in people if person is not None), None)


def introduce(rows: Iterable[Introduction], *, at: datetime) -> Introduced:
    """Who these are; somebody new where nobody is yet. Twice is once, and two at once give the same people.

    Whoever has neither an address nor a number that can be read is left out. A name is taken where none is known,
    a phone is added; two people with the same phone stay two. Where address and number belong to two people, the
    address decides.
    """
    people: dict[str, Person] = {}
    new: set[UUID] = set()
    waiting = list(rows)
    with keys.scope():
        for start in range(0, len(waiting), AT_ONCE):
            introduced = _meet(_keyed(waiting[start : start + AT_ONCE]), at=at)
            people |= introduced.people
            new |= introduced.new
    return Introduced(people, frozenset(new))


def meet_many(rows: Iterable[Introduction], *, at: datetime) -> dict[str, Person]:
    """`introduce`, for whoever does not ask who was new: address (or number) as it was given → person."""
    return introduce(rows, at=at).people


def seen(last: Mapping[UUID, datetime]) -> None:
    """Note when each of these last wrote or bought; a later moment that is known already stays."""
    table, column = Person._meta.db_table, Person._meta.pk
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET last_seen_at = %s WHERE id = %s AND (last_seen_at IS NULL OR last_seen_at < %s)",  # noqa: S608 - our own table's name
            [
                (_moment(moment), column.get_db_prep_value(person_id, connection), _moment(moment))
                for person_id, moment in sorted(last.items())
            ],
        )


def _moment(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


def _keyed(rows: list[Introduction]) -> list[_Handles]:
    """The rows that name somebody, with their handles folded; the house's key is fetched once for all."""
    folded = []
    for row in rows:
        handles = _folded(row)
        if any(kind != Handle.OfKind.PHONE for kind, _ in handles):
            folded.append((row, handles))
    indexes = iter(blind_indexes([value for _, handles in folded for _, value in handles], VALUE))
    return [_Handles(row, [(kind, value, next(indexes)) for kind, value in handles]) for row, handles in folded]


def _folded(row: Introduction) -> list[tuple[str, str]]:
    handles: list[tuple[str, str]] = []
    if row.address:
        with suppress(NotAnAddress):
            handles.append((Handle.OfKind.EMAIL, same_address(row.address)))
    if row.number:
        handles.append((Handle.OfKind.NUMBER, row.number))
    if row.phone:
        with suppress(NotAPhone):
            handles.append((Handle.OfKind.PHONE, same_phone(row.phone)))
    return handles


def _meet(rows: list[_Handles], *, at: datetime) -> Introduced:
    for _ in range(3):
        try:
            with transaction.atomic():
                return _once(rows, at=at)
        except IntegrityError:
            continue  # somebody met one of them in the same moment; now they are known
    with transaction.atomic():
        return _once(rows, at=at)


def _once(rows: list[_Handles], *, at: datetime) -> Introduced:
    found = _who_has({index for row in rows for _, _, index in row.wanted})
    there = set(found)
    keys.warm(person.key_id for person in found.values())
    strangers = _apart(rows, found)
    made = _made(strangers, at=at)
    for row, person in made:
        found |= {(kind, index): person for kind, _, index in row.wanted if kind != Handle.OfKind.PHONE}
    people: dict[str, Person] = {}
    wanted: list[tuple[Person, str, str, bytes]] = []
    named: dict[UUID, str] = {}
    last: dict[UUID, datetime] = {}
    for row in rows:
        person = cast(Person, row.known(found))  # whoever was a stranger was just made
        people[row.row.key] = person
        for kind, value, index in row.wanted:
            handle = (kind, index)
            if kind == Handle.OfKind.PHONE or (found.setdefault(handle, person) is person and handle not in there):
                wanted.append((person, kind, value, index))
        name = _tidy(row.row.name)
        if name and _is_unnamed(person):
            person.name = name
            named[person.pk] = name
        if row.row.seen_at is not None:
            last[person.pk] = max(row.row.seen_at, last.get(person.pk, row.row.seen_at))
    _find_by(wanted, made=[person for _, person in made])
    _call(people, named, new={person.pk for _, person in made})
    if last:
        seen(last)
    return Introduced(people, frozenset(person.pk for _, person in made))


def _tidy(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME]


def _is_unnamed(person: Person) -> bool:
    try:
        return not person.name
    except keys.KeyGone:
        return False


def _who_has(indexes: set[bytes]) -> Found:
    handles = Handle.objects.filter(value_index__in=indexes).exclude(kind=Handle.OfKind.PHONE)
    found: Found = {}
    for handle in handles.select_related("person").defer("value"):
        found[(handle.kind, bytes(handle.value_index))] = handle.person
    # One person may be found by two handles: one object for both, or one would not see the other's new name.
    same = {person.pk: person for person in found.values()}
    return {handle: same[person.pk] for handle, person in found.items()}


def _apart(rows: list[_Handles], found: Found) -> list[_Handles]:
    """One row for each that nobody knows; a second row of the same stranger is the same stranger."""
    strangers: list[_Handles] = []
    taken: set[tuple[str, bytes]] = set()
    for row in rows:
        theirs = {(kind, index) for kind, _, index in row.wanted if kind != Handle.OfKind.PHONE}
        if row.known(found) is None and not theirs & taken:
            strangers.append(row)
            taken |= theirs
        elif row.known(found) is None:
            # The same person under one of two handles: what the second adds is added with the others.
            taken |= theirs
    return strangers


def _made(strangers: list[_Handles], *, at: datetime) -> list[tuple[_Handles, Person]]:
    if not strangers:
        return []
    ids = [uuid4() for _ in strangers]
    key_ids = keys.new_all([(number, number) for number in ids], at=at)
    people = [
        Person(
            pk=number,
            key_id=key_ids[number],
            name=_tidy(row.row.name),
            created_at=at,
            last_seen_at=row.row.seen_at,
        )
        for number, row in zip(ids, strangers, strict=True)
    ]
    Person.objects.bulk_create(people, batch_size=100)
    return list(zip(strangers, people, strict=True))


def _find_by(wanted: list[tuple[Person, str, str, bytes]], *, made: list[Person]) -> None:
    """New handles. Those of somebody new cannot stand yet; of somebody known a phone may."""
    new = {person.pk for person in made}
    known = {person.pk for person, kind, _, _ in wanted if kind == Handle.OfKind.PHONE and person.pk not in new}
    there = {
        (person_id, kind, bytes(index))
        for person_id, kind, index in Handle.objects.filter(
            person__in=known, value_index__in={index for _, _, _, index in wanted}
        ).values_list("person_id", "kind", "value_index")
    }
    value = Handle._meta.get_field("value")
    rows = []
    keys.warm(person.key_id for person, *_ in wanted)
    for person, kind, text, index in wanted:
        if (person.pk, kind, index) in there:
            continue
        there.add((person.pk, kind, index))
        row = Handle(pk=uuid4(), person=person, kind=kind, value=text, key_id=person.key_id)
        value.write_index(row)
        rows.append(row)
    Handle.objects.bulk_create(rows, batch_size=100)


def _call(people: Mapping[str, Person], named: Mapping[UUID, str], *, new: set[UUID]) -> None:
    """Write the names of those who had none, and the beginnings by which all of these are found."""
    met = {person.pk: person for person in people.values()}
    for person_id in named:
        met[person_id].save(update_fields=["name"])
    called = [(person, person.name) for person in met.values() if person.pk in new or person.pk in named]
    pairs = [(person, beginning) for person, name in called for beginning in sorted(beginnings_of(name))]
    tokens = blind_indexes([beginning for _, beginning in pairs], "people.nametoken")
    rows = [NameToken(person=person, token=token[:16]) for (person, _), token in zip(pairs, tokens, strict=True)]
    NameToken.objects.bulk_create(rows, batch_size=300, ignore_conflicts=True)
