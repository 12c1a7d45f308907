"""An import of letters is undone: what it brought goes, with the keys that opened it; what came otherwise stays.

A handful a transaction, so that one that was killed half-way is simply begun again. People who only came by it go too;
whoever wrote since, bought something or is known otherwise stays, and so does every word written here meanwhile.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.db.models.fields.reverse_related import ForeignObjectRel
from django.utils import timezone

from courtesy.consent import actions as consent
from courtesy.conversations import threading
from courtesy.conversations.models import Bringing, Message, Thread
from courtesy.jobs.actions import changed
from courtesy.jobs.moments import moment
from courtesy.people.models import Person
from courtesy.post.models import Arrival
from courtesy.privacy import keys, ledger
from courtesy.staff.models import Colleague

State = Bringing.State
AT_ONCE = 200
LEASE = timedelta(minutes=2)

_STAY_WITH_THE_PERSON = frozenset({"handles", "name_tokens", "permission_entries"})
"""What is about a person and about nothing they did: alone it keeps nobody here."""


class NothingToUndo(LookupError):
    """There is no such import, or it was undone before."""


@dataclass(frozen=True)
class TakenOut:
    """How many letters, threads and people went."""

    letters: int = 0
    threads: int = 0
    people: int = 0


def undo(
    bringing_id: UUID, *, by: Colleague | None, at: datetime, progress: Callable[[TakenOut], None] | None = None
) -> TakenOut:
    """Take out what an import brought. Raises NothingToUndo."""
    bringing = ask(bringing_id, by=by, at=at)
    gone = TakenOut()
    while True:
        with keys.scope():
            letters, threads = _some_letters(bringing)
        if not letters:
            break
        gone = TakenOut(gone.letters + letters, gone.threads + threads)
        Bringing.objects.filter(pk=bringing.pk).update(claimed_until=timezone.now() + LEASE)
        changed("bringing", str(bringing.pk))
        if progress is not None:
            progress(gone)
    people = 0
    while some := _some_people(bringing, at=at):
        people += some
    with transaction.atomic():
        left = Bringing.objects.filter(pk=bringing.pk, undone_at=None)
        if left.update(state=State.UNDONE, undone_at=at, claimed_until=None, sample=""):
            ledger.append("letters taken out", by=by.pk if by else None, at=at, letters=gone.letters, people=people)
        changed("bringing", str(bringing.pk))
        changed("inbox")
    return TakenOut(gone.letters, gone.threads, people)


def ask(bringing_id: UUID, *, by: Colleague | None, at: datetime) -> Bringing:
    """From now on it is being undone, whoever does it; one that is still running stops. Raises NothingToUndo."""
    with transaction.atomic():
        bringing = Bringing.objects.select_for_update().filter(pk=bringing_id, undone_at=None).first()
        if bringing is None:
            raise NothingToUndo
        if bringing.state != State.UNDOING:
            bringing.state, bringing.undone_by = State.UNDOING, by
            Bringing.objects.filter(pk=bringing.pk).update(state=State.UNDOING, undone_by=by, claimed_until=None)
            changed("bringing", str(bringing.pk))
    return bringing


def _some_letters(bringing: Bringing) -> tuple[int, int]:
    """A handful of its letters, raw and read, and the threads that are empty then; how many of each."""
    with transaction.atomic():
        threading.one_at_a_time()
        arrivals = list(Arrival.objects.filter(bringing_id=bringing.pk).values_list("pk", "key_id")[:AT_ONCE])
        messages = Message.objects.filter(arrival_id__in=[number for number, _key in arrivals])
        rows = list(messages.values_list("pk", "thread_id"))
        Message.objects.filter(pk__in=[number for number, _thread in rows]).delete()
        Arrival.objects.filter(pk__in=[number for number, _key in arrivals]).delete()
        moment("take out: letters gone")
        threads = _empty_threads({thread_id for _number, thread_id in rows})
    _destroy_keys({key_id for _number, key_id in arrivals}, at=timezone.now())
    moment("take out: keys gone")
    return len(arrivals), threads


def _empty_threads(thread_ids: Collection[int]) -> int:
    """Remove those of the threads in which nothing is left, and what had become part of them; how many.

    The others are as old as the last that is left in them.
    """
    left = Message.objects.filter(thread__in=thread_ids).values("thread").annotate(last=Max("at"))
    still = {row["thread"]: row["last"] for row in left}
    for thread in Thread.objects.filter(pk__in=still):
        if thread.last_message_at > still[thread.pk]:
            Thread.objects.filter(pk=thread.pk).update(last_message_at=still[thread.pk])
    dead = set(thread_ids) - still.keys()
    parts = dead
    while parts := set(Thread.objects.filter(merged_into__in=parts).values_list("pk", flat=True)) - dead:
        dead |= parts
    Thread.objects.filter(pk__in=dead).update(merged_into=None)
    Thread.objects.filter(pk__in=dead).delete()
    return len(dead)


def _destroy_keys(key_ids: Collection[UUID], *, at: datetime) -> None:
    """The keys that only this opened; one that is a person's own is theirs."""
    used = set(Person.objects.filter(key_id__in=key_ids).values_list("key_id", flat=True))
    used |= set(Arrival.objects.filter(key_id__in=key_ids).values_list("key_id", flat=True))
    keys.destroy_these(set(key_ids) - used, at=at)


def _some_people(bringing: Bringing, *, at: datetime) -> int:
    """Some of those who only came by it and of whom nothing else is known; how many went."""
    came = Person.objects.filter(created_at=bringing.at)
    for relation in Person._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and relation.get_accessor_name() not in _STAY_WITH_THE_PERSON:
            related = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            came = came.exclude(Exists(related))
    people = list(came.only("pk")[:AT_ONCE])
    if not people:
        return 0
    numbers = [person.pk for person in people]
    with transaction.atomic():
        consent.forget_people(people=people)
        Person.objects.filter(pk__in=numbers).delete()
        moment("take out: people gone")
    for number in numbers:
        keys.destroy(number, at=at)
    return len(numbers)
