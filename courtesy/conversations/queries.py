"""What can be found out about threads."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from courtesy.conversations import search as words_search
from courtesy.conversations.models import Composing, Event, EventId, Message, Thread
from courtesy.people import queries as people
from courtesy.post import queries as post
from courtesy.post.queries import OnItsWay
from courtesy.staff.models import Colleague

View = Literal["mine", "unassigned", "all", "waiting", "resolved"]
VIEWS: tuple[View, ...] = ("mine", "unassigned", "all", "waiting", "resolved")


class NoSuchPlace(ValueError):
    """A cursor that we did not write."""


@dataclass(frozen=True)
class Cursor:
    """The place in a list after which the next page begins."""

    at: datetime
    id: int

    def text(self) -> str:
        """For an address."""
        return f"{self.at.isoformat()}~{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor":
        """The cursor `text` wrote. Raises NoSuchPlace."""
        at, _, number = text.partition("~")
        try:
            place = cls(datetime.fromisoformat(at), int(number))
        except ValueError:
            raise NoSuchPlace from None
        if place.at.tzinfo is None or not 0 <= place.id < 2**63:
            raise NoSuchPlace
        return place


@dataclass(frozen=True)
class Row:
    """One thread in a list. ``last_kind`` is in, out or note; ``person_only`` asks for no machine."""

    thread_id: int
    person_id: UUID
    name: str
    subject: str
    excerpt: str
    state: str
    assignee_id: UUID | None
    assignee: str
    last_message_at: datetime
    last_kind: str
    person_only: bool


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next begin; None on the last page."""

    rows: list[Row]
    next: Cursor | None = None


@dataclass(frozen=True)
class Counts:
    """How many threads each view holds; resolved ones are never counted, they only grow."""

    mine: int
    unassigned: int
    all: int
    waiting: int


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


def inbox(view: View, colleague: Colleague, *, before: Cursor | None = None, limit: int = 50) -> Page:
    """A page of threads, the newest message first; as quick on page 200 as on page 1."""
    threads = Thread.objects.filter(_in_view(view, colleague))
    if before is not None:
        threads = threads.filter(
            Q(last_message_at__lt=before.at) | Q(last_message_at=before.at, pk__lt=before.id),
            last_message_at__lte=before.at,
        )
    return _page(threads.order_by("-last_message_at", "-pk"), limit)


def of_person(person_id: UUID, *, limit: int = 20) -> list[Row]:
    """A person's threads, the newest first."""
    return _page(Thread.objects.filter(person_id=person_id).order_by("-last_message_at", "-pk"), limit).rows


def counts(colleague: Colleague) -> Counts:
    """How many threads each view holds; one query."""
    numbers = Thread.objects.exclude(state=Thread.State.RESOLVED).aggregate(
        mine=Count("pk", filter=_in_view("mine", colleague)),
        unassigned=Count("pk", filter=_in_view("unassigned", colleague)),
        all=Count("pk"),
        waiting=Count("pk", filter=_in_view("waiting", colleague)),
    )
    return Counts(**numbers)


def how_many_wait(_colleague: Colleague) -> int:
    """How many threads are open, for the rail; the same for every colleague."""
    return Thread.objects.filter(state=Thread.State.OPEN).count()


def longest_waiting(*, limit: int = 6) -> list[Row]:
    """Open threads, whoever waits longest first."""
    waits = Thread.objects.filter(state=Thread.State.OPEN).order_by("last_message_at", "pk")
    return _rows(_with_excerpt(waits)[:limit])


def oldest_open_at() -> datetime | None:
    """Since when the customer waits who has waited longest; None where nobody waits."""
    waits = Thread.objects.filter(state=Thread.State.OPEN).order_by("last_message_at")
    return waits.values_list("last_message_at", flat=True).first()


def search(words: str, *, limit: int = 50) -> Page:
    """Threads of people whose name begins so, then those whose messages hold the words; newest hits ranked."""
    if not words.strip():
        return Page([])
    found = [person.pk for person in people.search(words)][:limit]
    by_name = list(
        Thread.objects.filter(person_id__in=found)
        .order_by("-last_message_at", "-pk")
        .values_list("pk", flat=True)[: limit // 2]
    )
    hits = {hit.thread_id: hit.message_id for hit in words_search.find(words, limit=limit)}
    order = [*by_name, *(thread_id for thread_id in hits if thread_id not in set(by_name))][:limit]
    rows = {row.thread_id: row for row in _rows(_with_excerpt(Thread.objects.filter(pk__in=order)))}
    said = _excerpts([number for n in order if (number := hits.get(n))], words)
    return Page([_with(rows[n], said.get(hits.get(n) or 0)) for n in order if n in rows])


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


def _in_view(view: View, colleague: Colleague) -> Q:
    return {
        "mine": Q(state=Thread.State.OPEN, assignee=colleague),
        "unassigned": Q(state=Thread.State.OPEN, assignee=None),
        "all": ~Q(state=Thread.State.RESOLVED),
        "waiting": Q(state=Thread.State.WAITING),
        "resolved": Q(state=Thread.State.RESOLVED),
    }[view]


def _with_excerpt(threads: QuerySet[Thread]) -> QuerySet[Thread]:
    last = Message.objects.filter(thread=OuterRef("pk"), taken_back_at=None).order_by("-id")
    return threads.select_related("assignee").annotate(
        excerpt=Subquery(last.values(start=Substr("body", 1, 200))[:1]),
        last_kind=Subquery(last.values("kind")[:1]),
        wants_person=Subquery(
            Message.objects.filter(thread=OuterRef("pk"), kind="in").order_by("-id").values("person_only")[:1]
        ),
    )


def _page(threads: QuerySet[Thread], limit: int) -> Page:
    rows = _rows(_with_excerpt(threads)[: limit + 1])
    if len(rows) <= limit:
        return Page(rows)
    last = rows[limit - 1]
    return Page(rows[:limit], Cursor(last.last_message_at, last.thread_id))


def _rows(threads: Iterable[Any]) -> list[Row]:
    threads = list(threads)
    names = people.names({thread.person_id for thread in threads})
    return [
        Row(
            thread_id=thread.pk,
            person_id=thread.person_id,
            name=names.get(thread.person_id, ""),
            subject=thread.subject,
            excerpt=" ".join((thread.excerpt or "").split()),
            state=thread.state,
            assignee_id=thread.assignee_id,
            assignee=thread.assignee.called if thread.assignee else "",
            last_message_at=thread.last_message_at,
            last_kind=thread.last_kind or "",
            person_only=bool(thread.wants_person),
        )
        for thread in threads
    ]


def _excerpts(message_ids: Collection[int], words: str) -> dict[int, str]:
    """Of each message the part in which one of the words stands."""
    wanted = words_search.words_in(words)
    said = {}
    for number, body in Message.objects.filter(pk__in=message_ids).values_list("pk", "body"):
        flat = " ".join(body.split())
        small = flat.casefold()
        place = min((small.find(word) for word in wanted if word in small), default=0)
        start = flat.rfind(" ", 0, max(place - 40, 0)) + 1 if place > 60 else 0
        said[number] = ("… " if start else "") + flat[start : start + 200]
    return said


def _with(row: Row, excerpt: str | None) -> Row:
    return Row(**{**row.__dict__, "excerpt": excerpt}) if excerpt else row


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
