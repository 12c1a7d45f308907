"""Fills an open house with thousands of threads, by bulk inserts. Imported inside a house only."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from benchmarks import same_content
from benchmarks.same_content import Conversation
from courtesy.conversations.models import Event, Message, Thread
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.people.models import Handle, NameToken, Person
from courtesy.people.names import beginnings_of
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_indexes
from courtesy.staff.models import Colleague

AT_ONCE = 1000


def fill(threads: int, *, colleagues: Sequence[Colleague], seed: int = 11) -> None:
    """``threads`` of three messages each, by a fifth as many people; the same ones for the same seed."""
    now = timezone.now()
    named = same_content.people(threads, seed=seed)
    people = [Person(pk=uuid4(), name=name, created_at=now, last_seen_at=now) for name in named]
    with keys.scope():
        made = keys.new_all([(person.pk, person.pk) for person in people], at=now)
        for person in people:
            person.key_id = made[person.pk]
        Person.objects.bulk_create(people, batch_size=AT_ONCE)
        Handle.objects.bulk_create([_handle(person, number) for number, person in enumerate(people)], AT_ONCE)
    tokens = {name: blind_indexes(sorted(beginnings_of(name)), "people.nametoken") for name in set(named)}
    NameToken.objects.bulk_create(
        [
            NameToken(person=one, token=token[:16])
            for one, name in zip(people, named, strict=True)
            for token in tokens[name]
        ],
        batch_size=AT_ONCE,
    )
    waiting: list[Conversation] = []
    for told in same_content.conversations(threads, colleagues=len(colleagues), seed=seed):
        waiting.append(told)
        if len(waiting) == 10 * AT_ONCE:
            _store(waiting, people, colleagues, now)
            waiting.clear()
    _store(waiting, people, colleagues, now)


def _store(told: Iterable[Conversation], people: list[Person], colleagues: Sequence[Colleague], now: datetime) -> None:
    pairs = [(one, _thread(one, people[one.person], colleagues, now)) for one in told]
    Thread.objects.bulk_create([thread for _, thread in pairs], batch_size=AT_ONCE)
    said = [message for one, thread in pairs for message in _said(one, thread, colleagues)]
    Message.objects.bulk_create(said, batch_size=AT_ONCE)
    Event.objects.bulk_create([_happened(one) for one in said], batch_size=AT_ONCE)
    asked = [one for one in said if one.kind == Message.Kind.IN and one.at == one.thread.last_message_at]
    Suggestion.objects.bulk_create(
        [
            Suggestion(message=one, reason="" if number % 2 else "not_sure", at=one.at)
            for number, one in enumerate(asked)
        ],
        batch_size=AT_ONCE,
    )


def _handle(person: Person, number: int) -> Handle:
    row = Handle(pk=uuid4(), person=person, value=f"customer{number}@post.example", key_id=person.key_id)
    # A bulk insert asks no field to prepare the one before it.
    Handle._meta.get_field("value").write_index(row)
    return row


def _thread(told: Conversation, person: Person, colleagues: Sequence[Colleague], now: datetime) -> Thread:
    last = now - timedelta(seconds=told.seconds_ago)
    return Thread(
        person=person,
        subject=told.subject,
        state=told.state,
        assignee=None if told.colleague is None else colleagues[told.colleague],
        last_event_at=last,
        last_message_at=last,
        arrived_by="form",
        created_at=last - timedelta(hours=30),
    )


def _said(told: Conversation, thread: Thread, colleagues: Sequence[Colleague]) -> list[Message]:
    ours = colleagues[told.colleague or 0]
    return [
        Message(
            thread=thread,
            kind=Message.Kind.OUT if one.ours else Message.Kind.IN,
            body=one.body,
            person=None if one.ours else thread.person,
            colleague=ours if one.ours else None,
            at=thread.last_message_at - timedelta(hours=one.hours_before),
        )
        for one in told.said
    ]


def _happened(message: Message) -> Event:
    ours = message.kind == Message.Kind.OUT
    return Event(
        thread=message.thread,
        kind=Event.Kind.ANSWERED if ours else Event.Kind.ARRIVED,
        by=message.colleague,
        at=message.at,
        message=message,
        facts={} if ours else {"by": "form", "reopened": False},
    )
