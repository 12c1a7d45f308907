"""What can be found out about promises. Those of an answer that was taken back were never given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courtesy.conversations.models import Event, Message, Promise, Thread
from courtesy.people import queries as people
from courtesy.privacy.prepared import Given, Prepared
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours
from courtesy.staff.models import Colleague

State = Promise.State


@dataclass(frozen=True)
class Due:
    """A promise in a list: whose it is, to whom, and how it stands on this day.

    ``answered_since``: we have written in the thread after the promise, so perhaps it is kept.
    """

    promise: Promise
    name: str
    today: date
    answered_since: bool

    @property
    def thread_id(self) -> int:
        """Where it was given; a merge or a split may have taken it there."""
        return self.promise.message.thread_id

    @property
    def day(self) -> str:
        """Its day as one says it: today, tomorrow, Tuesday 1 December."""
        ahead = (self.promise.due_on - self.today).days
        if ahead in {0, 1}:
            return _("today") if ahead == 0 else _("tomorrow")
        same_year = self.promise.due_on.year == self.today.year
        return date_format(self.promise.due_on, "l j F" if same_year else "l j F Y")

    @property
    def is_late(self) -> bool:
        """Whether its day is over."""
        return self.promise.due_on < self.today

    @property
    def is_today(self) -> bool:
        """Whether it is due today."""
        return self.promise.due_on == self.today


@dataclass(frozen=True)
class Waiting:
    """Open promises of the coming week, the latest first; and how many there are, mine and of all of us."""

    shown: Sequence[Due]
    mine: int
    all: int
    later: int


@dataclass(frozen=True)
class InThread:
    """The promises of one thread: offered and to be confirmed, open, and done."""

    offered: Sequence[Due]
    open: Sequence[Due]
    kept: Sequence[Due]

    def __bool__(self) -> bool:
        return bool(self.offered or self.open or self.kept)


def waiting(
    colleague: Colleague, *, at: datetime, everybody: bool = False, limit: int = 20, hours: Hours | None = None
) -> Waiting:
    """Overdue promises first, then today's, then those of the next seven days; two queries and those for names,
    one where nothing is open."""
    today = (hours or Hours.of(staff.shop())).day_of(at)
    opened = _given().filter(state=State.OPEN)
    counted = opened.aggregate(all=Count("pk"), mine=Count("pk", filter=Q(holder=colleague)))
    if not counted["all"]:
        return Waiting([], 0, 0, 0)
    wanted = opened if everybody else opened.filter(holder=colleague)
    soon = wanted.filter(due_on__lte=today + timedelta(days=7)).order_by("due_on", "pk")
    shown = _due(soon[:limit], today) if everybody or counted["mine"] else []
    count = counted["all"] if everybody else counted["mine"]
    return Waiting(shown, counted["mine"], counted["all"], count - len(shown))


def of_thread(thread: Thread, *, at: datetime, hours: Hours | None = None) -> InThread:
    """The promises of this thread, the nearest day first, without the customer's name; one query."""
    today = (hours or Hours.of(staff.shop())).day_of(at)
    due = [Due(row, "", today, bool(row.since)) for row in _OF_THREAD(thread=thread.pk)]
    states = (State.OFFERED, State.OPEN, State.KEPT)
    offered, opened, kept = ([one for one in due if one.promise.state == state] for state in states)
    return InThread(offered, opened, kept)


def held_by(colleague: Colleague) -> QuerySet[Promise]:
    """The open and offered promises this colleague looks after, the nearest day first."""
    return _given().filter(holder=colleague, state__in=(State.OPEN, State.OFFERED)).order_by("due_on", "pk")


@dataclass(frozen=True)
class Told:
    """A promise as its customer reads it, in the words of the answer they got."""

    words: str
    due_on: date
    kept_on: date | None
    taken_off_on: date | None
    is_late: bool


def told(thread: Thread, *, at: datetime) -> list[Told]:
    """What we promised in this thread, for its customer: only words that stand in an answer that was sent.

    Never what was offered only, nor what a colleague wrote down by hand for the team. What was a promise and was taken
    off is told as such, so that nothing is made undone by a click.
    """
    hours = Hours.of(staff.shop())
    today = hours.day_of(at)
    rows = list(
        _given()
        .filter(message__thread=thread, message__kind=Message.Kind.OUT)
        .exclude(state=State.OFFERED)
        .order_by("due_on", "pk")
    )
    given = Event.objects.filter(kind=Event.Kind.PROMISED, message__in={row.message_id for row in rows})
    were_open = {facts.get("promise") for facts in given.values_list("facts", flat=True)} if rows else set()
    return [
        Told(
            words=row.words,
            due_on=row.due_on,
            kept_on=hours.day_of(row.ended_at) if row.state == State.KEPT and row.ended_at else None,
            taken_off_on=hours.day_of(row.ended_at) if row.state == State.DROPPED and row.ended_at else None,
            is_late=row.state == State.OPEN and row.due_on < today,
        )
        for row in rows
        if row.pk in were_open and _flat(row.words) in _flat(row.message.body)
    ]


def _given() -> QuerySet[Promise]:
    return Promise.objects.filter(message__taken_back_at=None).select_related("message__thread", "holder", "made_by")


def _since(rows: QuerySet[Promise]) -> QuerySet[Any]:
    """With whether we have written in the thread since."""
    since = Message.objects.filter(
        thread=OuterRef("message__thread"), kind=Message.Kind.OUT, taken_back_at=None, pk__gt=OuterRef("message")
    )
    return rows.annotate(since=Exists(since))


def _due(rows: QuerySet[Promise], today: date) -> list[Due]:
    found = list(_since(rows))
    names = people.names({row.message.thread.person_id for row in found})
    return [Due(row, names.get(row.message.thread.person_id, ""), today, bool(row.since)) for row in found]


_OF_THREAD = Prepared(
    lambda: (
        _since(_given())
        .filter(message__thread=Given("thread", Message.thread))
        .exclude(state=State.DROPPED)
        .order_by("due_on", "pk")
    )
)


def _flat(text: str) -> str:
    return " ".join(text.split())


def due_of(colleague: Colleague, *, at: datetime) -> list[Due]:
    """What this colleague looks after, with the customers' names, the nearest day first."""
    return _due(held_by(colleague), Hours.of(staff.shop()).day_of(at))
