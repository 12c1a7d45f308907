"""The thread."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Thread
from courtesy.desk import first_reply
from courtesy.desk.customers import queries as customers
from courtesy.desk.inbox import access, screen, snoozing, texts
from courtesy.desk.inbox.says import SHORT
from courtesy.desk.inbox.screen import WRITES, Where
from courtesy.desk.promises import queries as promises
from courtesy.desk.topics import TOPICS
from courtesy.privacy import keys
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.staff.hours import Hours


@colleagues_may("see")
@require_GET
def thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """One thread between its list and what stands beside it. One that became part of another leads there."""
    held = access.thread_of(thread_id)
    if held.pk != thread_id:
        return HttpResponseRedirect(reverse("thread", args=[held.pk]) + Where.read(request).query())
    write = request.GET.get("write", "")
    page = thread_page(request, held, write if write in WRITES else "")
    seen = page["open"].story.last_event
    # A page that only brings itself up to date may lie in a tab nobody looks at.
    if "fresh" not in request.GET and not page["open"].company.is_known(event=seen, now=page["now"]):
        conversations.look(thread_id, by=colleague_of(request), at=page["now"], writes=False, event=seen)
    return render(request, "inbox/thread.html", page)


def thread_page(request: HttpRequest, held: Thread, write: str = "") -> dict[str, Any]:
    """What the thread's page needs; also for an answer that was refused and is shown again."""
    me, now = colleague_of(request), timezone.now()
    where = Where.read(request)
    request.shop_front = shop = staff.shop()  # type: ignore[attr-defined]
    # The list's names are opened first, and the thread's by the same question.
    keys.wish([held.person.key_id])
    rows = screen.list_pane(where, me, shop=shop, open_thread=held.pk)
    request.counted = {"inbox": rows.open}  # type: ignore[attr-defined]
    may_answer = me.may("answer")
    pane = screen.thread_pane(held, me, shop=shop, write=write if may_answer else "", now=now)
    asked = request.GET.get("beside", "")
    sources = screen.sources_of(pane.draft, person_id=held.person_id)
    show_person = sources is None or asked == "person"
    known = None
    if show_person:
        letters = [item.body for item in pane.story.items if item.what == "message" and not item.ours]
        known = customers.panels_of(held.person, at=now, words=letters)
    return {
        "list": rows,
        "where": where,
        "open": pane,
        "sources": sources,
        "beside": screen.beside_of(held, pane.story, records=known.records, now=now) if known else None,
        "known": known,
        "may_answer": may_answer,
        "colleagues": [one for one in staff.colleagues() if one.may("answer")] if asked == "person" else [],
        "asked_person": asked == "person",
        "asked_to_write": bool(write),
        "texts": texts.offered(note=pane.composer.is_note) if "put" in request.GET and pane.composer.kind else None,
        "snoozes": snoozing.choices(shop, now=now) if may_answer else [],
        "with_calls": screen.with_calls,
        "with_links": screen.with_links,
        "whys": [(why.value, why.label, short) for why, short in SHORT.items()],
        "topics": TOPICS,
        "promises": promises.of_thread(held, at=now, hours=Hours.of(shop)),
        "first_left": first_reply.left_in_words(held, now),
        "first_late": first_reply.is_overdue(held, now),
        "now": now,
    }
