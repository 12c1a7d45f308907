"""Which customer somebody may look at: any who is not erased; who may change something, the view's rule says."""

from uuid import UUID

from django.http import Http404

from courtesy.people.models import Note, Person


def person_of(person_id: UUID) -> Person:
    """The customer's record."""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise Http404
    return person


def note_of(person: Person, note_id: UUID) -> Note:
    """A note about this customer."""
    note = Note.objects.filter(pk=note_id, person=person).first()
    if note is None:
        raise Http404
    return note
