"""A thread, its story from the beginning, and what is being written in it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from courtesy.conversations.models import Composing, Event, EventId, Message, Thread
from courtesy.people import queries as people
from courtesy.post import queries as post
from courtesy.post.queries import OnItsWay
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Item:
    """A line of a thread's story: a message with its words, or an event."""

    what: Literal["message", "event"]
    id: int
    kind: str
    at: datetime
    name: str
    ours: bool
    body: str = ""
    person_only: bool = False
    taken_back: bool = False
    decision_id: int | None = None
    on_its_way: OnItsWay | None = None
    message_id: int | None = None
    arrival_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """A thread as it is read, oldest first. ``last_event`` goes into the composer's form and back to `hold`.

    ``unsent`` is what the reader typed here and did not send, the newest first.
    """

    thread: Thread
    name: str
    items: list[Item]
    last_event: EventId
    also_writing: list[str]
    unsent: list[Composing] = field(default_factory=list)

    @property
    def last_message_in(self) -> int | None:
        """The number of the customer's last message."""
        numbers = [item.id for item in self.items if item.what == "message" and item.kind == Message.Kind.IN]
        return numbers[-1] if numbers else None


class NoSuchThread(LookupError):
    """There is no thread of this number."""


def thread(thread_id: int) -> Thread:
    """The thread. Raises NoSuchThread."""
    try:
        return Thread.objects.select_related("assignee", "person").get(pk=thread_id)
    except Thread.DoesNotExist:
        raise NoSuchThread from None


def message(message_id: int) -> Message | None:
    """The message with its thread, if there is one."""
    return Message.objects.select_related("thread", "person", "colleague").filter(pk=message_id).first()


def thread_story(thread: Thread, *, reader: Colleague | None = None) -> Story:
    """Everything in a thread in its order, and which colleagues are writing in it (without the reader)."""
    messages = list(thread.messages.select_related("colleague").order_by("id"))
    events = list(thread.events.select_related("by").order_by("id"))
    name = people.names([thread.person_id]).get(thread.person_id, "")
    way = post.on_their_way([m.pk for m in messages if m.kind == Message.Kind.OUT])
    items = [*(_of_message(m, name, way.get(m.pk)) for m in messages), *(_of_event(e, name) for e in events)]
    # An event comes after the message it is about.
    items.sort(key=lambda item: (item.at, item.message_id or item.id, item.what == "event"))
    writing = list(Composing.objects.filter(thread=thread).select_related("colleague").order_by("-at"))
    mine = [one for one in writing if reader is not None and one.colleague_id == reader.pk]
    return Story(
        thread=thread,
        name=name,
        items=items,
        last_event=events[-1].pk if events else 0,
        also_writing=sorted({one.colleague.called for one in writing if one not in mine}),
        unsent=mine,
    )


def unsent_words(thread_id: int, colleague: Colleague) -> Composing | None:
    """What this colleague typed last in this thread and has not sent."""
    return Composing.objects.filter(thread_id=thread_id, colleague=colleague).order_by("-at").first()


def references(thread: Thread) -> list[str]:
    """The Message-IDs of our mails in this thread, oldest first, for the next one's References."""
    ours = thread.messages.filter(kind=Message.Kind.OUT, taken_back_at=None).values_list("pk", flat=True)
    way = post.on_their_way(list(ours))
    return [way[number].message_id for number in sorted(way)]


def _of_message(message: Message, name: str, way: OnItsWay | None) -> Item:
    ours = message.kind != Message.Kind.IN
    return Item(
        what="message",
        id=message.pk,
        kind=message.kind,
        at=message.at,
        name=(message.colleague.called if message.colleague else "") if ours else name,
        ours=ours,
        body=message.body,
        person_only=message.person_only,
        taken_back=message.taken_back_at is not None,
        decision_id=message.decision_id,
        on_its_way=way,
        message_id=message.pk,
        arrival_id=message.arrival_id,
    )


def _of_event(event: Event, name: str) -> Item:
    by_customer = event.kind in {Event.Kind.ARRIVED, Event.Kind.LOOK_AGAIN}
    return Item(
        what="event",
        id=event.pk,
        kind=event.kind,
        at=event.at,
        name=event.by.called if event.by else name if by_customer else "",
        ours=event.by is not None,
        message_id=event.message_id,
        facts=event.facts,
    )
