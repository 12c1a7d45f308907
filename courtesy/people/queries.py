"""What can be found out about people."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
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


@dataclass(frozen=True)
class Customer:
    """A customer: all their records, the one asked for first; and others with a phone of theirs, perhaps the same."""

    person: Person
    records: list[Record]
    alike: list[Record]

    @property
    def ids(self) -> list[UUID]:
        """The numbers of all their records."""
        return [one.person_id for one in self.records]


def customer(person_id: UUID, *, known: Person | None = None) -> Customer | None:
    """The customer this record belongs to; None where there is none. ``known`` is the record, where it is at hand.

    One query and one for the keys, a second where others have their phone. Whoever a colleague said is somebody else
    is not among those.
    """
    handles: list[Handle] = _HANDLES(person=person_id)
    found = {handle.person_id: handle.person for handle in handles}
    # Somebody without any handle is looked for by their number.
    person = found.get(person_id) or known or Person.objects.filter(pk=person_id).first()
    if person is None:
        return None
    found[person_id] = person
    ours = {pk for pk, one in found.items() if one.lead == person.lead}
    others = found.keys() - ours
    others -= _said_different(ours, others)
    records = _records(found.values(), handles)
    return Customer(
        person=person,
        records=[records[person_id], *(records[pk] for pk in sorted(ours - {person_id}))],
        alike=sorted((records[pk] for pk in others), key=lambda record: (record.since, record.person_id)),
    )


def _handles() -> QuerySet[Handle]:
    """Those of all records that are this customer, and of others with a phone of theirs."""
    lead = Person.objects.filter(pk=Given("person", Person._meta.pk)).values(leading=Coalesce("same_as", "pk"))
    theirs = Q(person__in=lead) | Q(person__in=Person.objects.filter(same_as__in=lead).values("pk"))
    phones = Handle.objects.filter(theirs, kind=Handle.OfKind.PHONE)
    wanted = Handle.objects.filter(theirs | Q(value_index__in=phones.values("value_index"), kind=Handle.OfKind.PHONE))
    return wanted.select_related("person")


def may_be_same(person: Person, others: Iterable[UUID]) -> list[Record]:
    """Those of the others of whom no colleague said that they are somebody else, as records."""
    wanted = set(others) - set(everyone(person))
    wanted -= _said_different({person.pk}, wanted)
    handles = list(Handle.objects.filter(person__in=wanted).select_related("person"))
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
            if handle.kind == Handle.OfKind.NUMBER:
                continue
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


_NAMED, _HANDLES = Prepared(_named), Prepared(_handles)
_PEOPLE = Prepared(lambda room: Person.objects.filter(pk__in=many("ids", Person._meta.pk, room)))
_ADDRESS = Prepared(
    lambda: Handle.objects.filter(person=Given("person", Handle.person), kind=Handle.OfKind.EMAIL).order_by("pk")[:1]
)
