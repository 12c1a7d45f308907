"""Lists of threads, by cursor: a page is as quick after two hundred others as the first."""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Self
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Value

from courtesy.conversations import search as words_search
from courtesy.conversations.models import Attachment, Tag, Tagging, Thread
from courtesy.conversations.queries.rows import Row, as_rows, with_excerpt
from courtesy.conversations.search import Within
from courtesy.people import queries as people
from courtesy.privacy.prepared import Given, Prepared, Statement, many, room_for
from courtesy.staff.models import Colleague

View = Literal["mine", "unassigned", "all", "waiting", "snoozed", "resolved", "apart"]
VIEWS: tuple[View, ...] = ("mine", "unassigned", "all", "waiting", "snoozed", "resolved", "apart")
MOST_BY_NAME = 200
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
class Further:
    """The place in what was found after which the next page begins: so many were shown of what there was when the
    message numbered ``upto`` was the newest hit. What comes in meanwhile moves nothing."""

    shown: int
    upto: int | None

    def text(self) -> str:
        """For an address; no word of what is looked for stands in it."""
        return f"{self.shown}~{self.upto or 0}"

    @classmethod
    def read(cls, text: str) -> "Further":
        """The place `text` wrote. Raises NoSuchPlace."""
        shown, _, upto = text.partition("~")
        if not all(one.isascii() and one.isdigit() and int(one) < 2**63 for one in (shown, upto)):
            raise NoSuchPlace
        return cls(int(shown), int(upto) or None)


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

    @property
    def shape(self) -> "_Shape":
        """What is asked for, without for whom or for which tag."""
        whose = "one" if self.whose not in ("", "nobody") else self.whose
        return (self.view, whose, self.tag is not None)

    def values(self, colleague: Colleague, mark: str = "") -> dict[str, Any]:
        """For whom, and for which tag."""
        whose = colleague.pk if self.whose in ("", "me", "nobody") else UUID(self.whose)
        return {"me": colleague.pk, f"whose{mark}": whose, f"tag{mark}": self.tag}


@dataclass(frozen=True)
class Page:
    """Some rows, and where the next begin; None on the last page. ``all``: there is nothing older that fits."""

    rows: list[Row]
    next: Cursor | Further | None = None
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


_OPEN, _WAITING, _SNOOZED, _RESOLVED = (
    _Written(state.value)
    for state in (Thread.State.OPEN, Thread.State.WAITING, Thread.State.SNOOZED, Thread.State.RESOLVED)
)
_QUEUE = Q(apart=_Written(""), merged_into=None)
_STANDING = Q(merged_into=None)


def inbox(which: View | Filter, colleague: Colleague, *, before: Cursor | None = None, limit: int = 50) -> Page:
    """A page of threads, the newest message first; as quick on page 200 as on page 1."""
    wanted = which if isinstance(which, Filter) else Filter(which)
    values = wanted.values(colleague)
    if before is not None:
        values |= {"at": before.at, "id": before.id}
    rows = as_rows(_PAGE(wanted.shape, before is not None, limit + 1, **values))
    if len(rows) <= limit:
        return Page(rows)
    last = rows[limit - 1]
    return Page(rows[:limit], Cursor(last.last_message_at, last.thread_id), all=False)


def of_person(person_id: UUID, *, limit: int = 20) -> list[Row]:
    """A person's threads, the newest first."""
    threads = Thread.objects.filter(_STANDING, person_id=person_id).order_by("-last_message_at", "-pk")
    return as_rows(with_excerpt(threads)[:limit])


def rows_of(thread_ids: Collection[int], colleague: Colleague) -> list[Row]:
    """These threads, the newest first; one that became part of another is not among them."""
    ids = list(thread_ids)
    return as_rows(_THESE(room_for(ids), True, ids=ids, me=colleague.pk)) if ids else []


def counts(colleague: Colleague, saved: Mapping[int, Filter] | None = None) -> Counts:
    """How many threads each view holds, and each of these filters; one query, however many threads there are."""
    wanted = [view for view in VIEWS if view != "resolved"]
    filters = saved or {}
    values: dict[str, Any] = {"me": colleague.pk}
    for number, one in enumerate(filters.values()):
        values |= one.values(colleague, mark=str(number))
    shapes = tuple(one.shape for one in filters.values())

    def lists() -> list[QuerySet[Thread]]:
        views = [_within((view, "", False)) for view in wanted]
        return [*views, _waits(), *(_within(one, str(number)) for number, one in enumerate(shapes))]

    numbers = _counted(shapes, lists, values)
    rest = numbers[len(wanted) :]
    named = dict(zip(wanted, numbers, strict=False))
    return Counts(**named, open=rest[0], saved=dict(zip(filters, rest[1:], strict=True)))


def how_many_wait(_colleague: Colleague) -> int:
    """How many threads are open, for the rail; the same for every colleague, and counted up to MOST_COUNTED."""
    return _counted("open", lambda: [_waits()], {})[0]


def longest_waiting(*, limit: int = 6) -> list[Row]:
    """Open threads, whoever waits longest first."""
    return as_rows(_LONGEST(limit))


def oldest_open_at() -> datetime | None:
    """Since when the customer waits who has waited longest; None where nobody waits."""
    return _waits().order_by("last_message_at").values_list("last_message_at", flat=True).first()


def search(
    words: str,
    *,
    within: Within | None = None,
    colleague: Colleague | None = None,
    limit: int = 50,
    after: Further | None = None,
) -> Page:
    """Threads of people whose name begins so, then those whose messages or subject hold the words; the newest first.

    Without words, but with a span, a state or a file: the threads that fit. Threads kept apart are found too. The next
    page goes on ``after`` the last one; as far as the newest hits go that are read at all.
    """
    within, after = within or Within(), after or Further(0, None)
    if not words_search.words_in(words) and "@" not in words:
        return _fitting(within, colleague, limit, after) if within and not words.strip() else Page([])
    found = [person.pk for person in people.search(words)][:limit]
    span = {"since": within.since, "until": within.until}
    by_name = _OF_PEOPLE(room_for(found), _asked(within), MOST_BY_NAME, people=found, **span) if found else []
    said = words_search.find(words, within, limit=limit, most=words_search.NEWEST, upto=after.upto)
    hits = {hit.thread_id: hit.message_id for hit in said.hits}
    # Half a page for names, then what was said; whoever else is called so stands last.
    place = dict.fromkeys([*by_name[: limit // 2], *hits, *by_name[limit // 2 :]])
    ids = list(place)[after.shown : after.shown + limit]
    if not ids:
        return Page([], all=said.all)
    bodies = [number for thread_id in ids if (number := hits.get(thread_id)) is not None]
    me = {"me": colleague.pk} if colleague else {}
    threads = _THESE(room_for(ids), bool(me), room_for(bodies), ids=ids, hits=bodies, **me)
    rows = as_rows(threads, about=words_search.words_in(words))
    first, last = set(by_name[: limit // 2]), set(by_name[limit // 2 :]) - hits.keys()
    # Keeps the newest first within each part.
    rows.sort(key=lambda row: 0 if row.thread_id in first else 2 if row.thread_id in last else 1)
    shown = after.shown + len(ids)
    newest = max((number for number in hits.values() if number is not None), default=None)
    goes_on = Further(shown, after.upto or newest) if shown < len(place) else None
    return Page(rows, goes_on, all=said.all and goes_on is None)


def tags() -> list[Tag]:
    """All the words this shop puts on threads."""
    return _TAGS()


def _waits() -> QuerySet[Thread]:
    return Thread.objects.filter(_QUEUE, state=_OPEN)


_Shape = tuple[View, str, bool]


def _within(shape: _Shape, mark: str = "") -> QuerySet[Thread]:
    view, whose, tagged = shape
    me = Given("me", Thread.assignee)
    state = {
        "mine": Q(state=_OPEN, assignee=me),
        "unassigned": Q(state=_OPEN, assignee=None),
        "all": ~Q(state=_RESOLVED),
        "waiting": Q(state=_WAITING),
        "snoozed": Q(state=_SNOOZED),
        "resolved": Q(state=_RESOLVED),
        "apart": ~Q(apart=_Written("")),
    }[view]
    threads = Thread.objects.filter(_STANDING if view == "apart" else _QUEUE).filter(state)
    if whose == "nobody":
        threads = threads.filter(assignee=None)
    elif whose:
        threads = threads.filter(assignee=Given(f"whose{mark}", Thread.assignee))
    if tagged:
        of_it = Tagging.objects.filter(thread=OuterRef("pk"), tag=Given(f"tag{mark}", Tagging.tag))
        threads = threads.filter(Exists(of_it))
    return threads


def _page(shape: _Shape, goes_on: bool, limit: int) -> QuerySet[Any]:
    threads = _within(shape)
    if goes_on:
        at, number = Given("at", _COLUMN("last_message_at")), Given("id", _COLUMN("id"))
        threads = threads.filter(
            Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=number), last_message_at__lte=at
        )
    return with_excerpt(threads.order_by("-last_message_at", "-pk"), for_somebody=True)[:limit]


def _these(room: int, for_somebody: bool, hits: int = 0) -> QuerySet[Any]:
    threads = Thread.objects.filter(_STANDING, pk__in=many("ids", _COLUMN("id"), room))
    return with_excerpt(threads.order_by("-last_message_at", "-pk"), for_somebody=for_somebody, hits=hits)


def _of_people(room: int, asked: "_Asked", limit: int) -> QuerySet[Any]:
    threads = _fit(Thread.objects.filter(_STANDING, person__pk__in=many("people", Thread.person, room)), asked)
    return threads.order_by("-last_message_at", "-pk").values_list("pk", flat=True)[:limit]


def _fits(asked: "_Asked", for_somebody: bool, limit: int) -> QuerySet[Any]:
    threads = _fit(Thread.objects.filter(_STANDING), asked).order_by("-last_message_at", "-pk")
    return with_excerpt(threads, for_somebody=for_somebody)[:limit]


def _asked(within: Within) -> "_Asked":
    return (within.since is not None, within.until is not None, within.state, within.attached)


_Asked = tuple[bool, bool, str, bool]
_COLUMN = Thread._meta.get_field
_PAGE, _THESE, _OF_PEOPLE, _FITTING = Prepared(_page), Prepared(_these), Prepared(_of_people), Prepared(_fits)
_LONGEST = Prepared(lambda limit: with_excerpt(_waits().order_by("last_message_at", "pk"))[:limit])
_TAGS = Prepared(lambda: Tag.objects.order_by("name"))
_COUNTING: dict[Any, Statement] = {}


def _counted(shape: Hashable, lists: Callable[[], Sequence[QuerySet[Thread]]], values: Mapping[str, Any]) -> list[int]:
    """How many each of these lists holds, up to MOST_COUNTED, in one statement, which is kept under its shape."""
    statement = _COUNTING.get((connection.vendor, shape))
    if statement is None:
        bounded = (threads.order_by().values(one=Value(1))[:MOST_COUNTED] for threads in lists())
        parts = [Statement.of(threads.query.get_compiler(using="default")) for threads in bounded]
        counted = ", ".join(
            f"(SELECT count(*) FROM ({part.text}) AS list_{number})"  # noqa: S608 (the ORM's own statement)
            for number, part in enumerate(parts)
        )
        statement = Statement(f"SELECT {counted}", tuple(one for part in parts for one in part.params))
        _COUNTING[connection.vendor, shape] = statement
    with connection.cursor() as cursor:
        cursor.execute(statement.text, statement.filled(values, connection))
        return list(cursor.fetchone())


def _fit(threads: QuerySet[Thread], asked: "_Asked") -> QuerySet[Thread]:
    """Those that something was written in within the span, as near as a thread knows it, and of this state."""
    since, until, state, attached = asked
    if since:
        threads = threads.filter(last_message_at__gte=Given("since", _COLUMN("last_message_at")))
    if until:
        threads = threads.filter(created_at__lt=Given("until", _COLUMN("created_at")))
    if state == "apart":
        threads = threads.filter(~Q(apart=_Written("")))
    elif state:
        threads = threads.filter(apart=_Written(""), state=_Written(Thread.State(state).value))
    if attached:
        files = Attachment.objects.filter(message__thread=OuterRef("pk"), inline=False)
        threads = threads.filter(Exists(files))
    return threads


def _fitting(within: Within, colleague: Colleague | None, limit: int, after: Further) -> Page:
    me, span = {"me": colleague.pk} if colleague else {}, {"since": within.since, "until": within.until}
    # Each page asks for the pages before it too: their number is bounded, as in a search by words.
    most = (min(after.shown, words_search.NEWEST) // limit + 2) * limit + 1
    rows = as_rows(_FITTING(_asked(within), bool(me), most, **span, **me)[after.shown :])
    goes_on = (
        Further(after.shown + limit, None) if len(rows) > limit and after.shown + limit < words_search.NEWEST else None
    )
    return Page(rows[:limit], goes_on, all=len(rows) <= limit)
