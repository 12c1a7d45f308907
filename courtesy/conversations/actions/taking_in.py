"""What came in becomes a message: read by its channel, met, put into a thread, stored, announced."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import DataError, transaction

from courtesy.consent import actions as consent
from courtesy.consent import queries as register
from courtesy.consent.purposes import Answer, Purpose
from courtesy.conversations import threading
from courtesy.conversations.actions import elsewhere, history, mail_in
from courtesy.conversations.actions.holding import happened, touch
from courtesy.conversations.actions.opening import open_thread
from courtesy.conversations.models import Event, Message, Thread
from courtesy.conversations.ours import addresses
from courtesy.jobs.actions import announce
from courtesy.jobs.moments import moment
from courtesy.people import actions as people
from courtesy.post import arrivals
from courtesy.post.channels.email import parsing as email
from courtesy.post.channels.form import parsing as form
from courtesy.post.channels.incoming import Incoming, Unreadable
from courtesy.post.models import Arrival
from courtesy.post.public import OUTREACH_BOX
from courtesy.privacy.keys import KeyGone

Reader = Callable[[bytes], Incoming]

PARSERS: dict[str, Reader] = {"form": form.parse, "look again": form.parse}
"""One reader a channel: the raw bytes in, an `Incoming` out. Mail is read knowing which addresses are ours."""

MAILS = {"mail": mail_in.store, "sent mail": elsewhere.store}


def take_in(*, arrival_id: UUID | str, at: datetime) -> None:
    """Make a message of an arrival (handler of "arrived"). Twice is once.

    What cannot be read or stored is set aside, where people see it with its raw source; the rest flows.
    """
    arrival = arrivals.not_taken_in(arrival_id)
    if arrival is None:
        return
    if arrival.bringing_id is not None:
        history.read_again(arrival, at=at)
        return
    try:
        if arrival.channel in MAILS:
            _take_in_mail(arrival, at)
            moment("take in: committed")
            return
        incoming = PARSERS[arrival.channel](bytes(arrival.raw))
        thread = threading.thread_of(arrival.thread_hint)
        if not incoming.address and thread is None:
            raise Unreadable("belongs to no thread")
        moment("take in: parsed")
        _store(arrival, incoming, thread, at)
    except (Unreadable, KeyGone, KeyError, DataError, ValueError, TypeError, RecursionError) as problem:
        # Poison by its own content. Trouble of the database or the disk is not in this list: that job runs again.
        arrivals.set_aside(arrival_id, problem=_class_of(problem), at=at)
        return
    moment("take in: committed")


def _take_in_mail(arrival: Arrival, at: datetime) -> None:
    ours = addresses(arrival.key_id)
    incoming = email.parse(bytes(arrival.raw), ours=ours.all)
    if incoming.mail is None:
        raise Unreadable("no mail")
    moment("take in: parsed")
    MAILS[arrival.channel](arrival, incoming, incoming.mail, ours=ours, at=at)


def _store(arrival: Arrival, incoming: Incoming, thread: Thread | None, at: datetime) -> None:
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
            thread = open_thread(person, incoming, arrival, apart=Thread.Apart.BLOCKED if person.blocked_at else "")
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
        if not thread.apart:
            announce("message-stored", message_id=message.pk)
        moment("take in: message written")


def _class_of(problem: Exception) -> str:
    """What a person may read: the class, and for our own refusals their fixed words."""
    if isinstance(problem, Unreadable):
        return f"Unreadable: {problem}"
    return type(problem).__name__
