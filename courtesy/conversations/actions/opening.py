"""A new thread begins."""

from courtesy.conversations.models import Thread
from courtesy.people.models import Person
from courtesy.post.channels.incoming import Incoming
from courtesy.post.models import Arrival
from courtesy.privacy.writing import add


def open_thread(person: Person, incoming: Incoming, arrival: Arrival, *, apart: str = "", state: str = "") -> Thread:
    """A thread of this person's that begins with what arrived; in the queue, unless ``apart`` says why not."""
    thread = Thread(
        person=person,
        subject=incoming.subject or first_words(incoming.body),
        state=state or Thread.State.OPEN,
        last_event_at=arrival.received_at,
        last_message_at=arrival.received_at,
        arrived_by=arrival.channel,
        created_at=arrival.received_at,
        apart=apart,
        mailbox_id=arrival.mailbox_id,
    )
    return add(thread)


def first_words(body: str, longest: int = 60) -> str:
    """A subject for a message that has none: its first words, cut between two of them."""
    line = " ".join(body.split())
    if len(line) <= longest:
        return line
    return line[:longest].rsplit(" ", 1)[0].rstrip(",;:-– ") + "…"
