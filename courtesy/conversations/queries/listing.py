"""Lists of threads, by cursor: a page is as quick after two hundred others as the first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Substr

from courtesy.conversations import search as words_search
from courtesy.conversations.models import Message, Thread
from courtesy.people import queries as people
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
