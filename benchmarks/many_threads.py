"""Fills an open house with thousands of threads, by bulk inserts. Imported inside a house only."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from courtesy.conversations.models import Event, Message, Thread
from courtesy.desk.lifecycle.models import Suggestion
from courtesy.people.models import Handle, NameToken, Person
from courtesy.people.names import beginnings_of
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_indexes
from courtesy.staff.models import Colleague

COMMON, RARE, A_NAME = "parcel", "quince", "wren"
WORDS = [
    "order",
    "teapot",
    "cup",
    "handle",
    "glaze",
    "jar",
    "lid",
    "coffee",
    "beans",
    "grind",
    "roast",
    "tin",
    "delivery",
    "address",
    "street",
    "Monday",
    "morning",
    "voucher",
    "present",
    "wrap",
    "broken",
    "missing",
    "late",
    "return",
    "refund",
    "size",
    "color",
    "blue",
    "green",
    "large",
    "small",
    "shelf",
    "window",
    "shop",
    "hour",
    "open",
    "question",
    "answer",
    "please",
    "again",
    "still",
    "waiting",
    "invoice",
    "number",
    "friend",
    "birthday",
    "week",
    "month",
]
FIRST = [
    "Wren",
    "Tomas",
    "Aila",
    "Noor",
    "Piet",
    "Sade",
    "Yuki",
    "Marta",
    "Ivo",
    "Lena",
    "Kofi",
    "Runa",
    "Bela",
    "Otis",
    "Mina",
]
LAST = ["Hale", "Okoro", "Lind", "Baptiste", "Sato", "Novak", "Ferro", "Quist", "Adeyemi", "Brandt", "Moreau", "Tveit"]
STATES = [Thread.State.OPEN] * 3 + [Thread.State.WAITING] * 4 + [Thread.State.RESOLVED] * 3
THREADS_A_PERSON, MESSAGES_A_THREAD = 5, 3
AT_ONCE = 1000


def fill(threads: int, *, colleagues: Sequence[Colleague], seed: int = 11) -> None:
    """``threads`` of three messages each, by a fifth as many people; the same ones for the same seed."""
    chance, now = random.Random(seed), timezone.now()
    people = [_person(chance, now) for _ in range(max(1, threads // THREADS_A_PERSON))]
    with keys.scope():
        made = keys.new_all([(person.pk, person.pk) for person, _ in people], at=now)
        for person, _ in people:
            person.key_id = made[person.pk]
        Person.objects.bulk_create([person for person, _ in people], batch_size=AT_ONCE)
        Handle.objects.bulk_create([_handle(person, number) for number, (person, _) in enumerate(people)], AT_ONCE)
    NameToken.objects.bulk_create([token for one in people for token in _tokens(*one)], batch_size=AT_ONCE)
    rows = [_thread(number, chance, now, people[number % len(people)][0], colleagues) for number in range(threads)]
    Thread.objects.bulk_create(rows, batch_size=AT_ONCE)
    said = Message.objects.bulk_create([one for row in rows for one in _said(row, chance, colleagues)], AT_ONCE)
    Event.objects.bulk_create([_happened(one) for one in said], batch_size=AT_ONCE)
    asked = [one for one in said if one.kind == Message.Kind.IN and one.at == one.thread.last_message_at]
    Suggestion.objects.bulk_create(
        [Suggestion(message=one, reason="" if chance.random() < 0.5 else "not_sure", at=one.at) for one in asked],
        batch_size=AT_ONCE,
    )


def _person(chance: random.Random, at: datetime) -> tuple[Person, str]:
    name = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return Person(pk=uuid4(), name=name, created_at=at, last_seen_at=at), name


def _handle(person: Person, number: int) -> Handle:
    row = Handle(pk=uuid4(), person=person, value=f"customer{number}@post.example", key_id=person.key_id)
    # A bulk insert asks no field to prepare the one before it.
    Handle._meta.get_field("value").write_index(row)
    return row


def _tokens(person: Person, name: str) -> list[NameToken]:
    tokens = blind_indexes(sorted(beginnings_of(name)), "people.nametoken")
    return [NameToken(person=person, token=token[:16]) for token in tokens]


def _thread(
    number: int, chance: random.Random, now: datetime, person: Person, colleagues: Sequence[Colleague]
) -> Thread:
    last = now - timedelta(minutes=7 * number, seconds=chance.randrange(60))
    return Thread(
        person=person,
        subject=f"{chance.choice(WORDS)} {chance.choice(WORDS)} {number}",
        state=chance.choice(STATES),
        assignee=chance.choice([None, *colleagues]),
        last_event_at=last,
        last_message_at=last,
        arrived_by="form",
        created_at=last - timedelta(hours=30),
    )


def _said(thread: Thread, chance: random.Random, colleagues: Sequence[Colleague]) -> list[Message]:
    """A question, an answer, and a last word: ours while we wait for the customer."""
    ours_last = thread.state == Thread.State.WAITING
    found = []
    for place in range(MESSAGES_A_THREAD):
        ours = ours_last if place == MESSAGES_A_THREAD - 1 else place % 2 == 1
        words = chance.choices(WORDS, k=chance.randrange(8, 60))
        if chance.random() < 0.5:
            words.append(COMMON)
        if chance.random() < 0.0003:
            words.append(RARE)
        found.append(
            Message(
                thread=thread,
                kind=Message.Kind.OUT if ours else Message.Kind.IN,
                body=" ".join(words),
                person=None if ours else thread.person,
                colleague=chance.choice(colleagues) if ours else None,
                at=thread.last_message_at - timedelta(hours=10 * (MESSAGES_A_THREAD - 1 - place)),
            )
        )
    return found


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
