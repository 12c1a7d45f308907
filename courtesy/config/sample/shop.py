"""Marigold, the sample shop (tea, coffee, pottery), opened for a newcomer. `clearing.py` makes room for the real one.

Exceptions: NotASample.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from courtesy.config.sample import front_alive, past, reading
from courtesy.consent import actions as consent
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.actions import announce
from courtesy.knowledge.actions import import_folder
from courtesy.knowledge.models import Article, ArticleVersion
from courtesy.people import actions as people
from courtesy.people.models import Person
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing as form
from courtesy.post.models import Arrival
from courtesy.privacy import keys
from courtesy.staff import queries as staff
from courtesy.staff.actions import describe_sample
from courtesy.staff.models import Colleague, Role

NAME, TAGLINE = "Marigold", "Tea, coffee and pottery, 4 Canal Street"
WORKED_HERE = ("Ada", "Ben")
WROTE_TOO = ("Noor",)
"""Whose answers are in the past that is brought in."""
FIRST_ARTICLE = 130  # days ago


class NotASample(RuntimeError):
    """This shop is a real one, or holds real things already; nothing was changed."""


@dataclass(frozen=True)
class Opened:
    """What the sample shop holds."""

    articles: int
    customers: int
    threads: int


def open_sample(*, at: datetime, scale: float = 0) -> Opened:
    """Fill an empty shop with Marigold; a second call changes nothing.

    The last messages come in by the real way: the worker takes them in, understands and drafts. With a ``scale`` (1 is
    all of it) the worker brings in three years of its past as well, and the desk is as a working day leaves it.
    Raises NotASample where an owner is at home already, or anything real stands.
    """
    shop = staff.shop()
    if shop.is_sample:
        return _held(at)
    if staff.has_owner() or any(model.objects.exists() for model in (Article, Person, Thread, Arrival)):
        raise NotASample
    conversations = reading.conversations(at)
    with transaction.atomic():
        describe_sample(name=NAME, tagline=TAGLINE, at=at, hours=front_alive.hours(at) if scale else None)
        colleagues = {name: _worked_here(name, at) for name in WORKED_HERE}
        import_folder(reading.ARTICLES, by=colleagues["Ada"], at=at - timedelta(days=FIRST_ARTICLE))
        _written_over_time(colleagues, at)
        met = _customers(conversations, at)
        for one in conversations:
            if one.state == "arrives":
                _arrives(one, met)
            else:
                _tell(one, met[one.address][0], colleagues)
        if scale:
            for name in WROTE_TOO:
                _worked_here(name, at)
            front_alive.enliven(colleagues, at=at)
            past.ask_for(scale, at=at)
    return _held(at)


def _held(at: datetime) -> Opened:
    return Opened(
        articles=len(reading.front_slugs()),
        customers=len(reading.customers()),
        threads=len(reading.conversations(at)),
    )


def _written_over_time(colleagues: Mapping[str, Colleague], at: datetime) -> None:
    """Nobody writes twelve articles in one minute: spread them over the months, by the two in turn."""
    for number, slug in enumerate(reading.front_slugs()):
        by = colleagues[WORKED_HERE[number % 2]]
        when = at.replace(hour=9 + number % 8, minute=5 * number) - timedelta(days=FIRST_ARTICLE - 11 * number)
        Article.objects.filter(slug=slug).update(changed_at=when, changed_by=by, created_at=when)
        ArticleVersion.objects.filter(article__slug=slug).update(at=when, by=by)


def _worked_here(name: str, at: datetime) -> Colleague:
    """Somebody whose answers are read in old threads, and who has left: nobody can sign in by this name."""
    colleague_id = uuid4()
    colleague = Colleague(
        pk=colleague_id,
        username=f"sample-{name.lower()}",
        called=name,
        role=Role.COLLEAGUE,
        key_id=keys.new(holder=colleague_id, at=at),
        joined_at=at - timedelta(days=400),
        left_at=at,
    )
    colleague.set_unusable_password()
    colleague.save(force_insert=True)
    return colleague


def _customers(conversations: Sequence[reading.Conversation], at: datetime) -> dict[str, tuple[Person, str]]:
    """Those we know already, with what they said about their data; a stranger whose first message arrives is not."""
    wrote = {one.address: one.words[0].at for one in reversed(conversations) if one.state != "arrives"}
    met = {}
    for one in reading.customers():
        said = [(at - timedelta(days=answer.days_ago), answer) for answer in one.said]
        if one.address not in wrote and not said:
            continue
        first = min([wrote.get(one.address, at), *(when for when, _ in said)])
        person = people.meet(address=one.address, name=one.name, at=first)
        for when, answer in said:
            consent.record(
                person=person,
                purpose=Purpose(answer.purpose),
                answer=Answer(answer.answer),
                where=answer.where,
                at=when,
            )
        met[one.address] = (person, one.name)
    return met


def _arrives(one: reading.Conversation, met: Mapping[str, tuple[Person, str]]) -> None:
    """The real way in: kept raw, announced, taken in by the worker."""
    last = one.words[-1]
    raw = form.write(
        address=one.address,
        name=met[one.address][1] if one.address in met else "",
        subject=one.subject,
        body=last.body,
        person_only=one.by_a_person,
    )
    arrivals.keep(channel="form", channel_id=f"sample {one.address} {one.subject}"[:200], raw=raw, at=last.at)


def _tell(one: reading.Conversation, person: Person, colleagues: Mapping[str, Colleague]) -> None:
    """Write an older conversation as it would stand had it happened here. What is still open is read by the machine."""
    answered = [colleagues[words.by] for words in one.words if words.by in colleagues and not words.note]
    thread = Thread.objects.create(
        person=person,
        subject=one.subject,
        state=one.state,
        assignee=answered[-1] if answered else None,
        last_event_at=one.words[-1].at,
        last_message_at=max(words.at for words in one.words if not words.note),
        arrived_by="form",
        created_at=one.words[0].at,
    )
    asked = 0
    for words in one.words:
        message = _said(thread, person, words, colleagues)
        asked = message.pk if message.kind == Message.Kind.IN else asked
    if one.state == Thread.State.OPEN:
        announce("message-stored", message_id=asked)
    if one.state == Thread.State.RESOLVED:
        later = one.words[-1].at + timedelta(minutes=20)
        Event.objects.create(thread=thread, kind=Event.Kind.RESOLVED, by=answered[-1], at=later)
        Thread.objects.filter(pk=thread.pk).update(last_event_at=later)


def _said(thread: Thread, person: Person, words: reading.Words, colleagues: Mapping[str, Colleague]) -> Message:
    ours = colleagues.get(words.by)
    if ours is None:
        kind, happened = Message.Kind.IN, Event.Kind.ARRIVED
    elif words.note:
        kind, happened = Message.Kind.NOTE, Event.Kind.NOTED
    else:
        kind, happened = Message.Kind.OUT, Event.Kind.ANSWERED
    message = Message.objects.create(
        thread=thread,
        kind=kind,
        body=form.lines(words.body),
        person=None if ours else person,
        colleague=ours,
        at=words.at,
    )
    facts = {} if ours else {"by": "form", "reopened": False}
    Event.objects.create(thread=thread, kind=happened, by=ours, at=words.at, message=message, facts=facts)
    return message
