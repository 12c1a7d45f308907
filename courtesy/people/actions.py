"""What can happen to a person: we meet them, and learn their name."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from courtesy.people.many import Introduced, Introduction, introduce, meet_many, seen
from courtesy.people.models import Handle, NameToken, Person
from courtesy.people.names import NotAnAddress, beginnings_of, same_address
from courtesy.privacy import keys
from courtesy.privacy.prepared import Given, Prepared
from courtesy.privacy.sealing import blind_index, blind_indexes, is_blank
from courtesy.privacy.writing import Change, add

__all__ = ["Introduced", "Introduction", "NotAnAddress", "introduce", "meet", "meet_many", "rename", "seen"]

LONGEST_NAME = 200
_KNOWN = Prepared(
    lambda: Person.objects.filter(
        handles__kind=Handle.OfKind.EMAIL, handles__value_index=Given("index", Handle.value_index)
    )
)
_AT = Given("at", Person.last_seen_at)
_SEEN = Change(
    lambda: Person.objects.filter(
        Q(last_seen_at__isnull=True) | Q(last_seen_at__lt=_AT), pk=Given("id", Person._meta.pk)
    ),
    last_seen_at=_AT,
)


def meet(*, address: str, name: str = "", at: datetime, key_id: UUID | None = None) -> Person:
    """The person who writes from this address; somebody new where nobody does yet.

    ``key_id`` is the key of what they sent: they hold it from now on, and somebody new is sealed with it. Meeting
    the same address again, or twice at once, gives the same person. A name is taken where none is known yet.
    Raises NotAnAddress.
    """
    address = same_address(address)
    name = " ".join(name.split())[:LONGEST_NAME]
    index = blind_index(address, "people.handle.value")
    with transaction.atomic(savepoint=False):
        person = _known(index) or _new(address, index, name=name, at=at, key_id=key_id)
        if key_id is not None:
            keys.adopt(key_id, holder=person.pk)
        if person.last_seen_at is None or person.last_seen_at < at:
            _SEEN(id=person.pk, at=at)
            person.last_seen_at = at
        if name and is_blank(person, "name"):
            rename(person, name=name)
    return person


def rename(person: Person, *, name: str) -> None:
    """Give a person their name; it is found by its beginnings from now on, the old one no more."""
    with transaction.atomic():
        person.name = " ".join(name.split())[:LONGEST_NAME]
        person.save(update_fields=["name"])
        NameToken.objects.filter(person=person).delete()
        _find_by_name(person)


def _find_by_name(person: Person) -> None:
    tokens = blind_indexes(sorted(beginnings_of(person.name)), "people.nametoken")
    rows = [NameToken(person=person, token=token[:16]) for token in tokens]
    NameToken.objects.bulk_create(rows, ignore_conflicts=True)  # somebody may name them in the same moment


def _known(index: bytes) -> Person | None:
    known: Person | None = _KNOWN.first(index=index)
    return known


def _new(address: str, index: bytes, *, name: str, at: datetime, key_id: UUID | None) -> Person:
    person_id = uuid4()
    key_id = key_id or keys.new(holder=person_id, at=at)
    person = Person(pk=person_id, key_id=key_id, name=name, created_at=at, last_seen_at=at)
    try:
        with transaction.atomic():
            add(person)
            add(Handle(person=person, kind=Handle.OfKind.EMAIL, value=address, key_id=person.key_id))
            if name:
                _find_by_name(person)
    except IntegrityError:
        # Somebody else met them in the same moment; the database let one of the two through.
        other = _known(index)
        if other is None:
            raise
        return other
    return person
