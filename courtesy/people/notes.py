"""What colleagues note about a customer ("has a new puppy"). The customer can read it, and it is sealed like a name.

Exceptions: EmptyNote.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from courtesy.people.models import Note, Person
from courtesy.privacy import keys, ledger
from courtesy.privacy.prepared import Prepared, many, room_for
from courtesy.staff.models import Colleague

LONGEST = 1_000


class EmptyNote(ValueError):
    """A note without a word."""


def write(person: Person, *, words: str, by: Colleague, at: datetime) -> Note:
    """Keep a note with this customer, sealed with their key. Raises EmptyNote, and KeyGone for somebody erased."""
    words = words.strip()[:LONGEST]
    if not words:
        raise EmptyNote("A note needs a word.")
    with transaction.atomic():
        note = Note(pk=uuid4(), person=person, key_id=person.key_id, words=words, by=by, at=at)
        note.save(force_insert=True)
        ledger.append("note about a customer", about=person, by=by.pk, at=at)
    return note


def remove(note: Note, *, by: Colleague, at: datetime) -> None:
    """Take a note away for good; twice is once."""
    with transaction.atomic():
        if Note.objects.filter(pk=note.pk).delete()[0]:
            ledger.append("note taken away", about=note.person, by=by.pk, at=at)


def about(people: Iterable[UUID]) -> list[Note]:
    """The notes about these records, the newest first, with who wrote them; one query, and one for the keys."""
    ids = list(set(people))
    with keys.scope():
        found: list[Note] = _ABOUT(room_for(ids), ids=ids) if ids else []
        keys.warm(note.key_id for note in found)
        return [note for note in found if _opens(note)]


_ABOUT = Prepared(
    lambda room: (
        Note.objects.filter(person__pk__in=many("ids", Note.person, room)).select_related("by").order_by("-at", "-pk")
    )
)


def _opens(note: Note) -> bool:
    try:
        return bool(note.words)
    except keys.KeyGone:
        return False
