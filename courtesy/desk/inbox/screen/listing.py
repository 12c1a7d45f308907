"""The list: where one is, its rows, its tabs, and where it goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import TypeVar, cast
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from courtesy.conversations import queries as conversations
from courtesy.conversations.models import SavedView, Thread
from courtesy.conversations.queries import MOST_COUNTED, Cursor, Filter, Further, NoSuchPlace, Row, View
from courtesy.desk import first_reply
from courtesy.desk.inbox import snoozing, sought
from courtesy.desk.inbox.snoozing import Choice
from courtesy.desk.inbox.sought import Sought
from courtesy.desk.lifecycle import glimpse
from courtesy.desk.places import views_in_words
from courtesy.privacy.prepared import Given, Prepared
from courtesy.staff.models import Colleague, Shop
from courtesy.web.addresses import address

A_PAGE = 30
Place = TypeVar("Place", Cursor, Further)


@dataclass(frozen=True)
class Where:
    """Which list is open beside the thread, so that every link leads back to it.

    ``search`` is the name of a search in this session, ``sought`` what it asks for; None where it is known no more.
    """

    view: View = "all"
    tag: int | None = None
    whose: str = ""
    saved: int | None = None
    search: str = ""
    before: str = ""
    sought: Sought | None = None

    @classmethod
    def read(cls, request: HttpRequest) -> "Where":
        """From the address; a list that does not exist is not found."""
        said = request.GET
        try:
            wanted = Filter.read(said.dict())
        except NoSuchPlace:
            raise Http404 from None
        saved = said.get("saved", "")
        if saved and not (saved.isascii() and saved.isdigit() and int(saved) < 2**63):
            raise Http404
        search = said.get("search", "")[:20]
        return cls(
            view=wanted.view,
            tag=wanted.tag,
            whose=wanted.whose,
            saved=int(saved) if saved else None,
            search=search,
            before=said.get("before", "")[:80],
            sought=sought.recall(request, search) if search else None,
        )

    @property
    def words(self) -> str:
        """What is looked for, to stand in the box."""
        return self.sought.words if self.sought else ""

    @property
    def filter(self) -> Filter:
        """What the list is asked for, where no saved view says it."""
        return Filter(self.view, self.tag, self.whose)

    def query(self, **more: str) -> str:
        """The end of an address: "?view=mine&before=…", or nothing."""
        said = {
            **self.filter.kept(),
            "saved": str(self.saved or ""),
            "search": self.search,
            "before": self.before,
            **more,
        }
        if said.get("view") == "all":
            said["view"] = ""
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class Listed:
    """A row with what the machine has for it, and how long the first answer still has, in words."""

    row: Row
    href: str
    draft: str
    here: bool
    left: str = ""
    is_late: bool = False

    @property
    def is_waiting(self) -> bool:
        """Does a person wait for us here?"""
        return self.row.state == Thread.State.OPEN


@dataclass(frozen=True)
class Tab:
    """A view and how much is in it."""

    words: str
    href: str
    here: bool
    count: int | None = None

    @property
    def many(self) -> str:
        """The count as it is shown: 12, or 1000+ where nobody counted on."""
        return "" if self.count is None else f"{self.count}+" if self.count >= MOST_COUNTED else str(self.count)


@dataclass(frozen=True)
class ListPane:
    """The list, its tabs, and where it goes on. ``all`` is False where a search may not have seen everything."""

    where: Where
    rows: list[Listed]
    tabs: list[Tab]
    more: list[Tab]
    saved: list[Tab]
    tags: list[Tab]
    older: str
    newest: str
    open: int
    title: str
    now: datetime
    all: bool = True
    may_answer: bool = False
    snoozes: Sequence[Choice] = field(default_factory=list)

    @cached_property
    def ways(self) -> dict[str, str]:
        """By which way a thread came, in a word."""
        return {"form": _("form"), "mail": _("mail"), "sent mail": _("mail")}

    @cached_property
    def reasons(self) -> dict[str, str]:
        """Why a thread is kept out, in words."""
        return {str(one.value): str(one.label) for one in Thread.Apart}

    @property
    def states(self) -> list[tuple[str, str]]:
        """What a search can ask for."""
        return [*((str(one.value), str(one.label)) for one in Thread.State), ("apart", _("Kept out"))]

    def wakes(self, row: Row) -> str:
        """When a thread that sleeps comes back, in words."""
        return snoozing.in_words(row.snoozed_until, now=self.now) if row.snoozed_until else ""

    @property
    def is_lost(self) -> bool:
        """A search that this session knows no more."""
        return bool(self.where.search) and self.where.sought is None


def list_pane(
    where: Where, colleague: Colleague, *, shop: Shop | None = None, open_thread: int | None = None
) -> ListPane:
    """The list as this colleague asked for it. A cursor or a saved view that is none of theirs is not found.

    With the ``shop`` it offers until when the chosen threads could sleep.
    """
    now = timezone.now()
    kept = saved_views(colleague)
    filters = {one.pk: read_filter(one) for one in kept}
    if where.saved is not None and where.saved not in filters:
        raise Http404
    page = _page(where, filters.get(where.saved or 0, where.filter), colleague)
    # What was looked for is found the same with or without a draft, and costs a question less.
    drafts = {} if where.search else glimpse.drafts_in([row.thread_id for row in page.rows])
    counts = conversations.counts(colleague, filters)
    tabs, more = _tabs(where, counts)
    saved = [_saved_tab(one, where, counts) for one in kept]
    tags = [
        Tab(one.name, _href(Where(tag=one.pk)), where.tag == one.pk and not where.search)
        for one in ([] if where.search else conversations.tags())
    ]
    here = [tab.words for tab in (*saved, *tags, *tabs, *more) if tab.here]
    back = where.query()
    return ListPane(
        where=where,
        rows=[_listed(row, back, drafts, now=now, open_thread=open_thread) for row in page.rows],
        tabs=tabs,
        more=more,
        saved=saved,
        tags=tags,
        older=where.query(before=page.next.text()) if page.next else "",
        newest=address("inbox") + where.query(before="") if where.before else "",
        open=counts.open,
        title=here[0] if here else _("Search"),
        now=now,
        all=page.all,
        may_answer=colleague.may("answer"),
        snoozes=snoozing.choices(shop, now=now) if shop else [],
    )


def next_in(where: Where, colleague: Colleague, *, after: Cursor) -> int | None:
    """The thread that comes after this place in the list; None in a search, and at the list's end."""
    if where.search:
        return None
    view = saved_view(where.saved, colleague) if where.saved else None
    rows = conversations.inbox(read_filter(view) if view else where.filter, colleague, before=after, limit=1).rows
    return rows[0].thread_id if rows else None


def saved_views(colleague: Colleague) -> list[SavedView]:
    """Those of everybody, then their own."""
    return sorted(_SAVED(me=colleague.pk), key=lambda view: (view.colleague_id is not None, view.name.casefold()))


_SAVED = Prepared(lambda: SavedView.objects.filter(Q(colleague=None) | Q(colleague=Given("me", SavedView.colleague))))


def saved_view(number: int, colleague: Colleague) -> SavedView:
    """The view, if it is everybody's or this colleague's own; not found for another's."""
    found = SavedView.objects.filter(pk=number).first()
    if found is None or found.colleague_id not in (None, colleague.pk):
        raise Http404
    return found


def read_filter(view: SavedView) -> Filter:
    """What a saved view asks for; one that says something unknown (from a later version) asks for everything."""
    try:
        return Filter.read(view.filters)
    except NoSuchPlace:
        return Filter()


def _page(where: Where, wanted: Filter, colleague: Colleague) -> conversations.Page:
    if where.search:
        if where.sought is None:
            return conversations.Page([])
        return conversations.search(
            where.sought.words,
            within=where.sought.within(),
            colleague=colleague,
            limit=A_PAGE,
            after=_place(Further, where.before),
        )
    return conversations.inbox(wanted, colleague, before=_place(Cursor, where.before), limit=A_PAGE)


def _place(sort: type[Place], text: str) -> Place | None:
    try:
        return sort.read(text) if text else None
    except NoSuchPlace:
        raise Http404 from None


def _listed(row: Row, back: str, drafts: dict[int, str], *, now: datetime, open_thread: int | None) -> Listed:
    is_open = row.state == Thread.State.OPEN
    timed = cast(first_reply.Timed, row)  # a row is frozen, and nobody there writes
    return Listed(
        row=row,
        href=address("thread", row.thread_id) + back,
        draft=drafts.get(row.thread_id, "") if is_open else "",
        here=row.thread_id == open_thread,
        left=first_reply.left_in_words(timed, now) if is_open else "",
        is_late=is_open and first_reply.is_overdue(timed, now),
    )


def _tabs(where: Where, counts: conversations.Counts) -> tuple[list[Tab], list[Tab]]:
    plain = not (where.search or where.saved or where.tag or where.whose)
    numbers: dict[View, int | None] = {
        "mine": counts.mine,
        "unassigned": counts.unassigned,
        "all": counts.all,
        "waiting": counts.waiting,
        "snoozed": counts.snoozed,
        "resolved": None,
        "apart": counts.apart,
    }
    tabs = [
        Tab(said, _href(Where(view)), view == where.view and plain, numbers[view])
        for view, said in views_in_words().items()
    ]
    return tabs[:3], tabs[3:]


def _saved_tab(view: SavedView, where: Where, counts: conversations.Counts) -> Tab:
    return Tab(view.name, _href(Where(saved=view.pk)), where.saved == view.pk, counts.saved.get(view.pk))


def _href(where: Where) -> str:
    return address("inbox") + where.query()
