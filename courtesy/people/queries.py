"""What can be found out about people."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from courtesy.people.models import Handle, NameToken, Person
from courtesy.people.names import (
    LONGEST_BEGINNING,
    SHORTEST_BEGINNING,
    NotAnAddress,
    begins_like,
    same_address,
    words_of,
)
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_index, blind_indexes


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
    people = Person.objects.all()
    for token in blind_indexes(sorted(typed), "people.nametoken"):
        people = people.filter(pk__in=NameToken.objects.filter(token=token[:16]).values("person"))
    with keys.scope():
        found = list(people.order_by("-last_seen_at", "pk")[: limit * 5])
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
    handle = Handle.objects.filter(person=person, kind=Handle.OfKind.EMAIL).order_by("pk").first()
    return "" if handle is None else handle.value


def names(person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """What to call these people; one query for their keys, however many they are.

    Whoever gave no name is called by what stands before the @; whoever cannot be opened any more, "Somebody".
    """
    wanted = set(person_ids)
    return dict.fromkeys(wanted, _("Somebody")) | called(Person.objects.filter(pk__in=wanted))


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
