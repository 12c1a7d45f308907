"""What can happen to a thread. Each story holds the thread first, so that what happens in it has one order."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import DataError, transaction

from courtesy.consent import actions as consent
from courtesy.consent import queries as register
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations import threading
from courtesy.conversations.models import Composing, Event, EventId, Message, Thread
from courtesy.jobs.actions import announce, changed
from courtesy.jobs.moments import moment
from courtesy.people import actions as people
from courtesy.people.models import Person
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing as form
from courtesy.post.models import Arrival, Outgoing
from courtesy.post.public import OUTREACH_BOX
from courtesy.privacy.keys import KeyGone
from courtesy.staff.models import Colleague

LONGEST_UNSENT = 100_000

PARSERS = {"form": form.parse, "look again": form.parse}
"""One reader a channel: the raw bytes in, an `Incoming` out."""


class Refused(Exception):
    """What was asked cannot happen; nothing has changed."""


class NoSuchThread(Refused):
    """There is no thread of this number."""


class AlreadyAnswered(Refused):
    """Somebody answered after the event last seen; `by` and `at` say who and when."""

    def __init__(self, *, by: str, at: datetime) -> None:
        super().__init__("answered meanwhile")
        self.by = by
        self.at = at


class NothingWritten(Refused):
    """A reply or note without words."""


def take_in(*, arrival_id: UUID | str, at: datetime) -> None:
    """Make a message of an arrival (handler of "arrived"). Twice is once.

    What cannot be read or stored is set aside, where people see it with its raw source; the rest flows.
    """
    arrival = Arrival.objects.filter(pk=arrival_id).first()
    if arrival is None or arrival.state != Arrival.State.NEW:
        return
    try:
        incoming = PARSERS[arrival.channel](bytes(arrival.raw))
        thread = threading.thread_of(arrival.thread_hint)
        if not incoming.address and thread is None:
            raise form.Unreadable("belongs to no thread")
        moment("take in: parsed")
        _store(arrival, incoming, thread, at)
    except (form.Unreadable, KeyGone, KeyError, DataError, ValueError, TypeError, RecursionError) as problem:
        # Poison by its own content. Trouble of the database or the disk is not in this list: that job runs again.
        arrivals.set_aside(arrival_id, problem=_class_of(problem), at=at)
        return
    moment("take in: committed")


def _store(arrival: Arrival, incoming: form.Incoming, thread: Thread | None, at: datetime) -> None:
    with transaction.atomic():
        held = arrivals.hold(arrival.pk)
        if held.state != Arrival.State.NEW:
            return
        if thread is not None and not incoming.address:
            person = thread.person
        else:
            person = people.meet(address=incoming.address, name=incoming.name, at=at, key_id=held.key_id)
        moment("take in: person met")
        if thread is None or thread.person_id != person.pk:
            thread = _new_thread(person, incoming, arrival)
        reopened = thread.state == Thread.State.RESOLVED
        _touch(thread, at=at, wrote_at=arrival.received_at, state=Thread.State.OPEN)
        message = Message.objects.create(
            thread=thread,
            kind=Message.Kind.IN,
            body=incoming.body,
            person=person,
            at=arrival.received_at,
            arrival_id=arrival.pk,
            person_only=incoming.person_only,
        )
        kind = Event.Kind.LOOK_AGAIN if incoming.looks_again else Event.Kind.ARRIVED
        _tell(thread, kind, at=at, message=message, facts={"by": arrival.channel, "reopened": reopened})
        # An address in a form is only claimed: it may say a first yes, but whoever knows it must not undo a no.
        if incoming.outreach_yes and not register.has_refused(person, Purpose.OUTREACH):
            consent.record(
                person=person,
                purpose=Purpose.OUTREACH,
                answer=Answer.YES,
                where="the contact form",
                words=str(OUTREACH_BOX),
                at=at,
            )
        arrivals.taken_in(held)
        announce("message-stored", message_id=message.pk)
        moment("take in: message written")


def _new_thread(person: Person, incoming: form.Incoming, arrival: Arrival) -> Thread:
    return Thread.objects.create(
        person=person,
        subject=incoming.subject or first_words(incoming.body),
        last_event_at=arrival.received_at,
        last_message_at=arrival.received_at,
        arrived_by=arrival.channel,
        created_at=arrival.received_at,
    )


def first_words(body: str, longest: int = 60) -> str:
    """A subject for a message that has none: its first words, cut between two of them."""
    line = " ".join(body.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:-– ") + "…"


def hold(thread_id: int, *, unanswered_since: EventId) -> Thread:
    """The thread, locked until the caller's transaction ends. Raises NoSuchThread.

    Raises AlreadyAnswered when an answer that stands was given after the event ``unanswered_since``.
    """
    thread = _held(thread_id)
    answered = (
        thread.events.filter(kind=Event.Kind.ANSWERED, pk__gt=unanswered_since, message__taken_back_at=None)
        .select_related("by")
        .order_by("-pk")
        .first()
    )
    if answered is not None:
        raise AlreadyAnswered(by=answered.by.called if answered.by else "", at=answered.at)
    return thread


def add_reply(thread: Thread, *, words: str, by: Colleague, at: datetime, decision_id: int) -> Message:
    """Write our answer into the thread (held before). It is the customer's turn now; who answers looks after it."""
    with transaction.atomic():
        message = _written(thread, Message.Kind.OUT, words, by=by, at=at, decision_id=decision_id)
        _touch(thread, at=at, wrote_at=at, state=Thread.State.WAITING, assignee_id=thread.assignee_id or by.pk)
        _tell(thread, Event.Kind.ANSWERED, by=by, at=at, message=message)
        moment("send reply: reply written")
    return message


def take_back_reply(message_id: int, *, by: Colleague, at: datetime) -> Message:
    """The answer did not leave after all: it stays to be read, struck out, and the thread is open again.

    Raises NoSuchThread where there is no such answer. Whether the mail was stopped is `outbox.take_back`'s to say.
    """
    with transaction.atomic():
        message = Message.objects.filter(pk=message_id, kind=Message.Kind.OUT).first()
        if message is None:
            raise NoSuchThread
        thread = _held(message.thread_id)
        if Message.objects.filter(pk=message_id, taken_back_at=None).update(taken_back_at=at):
            message.taken_back_at = at
            _touch(thread, at=at, state=Thread.State.OPEN)
            _tell(thread, Event.Kind.TAKEN_BACK, by=by, at=at, message=message)
    return message


def add_note(thread_id: int, *, words: str, by: Colleague, at: datetime) -> Message:
    """Write a note among ourselves; no customer ever sees it. Raises NothingWritten."""
    with transaction.atomic():
        thread = _held(thread_id)
        message = _written(thread, Message.Kind.NOTE, words, by=by, at=at)
        _touch(thread, at=at)
        _tell(thread, Event.Kind.NOTED, by=by, at=at, message=message)
    return message


def resolve(thread_id: int, *, by: Colleague, at: datetime) -> Thread:
    """Nothing is left to do here. Resolved twice is resolved once."""
    return _turn(thread_id, Thread.State.RESOLVED, Event.Kind.RESOLVED, by=by, at=at)


def reopen(thread_id: int, *, by: Colleague | None, at: datetime) -> Thread:
    """There is something to do after all; ``by`` is None where the customer asked."""
    return _turn(thread_id, Thread.State.OPEN, Event.Kind.REOPENED, by=by, at=at)


def assign(thread_id: int, *, to: Colleague | None, by: Colleague, at: datetime) -> Thread:
    """Give the thread to a colleague, or with None back to everybody. Raises Refused for one who may not answer."""
    if to is not None and not to.may("answer"):
        raise Refused("may not answer")
    with transaction.atomic():
        thread = _held(thread_id)
        if thread.assignee_id != (to.pk if to else None):
            _touch(thread, at=at, assignee_id=to.pk if to else None)
            _tell(thread, Event.Kind.ASSIGNED, by=by, at=at, facts={"to": str(to.pk) if to else ""})
    return thread


def tell(
    thread_id: int, kind: str, *, at: datetime, by: Colleague | None = None, message: Message | None = None,
    facts: dict[str, object] | None = None,
) -> EventId:  # fmt: skip
    """Note something the desk did ("drafted", "set aside draft"). ``facts`` are numbers and states, never words."""
    with transaction.atomic():
        thread = _held(thread_id)
        _touch(thread, at=at)
        return _tell(thread, kind, at=at, by=by, message=message, facts=facts)


def remember_words(thread_id: int, *, by: Colleague, words: str, at: datetime, tab: str = "") -> None:
    """Keep what a colleague has typed so far in one browser tab; empty words are forgotten. Tells nobody."""
    if not words.strip():
        forget_words(thread_id, by=by, tab=tab)
        return
    with transaction.atomic():
        _held(thread_id)
        Composing.objects.update_or_create(
            thread_id=thread_id, colleague=by, tab=tab[:40], defaults={"words": words[:LONGEST_UNSENT], "at": at}
        )


def forget_words(thread_id: int, *, by: Colleague, tab: str | None = None) -> None:
    """They are sent or set aside: those of one tab, or of all."""
    words = Composing.objects.filter(thread_id=thread_id, colleague=by)
    (words if tab is None else words.filter(tab=tab[:40])).delete()


def forget_old_words(*, at: datetime) -> int:
    """Unsent words nobody touched for 30 days go; on schedule."""
    return Composing.objects.filter(at__lt=at - timedelta(days=30)).delete()[0]


_TROUBLES = {
    Outgoing.State.REFUSED: Event.Kind.REFUSED,
    Outgoing.State.UNSURE: Event.Kind.UNSURE,
    Outgoing.State.HELD: Event.Kind.HELD,
}


def follow_outgoing(*, outgoing_id: UUID | str, at: datetime) -> None:
    """Handler of "outgoing-changed": a thread shows how far its answer got, and trouble is an event. Twice is once."""
    outgoing = Outgoing.objects.filter(pk=outgoing_id).only("state", "reply_message_id", "attempts").first()
    if outgoing is None or outgoing.reply_message_id is None:
        return
    with transaction.atomic():
        message = Message.objects.filter(pk=outgoing.reply_message_id).first()
        if message is None:
            return
        kind = _TROUBLES.get(Outgoing.State(outgoing.state))
        if kind is None or message.taken_back_at is not None:
            changed("thread", message.thread_id)
            return
        thread = _held(message.thread_id)
        known = thread.events.filter(message=message, kind=kind).exists()
        if not known:
            _touch(thread, at=at)
            _tell(thread, kind, at=at, message=message)
        else:
            changed("thread", thread.pk)


def _held(thread_id: int) -> Thread:
    try:
        return Thread.objects.select_for_update().get(pk=thread_id)
    except Thread.DoesNotExist:
        raise NoSuchThread from None


def _turn(thread_id: int, state: str, kind: str, *, by: Colleague | None, at: datetime) -> Thread:
    with transaction.atomic():
        thread = _held(thread_id)
        if thread.state != state:
            _touch(thread, at=at, state=state)
            _tell(thread, kind, by=by, at=at)
    return thread


def _written(
    thread: Thread, kind: str, words: str, *, by: Colleague, at: datetime, decision_id: int | None = None
) -> Message:
    body = form.lines(words)
    if not body:
        raise NothingWritten
    return Message.objects.create(thread=thread, kind=kind, body=body, colleague=by, at=at, decision_id=decision_id)


def _touch(thread: Thread, *, at: datetime, wrote_at: datetime | None = None, **values: object) -> None:
    """Write the thread's row (and so hold it) before anything else is written in it. Its times never go back."""
    values["last_event_at"] = max(thread.last_event_at, at)
    if wrote_at is not None:
        values["last_message_at"] = max(thread.last_message_at, wrote_at)
    Thread.objects.filter(pk=thread.pk).update(**values)
    for name, value in values.items():
        setattr(thread, name, value)


def _tell(
    thread: Thread,
    kind: str,
    *,
    at: datetime,
    by: Colleague | None = None,
    message: Message | None = None,
    facts: dict[str, object] | None = None,
) -> EventId:
    event = Event.objects.create(thread=thread, kind=kind, by=by, at=at, message=message, facts=facts or {})
    changed("thread", thread.pk)
    changed("inbox")
    return event.pk


def _class_of(problem: Exception) -> str:
    """What a person may read: the class, and for our own refusals their fixed words."""
    if isinstance(problem, form.Unreadable):
        return f"Unreadable: {problem}"
    return type(problem).__name__
