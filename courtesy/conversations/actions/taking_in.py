"""What came in becomes a message: read by its channel, met, put into a thread, stored, announced."""

from datetime import datetime
from uuid import UUID

from django.db import DataError, transaction

from courtesy.consent import actions as consent
from courtesy.consent import queries as register
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations import threading
from courtesy.conversations.actions.holding import happened, touch
from courtesy.conversations.models import Event, Message, Thread
from courtesy.jobs.actions import announce
from courtesy.jobs.moments import moment
from courtesy.people import actions as people
from courtesy.people.models import Person
from courtesy.post import arrivals
from courtesy.post.channels.form import parsing as form
from courtesy.post.models import Arrival
from courtesy.post.public import OUTREACH_BOX
from courtesy.privacy.keys import KeyGone

PARSERS = {"form": form.parse, "look again": form.parse}
"""One reader a channel: the raw bytes in, an `Incoming` out."""


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
        touch(thread, at=at, wrote_at=arrival.received_at, state=Thread.State.OPEN)
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
        happened(thread, kind, at=at, message=message, facts={"by": arrival.channel, "reopened": reopened})
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


def _class_of(problem: Exception) -> str:
    """What a person may read: the class, and for our own refusals their fixed words."""
    if isinstance(problem, form.Unreadable):
        return f"Unreadable: {problem}"
    return type(problem).__name__
