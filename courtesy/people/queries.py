"""What can be found out about people."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from courtesy.people.models import Different, Handle, NameToken, Person
from courtesy.people.names import (
    LONGEST_BEGINNING,
    SHORTEST_BEGINNING,
    NotAnAddress,
    begins_like,
    same_address,
    words_of,
)
from courtesy.privacy import keys
from courtesy.privacy.prepared import Given, Prepared, many, room_for
from courtesy.privacy.sealing import blind_index, blind_indexes


@dataclass(frozen=True)
class Record:
    """One record of a customer as a page shows it: what they are called, where they write from, their phones."""

    person_id: UUID
    name: str
    addresses: list[str]
    phones: list[str]
    since: datetime


def everyone(person: Person) -> list[UUID]:
    """The numbers of all records that are this customer, the leading one first; one query."""
    ours = Person.objects.filter(Q(pk=person.lead) | Q(same_as=person.lead)).values_list("pk", flat=True)
    return sorted(ours, key=lambda pk: (pk != person.lead, pk))


def records_of(person: Person) -> tuple[list[Record], list[Record]]:
    """All records of this customer, the one asked for first; and others with a phone of theirs, who may be the same.

    Two queries, and one for the keys. Whoever a colleague said is somebody else is not among the others.
    """
    ours = set(everyone(person))
    phones = Handle.objects.filter(kind=Handle.OfKind.PHONE, person__in=ours)
    known = Handle.objects.filter(
        Q(person__in=ours) | Q(kind=Handle.OfKind.PHONE, value_index__in=phones.values("value_index"))
    )
    handles = list(known.exclude(kind=Handle.OfKind.NUMBER).select_related("person"))
    others = {handle.person_id for handle in handles} - ours
    others -= _said_different(ours, others)
    found = {handle.person_id: handle.person for handle in handles} | {person.pk: person}
    missing = ours - found.keys()
    if missing:
        found |= Person.objects.in_bulk(missing)
    records = _records(found.values(), handles)
    first = [records[person.pk], *(records[pk] for pk in sorted(ours - {person.pk}))]
    return first, sorted((records[pk] for pk in others), key=lambda record: (record.since, record.person_id))


def may_be_same(person: Person, others: Iterable[UUID]) -> list[Record]:
    """Those of the others of whom no colleague said that they are somebody else, as records."""
    wanted = set(others) - set(everyone(person))
    wanted -= _said_different({person.pk}, wanted)
    handles = list(Handle.objects.filter(person__in=wanted).exclude(kind=Handle.OfKind.NUMBER).select_related("person"))
    found = {handle.person_id: handle.person for handle in handles}
    found |= Person.objects.in_bulk(wanted - found.keys())
    records = _records(found.values(), handles)
    return sorted(records.values(), key=lambda record: (record.since, record.person_id))


def _said_different(ones: Collection[UUID], others: Collection[UUID]) -> set[UUID]:
    if not others:
        return set()
    pairs = Different.objects.filter(Q(one__in=ones, other__in=others) | Q(one__in=others, other__in=ones))
    return {pk for pair in pairs.values_list("one", "other") for pk in pair} & set(others)


def _records(people: Iterable[Person], handles: Iterable[Handle]) -> dict[UUID, Record]:
    people = list(people)
    found: dict[UUID, tuple[list[str], list[str]]] = {person.pk: ([], []) for person in people}
    with keys.scope():
        keys.warm(person.key_id for person in people)
        named = called(people)
        for handle in handles:
            addresses, phones = found.get(handle.person_id, ([], []))
            with suppress(keys.KeyGone):
                (phones if handle.kind == Handle.OfKind.PHONE else addresses).append(handle.value)
    return {
        person.pk: Record(
            person.pk, named[person.pk], sorted(found[person.pk][0]), sorted(found[person.pk][1]), person.created_at
        )
        for person in people
    }


def search(beginning: str, *, limit: int = 20) -> list[Person]:
    """People of whose name some words begin like this, who wrote last first; or whose whole address this is.

    Case and accents do not matter. A single letter finds nobody, as too many would answer.
    """
    if "@" in beginning:
        person = find(beginning)
        return [person] if person else []
    words = words_of(beginning)
    # "dora l" asks the table for "do…" only; the l is judged on the opened names. "王" alone is a whole word.
    typed = {word[:LONGEST_BEGINNING] for word in words if len(word) >= SHORTEST_BEGINNING} or set(words)
    if not typed:
        return []
    tokens = {f"token{n}": token[:16] for n, token in enumerate(blind_indexes(sorted(typed), "people.nametoken"))}
    with keys.scope():
        found = _NAMED(len(tokens), limit * 5, **tokens)
        keys.warm(person.key_id for person in found)
        return [person for person in found if begins_like(_opened(person), beginning)][:limit]


def find(address: str) -> Person | None:
    """The person who writes from this address, if we know them."""
    try:
        index = blind_index(same_address(address), "people.handle.value")
    except NotAnAddress:
        return None
    handle = Handle.objects.filter(kind=Handle.OfKind.EMAIL, value_index=index).select_related("person").first()
    return None if handle is None else handle.person


def address_of(person: Person) -> str:
    """The address we write to; empty where there is none. Raises KeyGone for somebody erased."""
    handle = _ADDRESS.first(person=person.pk)
    return "" if handle is None else handle.value


def names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What to call these people; one query for their keys, however many they are.

    Whoever gave no name is called by what stands before the @; whoever cannot be opened any more, "Somebody".
    """
    wanted = set(person_ids)
    return dict.fromkeys(wanted, _("Somebody")) | called(_PEOPLE(room_for(wanted), ids=list(wanted)) if wanted else ())


def called(known: Iterable[Person]) -> dict[UUID, str]:
    """What to call people whose rows are at hand, as `names` does; no query for them where all of them gave a name."""
    somebody = _("Somebody")
    found: dict[UUID, str] = {}
    with keys.scope():
        people = {person.pk: person for person in known}
        keys.warm(person.key_id for person in people.values())
        for person in people.values():
            found[person.pk] = _opened(person) or somebody
        unnamed = [number for number, name in found.items() if name == somebody]
        if unnamed:
            for handle in Handle.objects.filter(person__in=unnamed, kind=Handle.OfKind.EMAIL).order_by("-pk"):
                found[handle.person_id] = _before_the_at(handle) or somebody
    return found


def _opened(person: Person) -> str:
    try:
        return person.name
    except keys.KeyGone:
        return ""


def _before_the_at(handle: Handle) -> str:
    try:
        return handle.value.rpartition("@")[0]
    except keys.KeyGone:
        return ""


def _named(tokens: int, limit: int) -> QuerySet[Person]:
    people = Person.objects.order_by("-last_seen_at", "pk")
    for number in range(tokens):
        token = Given(f"token{number}", NameToken._meta.get_field("token"))
        people = people.filter(pk__in=NameToken.objects.filter(token=token).values("person"))
    return people[:limit]


_NAMED = Prepared(_named)
_PEOPLE = Prepared(lambda room: Person.objects.filter(pk__in=many("ids", Person._meta.pk, room)))
_ADDRESS = Prepared(
    lambda: Handle.objects.filter(person=Given("person", Handle.person), kind=Handle.OfKind.EMAIL).order_by("pk")[:1]
)
