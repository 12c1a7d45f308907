"""A thread, its story from the beginning, and what is being written in it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from courtesy.conversations.envelopes import Outside, outsides
from courtesy.conversations.models import Composing, Envelope, Event, EventId, Message, Thread
from courtesy.conversations.queries.rows import tag_names
from courtesy.people import queries as people
from courtesy.post import queries as post
from courtesy.post.queries import OnItsWay
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.prepared import Given, Prepared
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Item:
    """A line of a thread's story: a message with its words, or an event. ``automatic``: a machine wrote it."""

    what: Literal["message", "event"]
    id: int
    kind: str
    at: datetime
    name: str
    ours: bool
    body: str = ""
    person_only: bool = False
    automatic: bool = False
    taken_back: bool = False
    decision_id: int | None = None
    on_its_way: OnItsWay | None = None
    message_id: int | None = None
    arrival_id: UUID | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    outside: Outside | None = None


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
        said = [item for item in self.items if item.what == "message" and item.kind == Message.Kind.IN]
        numbers = [item.id for item in said if not item.automatic]
        return numbers[-1] if numbers else None


class NoSuchThread(LookupError):
    """There is no thread of this number."""


def thread(thread_id: int) -> Thread:
    """The thread with its person, whoever looks after it, and its ``tag_names`` (`tags_on`). Raises NoSuchThread."""
    found: Thread | None = _THREAD.first(id=thread_id)
    if found is None:
        raise NoSuchThread
    return found


def message(message_id: int) -> Message | None:
    """The message with its thread, if there is one."""
    return Message.objects.select_related("thread", "person", "colleague", "envelope").filter(pk=message_id).first()


def thread_story(thread: Thread, *, reader: Colleague | None = None) -> Story:
    """Everything in a thread in its order, and which colleagues are writing in it (without the reader)."""
    messages: list[Message] = _MESSAGES(thread=thread.pk)
    events: list[Event] = _EVENTS(thread=thread.pk)
    names = people.called([thread.person, *(m.person for m in messages if m.person)])
    mails = outsides(messages)
    name = names.get(thread.person_id, "")
    # Several people may write in one thread.
    by = {m.pk: names.get(m.person_id, name) if m.person_id else name for m in messages}
    way = post.on_their_way([m.pk for m in messages if m.kind == Message.Kind.OUT])
    items = [_of_message(m, by[m.pk], way.get(m.pk), mails.get(m.pk)) for m in messages]
    items += [_of_event(e, by.get(e.message_id or 0, name)) for e in events]
    # An event comes after the message it is about.
    items.sort(key=lambda item: (item.at, item.message_id or item.id, item.what == "event"))
    writing: list[Composing] = _WRITING(thread=thread.pk)
    mine = [one for one in writing if reader is not None and one.colleague_id == reader.pk]
    return Story(
        thread=thread,
        name=name,
        items=items,
        last_event=events[-1].pk if events else 0,
        also_writing=sorted({one.colleague.called for one in writing if one not in mine}),
        unsent=mine,
    )


_THREAD = Prepared(
    lambda: (
        Thread.objects.filter(pk=Given("id", Thread._meta.pk))
        .select_related("assignee", "person")
        .annotate(tag_names=tag_names())
    )
)
_MESSAGES = Prepared(
    lambda: (
        Message.objects.filter(thread=Given("thread", Message.thread))
        .select_related("colleague", "person", "envelope")
        .order_by("id")
    )
)
_EVENTS = Prepared(
    lambda: Event.objects.filter(thread=Given("thread", Event.thread)).select_related("by").order_by("id")
)
_WRITING = Prepared(
    lambda: (
        Composing.objects.filter(thread=Given("thread", Composing.thread)).select_related("colleague").order_by("-at")
    )
)


def unsent_words(thread_id: int, colleague: Colleague) -> Composing | None:
    """What this colleague typed last in this thread and has not sent."""
    return Composing.objects.filter(thread_id=thread_id, colleague=colleague).order_by("-at").first()


def answers_to(message: str) -> Exists:
    """Whether a message (named by how a query reaches it, "" for itself) is answered, as a condition of that query.

    An answer of the desk answers what it came after; one written elsewhere may be found late, so its time counts too.
    Of one that was brought in from the past only its time does.
    """
    name = f"{message}__" if message else ""
    ours = Message.objects.filter(thread=OuterRef(f"{name}thread"), kind=Message.Kind.OUT)
    ours = ours.filter(taken_back_at=None, automatic=False)
    came_later = Q(decision_id__isnull=False) | Q(at__gte=OuterRef(f"{name}at"))
    brought = Q(bringing_id__isnull=False, at__gte=OuterRef(f"{name}at"))
    return Exists(ours.filter((Q(pk__gt=OuterRef(f"{name}pk")) & came_later) | brought))


def unanswered(thread_id: int) -> list[Message]:
    """What customers wrote in this thread that nobody answered, oldest first; without what their machines wrote."""
    said = Message.objects.filter(thread=thread_id, kind=Message.Kind.IN, automatic=False)
    return list(said.exclude(answers_to("")).select_related("thread__person").order_by("pk"))


def references(thread: Thread) -> list[str]:
    """The Message-IDs of the mails in this thread, theirs and ours, oldest first, for the next one's References."""
    messages = thread.messages.filter(taken_back_at=None, automatic=False).exclude(kind=Message.Kind.NOTE)
    said = list(messages.select_related("envelope").order_by("at", "pk"))
    way = post.on_their_way([message.pk for message in said if message.kind == Message.Kind.OUT])
    names = [way[message.pk].message_id if message.pk in way else _mail_id(message) for message in said]
    return list(dict.fromkeys(filter(None, names)))


def _mail_id(message: Message) -> str:
    envelope: Envelope | None = getattr(message, "envelope", None)
    try:
        return envelope.mail_id if envelope else ""
    except KeyGone:
        return ""


def _of_message(message: Message, name: str, way: OnItsWay | None, outside: Outside | None) -> Item:
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
        automatic=message.automatic,
        taken_back=message.taken_back_at is not None,
        decision_id=message.decision_id,
        on_its_way=way,
        message_id=message.pk,
        arrival_id=message.arrival_id,
        outside=outside,
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
