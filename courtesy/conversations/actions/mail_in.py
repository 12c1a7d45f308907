"""A mail that came to the shop becomes a message, in the thread it belongs to."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courtesy.conversations import threading
from courtesy.conversations.actions import elsewhere
from courtesy.conversations.actions.answering import tell_bounced
from courtesy.conversations.actions.enclosing import enclose, is_a_copy, letter_of
from courtesy.conversations.actions.holding import happened, touch
from courtesy.conversations.actions.moving import grow_together
from courtesy.conversations.actions.opening import open_thread
from courtesy.conversations.models import Event, Message, Thread
from courtesy.conversations.ours import Ours
from courtesy.conversations.threading import Place
from courtesy.jobs.actions import announce
from courtesy.jobs.moments import moment
from courtesy.people import actions as people
from courtesy.people.models import Person
from courtesy.post import arrivals, outbox
from courtesy.post.channels.incoming import Address, Bounce, Incoming, Mail
from courtesy.post.models import Arrival, Outgoing
from courtesy.privacy.sealing import blind_index
from courtesy.privacy.writing import add

Apart = Thread.Apart
_SMALL = frozenset({Apart.AUTOMATIC, Apart.NO_REPLY})
"""What a machine says in a conversation of people is kept there, small; it opens nothing again."""

_A_PERSON_AFTER_ALL = frozenset({Apart.AUTOMATIC, Apart.NO_REPLY, Apart.LIST, Apart.BOUNCE, Apart.COLLEAGUE})
"""A thread that stood apart for one of these reasons comes back when a person writes in it."""


@dataclass(frozen=True)
class Destiny:
    """What becomes of a mail: its place, why a thread of it stands apart, whether it is a machine's small word."""

    place: Place
    apart: str
    automatic: bool


def store(arrival: Arrival, incoming: Incoming, mail: Mail, *, ours: Ours, at: datetime) -> None:
    """Make a message of a mail. Twice is once; the same mail by two mailboxes is one message."""
    with transaction.atomic():
        threading.one_at_a_time()
        if not arrivals.take(arrival.pk):
            return
        if ours.is_shop(mail.sender.address) and _left_from_here(mail):
            return
        if _is_ours_indeed(mail, ours):
            elsewhere.keep(arrival, incoming, mail, ours=ours, at=at)
            return
        writer = _writer(incoming, mail, ours)
        person = people.meet(address=writer.address, name=writer.name, at=at, key_id=arrival.key_id)
        moment("take in: person met")
        if not is_a_copy(mail, arrival, words=incoming.body, speaker=person.pk, ours=ours):
            _write(arrival, incoming, mail, writer=writer, person=person, ours=ours, at=at)
        moment("take in: message written")


def _write(
    arrival: Arrival, incoming: Incoming, mail: Mail, *, writer: Address, person: Person, ours: Ours, at: datetime
) -> None:
    destiny = _destiny(mail, person, writer, ours)
    thread, facts = _thread(destiny, person, arrival, incoming, at)
    stays_apart = thread.apart and thread.apart not in _A_PERSON_AFTER_ALL
    quiet = bool(destiny.automatic or destiny.apart or stays_apart)
    if not destiny.place.thread_id:
        pass  # it begins with this very mail
    elif destiny.automatic:
        touch(thread, at=at)
    elif quiet:
        touch(thread, at=at, wrote_at=arrival.received_at)
    else:
        _bring_back(thread, at)
        facts["reopened"] = thread.state == Thread.State.RESOLVED
        touch(thread, at=at, wrote_at=arrival.received_at, state=Thread.State.OPEN)
    message = Message(
        thread=thread,
        kind=Message.Kind.IN,
        body=incoming.body,
        person=person,
        at=arrival.received_at,
        arrival_id=arrival.pk,
        automatic=destiny.automatic,
    )
    add(message)
    enclose(message, mail, sender=writer.address, key_id=arrival.key_id, at=at, forwarded=mail.forwarded is not None)
    happened(thread, Event.Kind.ARRIVED, at=at, message=message, facts=facts)
    if mail.bounce is not None:
        _bounced(mail.bounce, at)
    if not quiet:
        announce("message-stored", message_id=message.pk)


def _destiny(mail: Mail, person: Person, writer: Address, ours: Ours) -> Destiny:
    place = Place() if mail.bounce else threading.place_of(letter_of(mail, party=[writer.address], ours=ours))
    apart = mail.apart
    if person.blocked_at is not None:
        apart = Apart.BLOCKED
        if place.thread_id and not Thread.objects.filter(pk=place.thread_id, person=person).exists():
            place = Place()
    elif mail.verified == "fail" and apart == Apart.SPAM:
        place = Place()
    elif not apart and _a_colleague_writes(mail, ours):
        # Whoever works here is no customer. And a name is easily borrowed: it speaks in no customer's thread.
        apart, place = Apart.COLLEAGUE, Place(stranger_to=place.thread_id or place.stranger_to)
    elif place.thread_id and apart in {Apart.LIST, Apart.SPAM}:
        # Somebody of this conversation, through their company's list or a nervous filter.
        apart = ""
    return Destiny(place, apart, automatic=bool(place.thread_id) and apart in _SMALL)


def _thread(
    destiny: Destiny, person: Person, arrival: Arrival, incoming: Incoming, at: datetime
) -> tuple[Thread, dict[str, object]]:
    """The thread, held, and what its event tells."""
    facts: dict[str, object] = {"by": arrival.channel, "reopened": False}
    if destiny.automatic:
        facts["automatic"] = True
    if incoming.mail is not None and incoming.mail.forwarded is not None:
        facts["forwarded"] = True
    if not destiny.place.thread_id:
        if destiny.place.stranger_to is not None:
            facts["stranger_to"] = destiny.place.stranger_to
        return open_thread(person, incoming, arrival, apart=destiny.apart), facts
    thread = grow_together([destiny.place.thread_id, *destiny.place.also], at=at)
    if thread.person_id != person.pk and not thread.messages.filter(person=person).exists():
        facts["newcomer"] = True
    return thread, facts


def _bring_back(thread: Thread, at: datetime) -> None:
    if thread.apart:
        was, thread.apart = thread.apart, ""
        touch(thread, at=at, apart="")
        happened(thread, Event.Kind.BROUGHT_BACK, at=at, facts={"was": was})


def _writer(incoming: Incoming, mail: Mail, ours: Ours) -> Address:
    """Who speaks: whom a colleague passes on, who filled in a form that mails from our own address, or the sender."""
    if mail.forwarded is not None and mail.verified != "fail":
        return mail.forwarded
    if ours.is_shop(mail.sender.address) and mail.reply_to and not ours.is_shop(mail.reply_to.address):
        return mail.reply_to
    return Address(incoming.address, incoming.name)


def _left_from_here(mail: Mail) -> bool:
    return bool(mail.mail_id) and Outgoing.objects.filter(message_id=mail.mail_id).exists()


def _is_ours_indeed(mail: Mail, ours: Ours) -> bool:
    """What somebody of us wrote to a customer, with a copy to the shop; only where its own server vouches for it."""
    return (
        mail.verified == "pass"
        and not mail.apart
        and mail.forwarded is None
        and (ours.is_shop(mail.sender.address) or ours.is_colleague(mail.sender.address))
        and any(not ours.is_one(one.address) for one in (*mail.to, *mail.cc))
    )


def _a_colleague_writes(mail: Mail, ours: Ours) -> bool:
    """From their own address to the shop, and in nobody else's name."""
    return mail.forwarded is None and ours.is_colleague(mail.sender.address)


def _bounced(bounce: Bounce, at: datetime) -> None:
    """Tie it to what came back; an answer of the desk hears of it by the outbox, one written elsewhere at once."""
    if not bounce.of_mail_id:
        return
    if outbox.bounced(bounce.of_mail_id, status=bounce.status, final=bounce.final, at=at) is not None:
        return
    index = blind_index(bounce.of_mail_id, threading.MAIL_ID)
    answer = (
        Message.objects.filter(envelope__mail_id_index=index, kind=Message.Kind.OUT).select_related("thread").first()
    )
    if answer is not None and bounce.final:
        tell_bounced(answer, status=bounce.status, at=at)
