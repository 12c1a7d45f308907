"""The list and the thread."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from courtesy.desk.inbox import access, screen
from courtesy.desk.inbox.says import SHORT
from courtesy.desk.inbox.screen import Where
from courtesy.desk.promises import queries as promises
from courtesy.desk.topics import TOPICS
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may
from courtesy.staff.hours import Hours

WRITES = {"reply", "draft", "note"}


@colleagues_may("see")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The list alone; on a wide screen with an empty place beside it."""
    pane = screen.list_pane(Where.read(request), _me(request))
    request.counted = {"inbox": pane.open}  # type: ignore[attr-defined]
    return render(request, "inbox/list.html", {"list": pane, "where": pane.where, "open": None})


@colleagues_may("see")
@require_GET
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """One thread between its list and what stands beside it."""
    write = request.GET.get("write", "")
    return render(request, "inbox/thread.html", thread_page(request, thread_id, write if write in WRITES else ""))


def thread_page(request: HttpRequest, thread_id: int, write: str = "") -> dict[str, Any]:
    """What the thread's page needs; also for an answer that was refused and is shown again."""
    me, now = _me(request), timezone.now()
    where = Where.read(request)
    held = access.thread_of(thread_id)
    # The list first: opening its names opens the thread's too.
    rows = screen.list_pane(where, me, open_thread=thread_id)
    request.counted = {"inbox": rows.open}  # type: ignore[attr-defined]
    request.shop_front = shop = staff.shop()  # type: ignore[attr-defined]
    pane = screen.thread_pane(held, me, shop=shop, write=write if me.may("answer") else "", now=now)
    asked = request.GET.get("beside", "")
    sources = screen.sources_of(pane.draft)
    show_person = sources is None or asked == "person"
    return {
        "list": rows,
        "where": where,
        "open": pane,
        "sources": sources,
        "beside": screen.beside_of(held, pane.story, now=now) if show_person else None,
        "may_answer": me.may("answer"),
        "colleagues": [one for one in staff.colleagues() if one.may("answer")] if asked == "person" else [],
        "asked_person": asked == "person",
        "whys": [(why.value, why.label, short) for why, short in SHORT.items()],
        "topics": TOPICS,
        "promises": promises.of_thread(held, at=now, hours=Hours.of(shop)),
        "now": now,
    }


def _me(request: HttpRequest) -> Any:
    return request.user
