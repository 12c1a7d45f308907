"""The list: where one is, its rows, its tabs, and where it goes on."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Thread
from courtesy.conversations.queries import VIEWS, Cursor, NoSuchPlace, Row, View
from courtesy.desk.lifecycle import glimpse
from courtesy.staff.models import Colleague

A_PAGE = 30


@dataclass(frozen=True)
class Where:
    """Which list is open beside the thread, so that every link leads back to it."""

    view: View = "all"
    words: str = ""
    before: str = ""

    @classmethod
    def read(cls, request: HttpRequest) -> "Where":
        """From the address; a list that does not exist is not found."""
        view = request.GET.get("view", "all")
        if view not in VIEWS:
            raise Http404
        return cls(view, request.GET.get("q", "").strip()[:200], request.GET.get("before", "")[:80])

    def query(self, **more: str) -> str:
        """The end of an address: "?view=mine&q=…", or nothing."""
        said = {"view": self.view if self.view != "all" else "", "q": self.words, "before": self.before, **more}
        kept = {name: value for name, value in said.items() if value}
        return f"?{urlencode(kept)}" if kept else ""


@dataclass(frozen=True)
class Listed:
    """A row with what the machine has for it."""

    row: Row
    href: str
    draft: str
    here: bool

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


@dataclass(frozen=True)
class ListPane:
    """The list, its tabs, and where it goes on."""

    where: Where
    rows: list[Listed]
    tabs: list[Tab]
    more: list[Tab]
    older: str
    newest: str
    open: int


def list_pane(where: Where, colleague: Colleague, *, open_thread: int | None = None) -> ListPane:
    """The list as this colleague asked for it. A cursor that is none of ours is not found."""
    if where.words:
        page = conversations.search(where.words, limit=A_PAGE)
    else:
        try:
            before = Cursor.read(where.before) if where.before else None
        except NoSuchPlace:
            raise Http404 from None
        page = conversations.inbox(where.view, colleague, before=before, limit=A_PAGE)
    drafts = glimpse.drafts_in([row.thread_id for row in page.rows])
    rows = [
        Listed(
            row=row,
            href=reverse("thread", args=[row.thread_id]) + where.query(),
            draft=drafts.get(row.thread_id, "") if row.state == Thread.State.OPEN else "",
            here=row.thread_id == open_thread,
        )
        for row in page.rows
    ]
    counts = conversations.counts(colleague)
    tabs, more = _tabs(where, counts)
    older = Where(where.view, where.words, page.next.text()).query() if page.next else ""
    newest = Where(where.view, where.words).query() or reverse("inbox") if where.before else ""
    return ListPane(where, rows, tabs, more, older, newest, counts.all - counts.waiting)


def _tabs(where: Where, counts: conversations.Counts) -> tuple[list[Tab], list[Tab]]:
    words: dict[View, tuple[str, int | None]] = {
        "mine": (_("Mine"), counts.mine),
        "unassigned": (_("Unassigned"), counts.unassigned),
        "all": (_("All"), counts.all),
        "waiting": (_("Waiting"), counts.waiting),
        "resolved": (_("Resolved"), None),
    }
    tabs = [
        Tab(said, reverse("inbox") + Where(view).query(), view == where.view and not where.words, count)
        for view, (said, count) in words.items()
    ]
    return tabs[:3], tabs[3:]
