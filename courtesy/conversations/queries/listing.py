"""Lists of threads, by cursor: a page is as quick after two hundred others as the first."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from django.db import connection
from django.db.models import (
    Aggregate,
    BigIntegerField,
    Case,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Substr

from courtesy.conversations import search as words_search
from courtesy.conversations.models import Attachment, Call, Event, Look, Message, Tag, Tagging, Thread
from courtesy.conversations.search import Within
from courtesy.people import queries as people
from courtesy.staff.models import Colleague

View = Literal["mine", "unassigned", "all", "waiting", "snoozed", "resolved", "apart"]
VIEWS: tuple[View, ...] = ("mine", "unassigned", "all", "waiting", "snoozed", "resolved", "apart")
_BETWEEN = "\x1f"
MOST_COUNTED = 1000
"""Nobody counts further: a shop that has so many waiting needs no exact number, and the page stays as quick."""


class NoSuchPlace(ValueError):
    """A cursor or a filter that we did not write."""


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
class Filter:
    """What a list holds: a view, and of it only one tag, or only one colleague's ("me", "nobody", or a number)."""

    view: View = "all"
    tag: int | None = None
    whose: str = ""

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> Self:
        """From an address or a saved view; what is not named is not asked for. Raises NoSuchPlace."""
        view, tag, whose = (str(said.get(name) or "") for name in ("view", "tag", "whose"))
        if view and view not in VIEWS:
            raise NoSuchPlace
        if tag and not (tag.isascii() and tag.isdigit() and int(tag) < 2**63):
            raise NoSuchPlace
        if whose not in ("", "me", "nobody"):
            try:
                whose = str(UUID(whose))
            except ValueError:
                raise NoSuchPlace from None
        return cls(view or "all", int(tag) if tag else None, whose)

    def kept(self) -> dict[str, str]:
        """As `read` reads it, and as `SavedView.filters` holds it."""
        said = {"view": self.view, "tag": str(self.tag or ""), "whose": self.whose}
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class Row:
    """One thread in a list. ``last_kind`` says whose words the excerpt is: in, out or note.

    ``unread``: the customer wrote something that the colleague who looks at the list has not seen yet.
    ``person_only``: the customer asks for no machine.
    """

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
    arrived_by: str = ""
    unread: bool = False
    apart: str = ""
    snoozed_until: datetime | None = None
    first_reply_due_at: datetime | None = None
    first_replied_at: datetime | None = None
    tags: tuple[str, ...] = ()
    called_by: str = ""


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next begin; None on the last page. ``all``: there is nothing older that fits."""

    rows: list[Row]
    next: Cursor | None = None
    all: bool = True


@dataclass(frozen=True)
class Counts:
    """How many threads each view holds, counted up to MOST_COUNTED; resolved ones never, they only grow."""

    mine: int
    unassigned: int
    all: int
    waiting: int
    snoozed: int = 0
    apart: int = 0
    open: int = 0
    saved: Mapping[int, int] = field(default_factory=dict)


class _Written(Value):
    """A word written into the statement itself: SQLite uses a partial index only where it can read the condition."""

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        return f"'{self.value}'", []


class _Joined(Aggregate):
    """The words of many rows as one text, with a sign between them that no word has."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"group_concat(%(expressions)s, '{_BETWEEN}')", **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template=f"string_agg(%(expressions)s, '{_BETWEEN}')", **more)


_OPEN, _WAITING, _SNOOZED, _RESOLVED = (
    _Written(state.value)
    for state in (Thread.State.OPEN, Thread.State.WAITING, Thread.State.SNOOZED, Thread.State.RESOLVED)
)
_QUEUE = Q(apart=_Written(""), merged_into=None)
_STANDING = Q(merged_into=None)


def inbox(which: View | Filter, colleague: Colleague, *, before: Cursor | None = None, limit: int = 50) -> Page:
    """A page of threads, the newest message first; as quick on page 200 as on page 1."""
    threads = _within(which if isinstance(which, Filter) else Filter(which), colleague)
    if before is not None:
        threads = threads.filter(
            Q(last_message_at__lt=before.at) | Q(last_message_at=before.at, pk__lt=before.id),
            last_message_at__lte=before.at,
        )
    rows = _rows(_with_excerpt(threads.order_by("-last_message_at", "-pk"), colleague)[: limit + 1])
    if len(rows) <= limit:
        return Page(rows)
    last = rows[limit - 1]
    return Page(rows[:limit], Cursor(last.last_message_at, last.thread_id), all=False)


def of_person(person_id: UUID, *, limit: int = 20) -> list[Row]:
    """A person's threads, the newest first."""
    return of_people([person_id], limit=limit)


def of_people(person_ids: Collection[UUID], *, limit: int = 20) -> list[Row]:
    """The threads of several records that are one customer, the newest first."""
    threads = Thread.objects.filter(_STANDING, person__in=person_ids).order_by("-last_message_at", "-pk")
    return _rows(_with_excerpt(threads)[:limit])


def rows_of(thread_ids: Collection[int], colleague: Colleague) -> list[Row]:
    """These threads, the newest first; one that became part of another is not among them."""
    threads = Thread.objects.filter(_STANDING, pk__in=thread_ids).order_by("-last_message_at", "-pk")
    return _rows(_with_excerpt(threads, colleague))


def counts(colleague: Colleague, saved: Mapping[int, Filter] | None = None) -> Counts:
    """How many threads each view holds, and each of these filters; one query, however many threads there are."""
    wanted = {view: _within(Filter(view), colleague) for view in VIEWS if view != "resolved"}
    filters = saved or {}
    numbers = _counted([*wanted.values(), _waits(), *(_within(one, colleague) for one in filters.values())])
    named = dict(zip(wanted, numbers, strict=False))
    rest = numbers[len(wanted) :]
    return Counts(**named, open=rest[0], saved=dict(zip(filters, rest[1:], strict=True)))


def how_many_wait(_colleague: Colleague) -> int:
    """How many threads are open, for the rail; the same for every colleague, and counted up to MOST_COUNTED."""
    return _counted([_waits()])[0]


def longest_waiting(*, limit: int = 6) -> list[Row]:
    """Open threads, whoever waits longest first."""
    return _rows(_with_excerpt(_waits().order_by("last_message_at", "pk"))[:limit])


def oldest_open_at() -> datetime | None:
    """Since when the customer waits who has waited longest; None where nobody waits."""
    return _waits().order_by("last_message_at").values_list("last_message_at", flat=True).first()


def search(words: str, *, within: Within | None = None, colleague: Colleague | None = None, limit: int = 50) -> Page:
    """Threads of people whose name begins so, then those whose messages or subject hold the words; the newest first.

    Without words, but with a span, a state or a file: the threads that fit. Threads kept apart are found too.
    """
    within = within or Within()
    if not words_search.words_in(words) and "@" not in words:
        return _fitting(within, colleague, limit) if within and not words.strip() else Page([])
    found = [person.pk for person in people.search(words)][:limit]
    by_name = list(
        _fit(Thread.objects.filter(_STANDING, person_id__in=found), within)
        .order_by("-last_message_at", "-pk")
        .values_list("pk", flat=True)[: limit // 2]
    )
    said = words_search.find(words, within, limit=limit)
    hits = {hit.thread_id: hit.message_id for hit in said.hits}
    wanted = _with_hit(_with_excerpt(Thread.objects.filter(pk__in={*by_name, *hits}), colleague), hits)
    rows = _rows(wanted.order_by("-last_message_at", "-pk"), about=words_search.words_in(words))
    first = set(by_name)
    rows.sort(key=lambda row: row.thread_id not in first)  # keeps the newest first within each half
    return Page(rows[:limit], all=said.all and len(rows) <= limit)


def tags() -> list[Tag]:
    """All the words this shop puts on threads."""
    return list(Tag.objects.order_by("name"))


def _waits() -> QuerySet[Thread]:
    return Thread.objects.filter(_QUEUE, state=_OPEN)


def _within(wanted: Filter, colleague: Colleague) -> QuerySet[Thread]:
    state = {
        "mine": Q(state=_OPEN, assignee=colleague),
        "unassigned": Q(state=_OPEN, assignee=None),
        "all": ~Q(state=_RESOLVED),
        "waiting": Q(state=_WAITING),
        "snoozed": Q(state=_SNOOZED),
        "resolved": Q(state=_RESOLVED),
        "apart": ~Q(apart=_Written("")),
    }[wanted.view]
    threads = Thread.objects.filter(_STANDING if wanted.view == "apart" else _QUEUE).filter(state)
    if wanted.whose == "nobody":
        threads = threads.filter(assignee=None)
    elif wanted.whose:
        threads = threads.filter(assignee_id=colleague.pk if wanted.whose == "me" else UUID(wanted.whose))
    if wanted.tag is not None:
        threads = threads.filter(Exists(Tagging.objects.filter(thread=OuterRef("pk"), tag_id=wanted.tag)))
    return threads


def _counted(lists: Sequence[QuerySet[Thread]]) -> list[int]:
    """How many each holds, up to MOST_COUNTED, in one statement."""
    parts, values = [], []
    for number, threads in enumerate(lists):
        bounded = threads.order_by().values(one=Value(1))[:MOST_COUNTED]
        statement, its = bounded.query.get_compiler(using="default").as_sql()
        parts.append(f"(SELECT count(*) FROM ({statement}) AS list_{number})")  # noqa: S608 (the ORM's own statement)
        values += its
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return list(cursor.fetchone())


def _fit(threads: QuerySet[Thread], within: Within) -> QuerySet[Thread]:
    """Those that something was written in within the span, as near as a thread knows it, and of this state."""
    if within.since is not None:
        threads = threads.filter(last_message_at__gte=within.since)
    if within.until is not None:
        threads = threads.filter(created_at__lt=within.until)
    if within.state == "apart":
        threads = threads.filter(~Q(apart=_Written("")))
    elif within.state:
        threads = threads.filter(apart=_Written(""), state=_Written(Thread.State(within.state).value))
    if within.attached:
        files = Attachment.objects.filter(message__thread=OuterRef("pk"), inline=False)
        threads = threads.filter(Exists(files))
    return threads


def _fitting(within: Within, colleague: Colleague | None, limit: int) -> Page:
    threads = _fit(Thread.objects.filter(_STANDING), within).order_by("-last_message_at", "-pk")
    rows = _rows(_with_excerpt(threads, colleague)[: limit + 1])
    return Page(rows[:limit], all=len(rows) <= limit)


def _with_excerpt(threads: QuerySet[Thread], colleague: Colleague | None = None) -> QuerySet[Thread]:
    last = Message.objects.filter(thread=OuterRef("pk"), taken_back_at=None).order_by("-id")
    arrived = Event.objects.filter(thread=OuterRef("pk"), kind=Event.Kind.ARRIVED).order_by("-id")
    taggings = Tagging.objects.filter(thread=OuterRef("pk")).order_by()
    seen = Look.objects.filter(thread=OuterRef("pk"), colleague=colleague)
    calls = Call.objects.filter(colleague=colleague, seen_at=None, message__thread=OuterRef("pk")).order_by("-id")
    return threads.select_related("assignee").annotate(
        excerpt=Subquery(last.values(start=Substr("body", 1, 200))[:1]),
        last_kind=Subquery(last.values("kind")[:1]),
        tag_names=Subquery(taggings.values("thread").annotate(said=_Joined("tag__name")).values("said")),
        wants_person=Subquery(
            Message.objects.filter(thread=OuterRef("pk"), kind="in").order_by("-id").values("person_only")[:1]
        ),
        **(
            {
                "arrived": Subquery(arrived.values("pk")[:1]),
                "seen": Subquery(seen.values("event")[:1]),
                "called_by": Subquery(calls.values("message__colleague__called")[:1]),
            }
            if colleague
            else {}
        ),
    )


def _with_hit(threads: QuerySet[Thread], hits: Mapping[int, int | None]) -> QuerySet[Thread]:
    """With the message in which the words stand, of each thread that has one."""
    which = [When(pk=thread_id, then=Value(number)) for thread_id, number in hits.items() if number is not None]
    if not which:
        return threads
    threads = threads.annotate(hit=Case(*which, default=None, output_field=BigIntegerField()))
    message = Message.objects.filter(pk=OuterRef("hit"))
    return threads.annotate(
        hit_body=Subquery(message.values("body")[:1]), hit_kind=Subquery(message.values("kind")[:1])
    )


def _rows(threads: Iterable[Any], *, about: Sequence[str] = ()) -> list[Row]:
    threads = list(threads)
    names = people.names({thread.person_id for thread in threads})
    return [
        Row(
            thread_id=thread.pk,
            person_id=thread.person_id,
            name=names.get(thread.person_id, ""),
            subject=thread.subject,
            excerpt=_excerpt(getattr(thread, "hit_body", None), about) or " ".join((thread.excerpt or "").split()),
            state=thread.state,
            assignee_id=thread.assignee_id,
            assignee=thread.assignee.called if thread.assignee else "",
            last_message_at=thread.last_message_at,
            last_kind=getattr(thread, "hit_kind", None) or thread.last_kind or "",
            person_only=bool(thread.wants_person),
            arrived_by=thread.arrived_by,
            unread=_is_unread(thread),
            apart=thread.apart,
            snoozed_until=thread.snoozed_until,
            first_reply_due_at=thread.first_reply_due_at,
            first_replied_at=thread.first_replied_at,
            tags=tuple(sorted((thread.tag_names or "").split(_BETWEEN))) if thread.tag_names else (),
            called_by=getattr(thread, "called_by", None) or "",
        )
        for thread in threads
    ]


def _is_unread(thread: Any) -> bool:
    """What nobody of us has answered is unread until seen; what a colleague had seen before, whatever its state."""
    arrived, seen = getattr(thread, "arrived", None), getattr(thread, "seen", None)
    if arrived is None or thread.state == Thread.State.RESOLVED:
        return False
    return bool(seen < arrived) if seen is not None else bool(thread.state == Thread.State.OPEN)


def _excerpt(body: str | None, words: Sequence[str]) -> str:
    """Of a message the part in which one of the words stands."""
    flat = " ".join((body or "").split())
    small = flat.casefold()
    place = min((small.find(word) for word in words if word in small), default=0)
    start = flat.rfind(" ", 0, max(place - 40, 0)) + 1 if place > 60 else 0
    return ("… " if start else "") + flat[start : start + 200]
