"""What we wrote in another mail program becomes our answer here, and whatever was being prepared falls silent."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from courtesy.conversations import threading
from courtesy.conversations.actions.answering import answered_elsewhere
from courtesy.conversations.actions.enclosing import came_before, enclose, letter_of
from courtesy.conversations.actions.moving import grow_together
from courtesy.conversations.actions.opening import open_thread
from courtesy.conversations.models import Message, Thread
from courtesy.conversations.ours import Ours
from courtesy.jobs.actions import announce
from courtesy.jobs.moments import moment
from courtesy.people import actions as people
from courtesy.post import arrivals
from courtesy.post.channels.incoming import Address, Incoming, Mail
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy import keys
from courtesy.privacy.sealing import blind_index

LONG_AGO = timedelta(days=30)
"""A clock that says so of a mail that was sent just now is not believed."""


def store(arrival: Arrival, incoming: Incoming, mail: Mail, *, ours: Ours, at: datetime) -> None:
    """Make an answer of a mail in our folder of sent mail. Twice is once; what left from here is known already.

    Mail among ourselves is nobody's conversation with the shop and becomes no message.
    """
    with transaction.atomic():
        threading.one_at_a_time()
        if not arrivals.take(arrival.pk):
            return
        if not (mail.mail_id and Outgoing.objects.filter(message_id=mail.mail_id).exists()):
            keep(arrival, incoming, mail, ours=ours, at=at)


def keep(arrival: Arrival, incoming: Incoming, mail: Mail, *, ours: Ours, at: datetime) -> None:
    """Write it down, in the caller's transaction, as the answer of the colleague whose address it came from."""
    outside = [one for one in (*mail.to, *mail.cc) if not ours.is_one(one.address)]
    if not outside or came_before(mail, kind=Message.Kind.OUT, words=incoming.body, speaker=None):
        return
    letter = letter_of(mail, party=[one.address for one in outside], ours=ours)
    place = threading.place_of(letter)
    if not place.thread_id:
        thread = _opened(arrival, incoming, outside, at)
    else:
        thread = grow_together([place.thread_id, *place.also], at=at)
        keys.adopt(arrival.key_id, holder=thread.person_id)
    moment("take in: person met")
    answered = _answered_by(thread, mail)
    written = _written_at(mail, arrival.received_at)
    message = answered_elsewhere(
        thread.pk,
        words=incoming.body,
        by=ours.colleague(mail.sender.address),
        # A provider hands mail over when it likes: what it answers came before it, whatever our clock says.
        at=max(written, answered.at) if answered else written,
        arrival_id=arrival.pk,
        answers=answered,
        automatic=bool(mail.apart),
        noticed_at=at,
    )
    enclose(message, mail, sender=mail.sender.address, key_id=arrival.key_id, at=at)
    if not message.automatic:
        announce("answered-elsewhere", message_id=message.pk)
    moment("take in: message written")


def _opened(arrival: Arrival, incoming: Incoming, outside: Sequence[Address], at: datetime) -> Thread:
    first = outside[0]
    person = people.meet(address=first.address, name=first.name, at=at, key_id=arrival.key_id)
    return open_thread(person, incoming, arrival, state=Thread.State.WAITING)


def _answered_by(thread: Thread, mail: Mail) -> Message | None:
    """The newest message of the customer that this mail refers to."""
    names = [blind_index(name, threading.MAIL_ID) for name in mail.refers_to[: threading.MOST_REFERENCES]]
    said = thread.messages.filter(kind=Message.Kind.IN, envelope__mail_id_index__in=names)
    return said.order_by("-pk").first()


def _written_at(mail: Mail, received_at: datetime) -> datetime:
    written = mail.written_at
    if written is None:
        return received_at
    if written.tzinfo is None:
        written = written.replace(tzinfo=UTC)
    return written if received_at - LONG_AGO < written < received_at else received_at
