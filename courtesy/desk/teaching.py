"""Which of our answers may teach: be a source for others, by the permission *improve* of everybody in their thread.

Asked anew at every use, so an objection works at once; what was learned is cleared away soon after (`learning.py`).
No numbers are computed here: pages read this file too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.consent.purposes import Purpose
from courtesy.consent.queries import permission
from courtesy.conversations.models import Event, Message, Thread
from courtesy.people.models import Person
from courtesy.people.queries import called as name_called
from courtesy.people.queries import names as names_of
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Teaching:
    """An answer that may teach just now, and who it was said to (the record that leads, where several are one)."""

    message: Message
    to: UUID


@dataclass(frozen=True)
class Origin:
    """Where a sentence of an earlier answer comes from, for colleagues: in words, and in which thread."""

    words: str
    thread_id: int


def teachable(refusing: Collection[UUID] = ()) -> QuerySet[Message]:
    """Our answers that may teach as far as they themselves say, without those in whose threads one of these speaks.

    Not: what was taken back, written by a machine or kept apart, and threads in which a person was asked for.
    """
    answers = Message.objects.filter(kind=Message.Kind.OUT, automatic=False, taken_back_at=None, thread__apart="")
    said = Message.objects.filter(thread=OuterRef("thread"), kind=Message.Kind.IN)
    not_for_all = Q(person_only=True) | Q(person__in=refusing) if refusing else Q(person_only=True)
    again = Event.objects.filter(thread=OuterRef("thread"), kind=Event.Kind.LOOK_AGAIN)
    answers = answers.exclude(Exists(said.filter(not_for_all))).exclude(Exists(again))
    return answers.exclude(thread__person__in=refusing) if refusing else answers


def teaching(
    message_ids: Collection[int], *, at: datetime, apart_from: int | None = None, before: datetime | None = None
) -> dict[int, Teaching]:
    """Those of these answers that may teach at this moment; permission is asked for everybody in their threads.

    ``apart_from`` leaves a thread out, ``before`` everything that was answered from then on.
    """
    answers = teachable().filter(pk__in=message_ids).select_related("thread__person", "colleague")
    if apart_from is not None:
        answers = answers.exclude(thread=apart_from)
    if before is not None:
        answers = answers.filter(at__lt=before)
    found = list(answers)
    people: dict[int, dict[UUID, Person]] = {one.thread_id: {one.thread.person_id: one.thread.person} for one in found}
    said = Message.objects.filter(thread__in=people, kind=Message.Kind.IN, person__isnull=False)
    for one in said.select_related("person").only("thread_id", "person"):
        if one.person is not None:
            people[one.thread_id].setdefault(one.person.pk, one.person)
    asked: dict[UUID, bool] = {}
    for person in (person for those in people.values() for person in those.values()):
        if person.pk not in asked:
            asked[person.pk] = permission(person, Purpose.IMPROVE, at).allowed
    return {
        one.pk: Teaching(one, one.thread.person.lead)
        for one in found
        if all(asked[person_id] for person_id in people[one.thread_id])
    }


def origins(message_ids: Collection[int]) -> Mapping[int, Origin]:
    """Where these answers stand, for colleagues: "an earlier answer of Ada, March 2026"."""
    rows = Message.objects.filter(pk__in=message_ids).select_related("colleague") if message_ids else []
    return {one.pk: Origin(_words_of(one), one.thread_id) for one in rows}


def why_not(thread: Thread, *, at: datetime, alone: bool = False) -> str:
    """Why the answers in this thread teach nothing, in the words of the register; empty where everybody permits it.

    One question to the database where the caller knows that nobody but its person speaks in it (``alone``).
    """
    people: dict[UUID, Person] = {}
    if not alone:
        others = Message.objects.filter(thread=thread, kind=Message.Kind.IN).exclude(person=thread.person)
        people = {one.person.pk: one.person for one in others.select_related("person") if one.person is not None}
    for person in (thread.person, *people.values()):
        said = permission(person, Purpose.IMPROVE, at)
        if not said.allowed:
            first = name_called([person]).get(person.pk, "").split(maxsplit=1)
            return _("Not used for learning: %(who)s %(because)s") % {
                "who": first[0] if first else _("This customer"),
                "because": said.because,
            }
    return ""


def names_in(messages: Sequence[Message]) -> dict[int, frozenset[str]]:
    """The parts of names, in lower case, that an answer may hold: its customers', and everybody's of ours."""
    ours = frozenset(part for one in Colleague.objects.all() for part in one.called.lower().split())
    in_thread: dict[int, set[UUID]] = {one.thread_id: {one.thread.person_id} for one in messages}
    said = Message.objects.filter(thread__in=in_thread, person__isnull=False)
    for thread_id, person_id in said.values_list("thread_id", "person_id"):
        if person_id is not None:
            in_thread[thread_id].add(person_id)
    called = names_of({person_id for those in in_thread.values() for person_id in those})
    parts = {person_id: frozenset(_parts(name)) for person_id, name in called.items()}
    return {
        one.pk: ours.union(*(parts.get(person_id, frozenset()) for person_id in in_thread[one.thread_id]))
        for one in messages
    }


def _parts(name: str) -> list[str]:
    return [part for word in name.lower().split() for part in {word.strip(".,"), *word.strip(".,").split("-")} if part]


def _words_of(answer: Message) -> str:
    month = date_format(timezone.localtime(answer.at), "F Y")
    if answer.colleague is None:
        return _("An earlier answer of ours, %(month)s") % {"month": month}
    return _("An earlier answer of %(who)s, %(month)s") % {"who": answer.colleague.called, "month": month}
