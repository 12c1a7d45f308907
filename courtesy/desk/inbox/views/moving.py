"""Threads that belong together or apart: merged, split, put back; and senders who are blocked."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courtesy.conversations import actions as conversations
from courtesy.conversations import queries
from courtesy.conversations.models import Move, Thread
from courtesy.desk.inbox import access
from courtesy.desk.inbox.screen import Where
from courtesy.desk.inbox.views.turning import following
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say

LISTED = 12


@colleagues_may("answer")
@require_http_methods(["GET", "POST"])
def merging(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Choose another thread that becomes part of this one: of the same person, or one that is looked for."""
    thread = access.thread_of(thread_id)
    if "other" in request.POST:
        return _merged(request, thread)
    # Looked for by a post: what stands in an address lies in logs and histories.
    words = request.POST.get("look", "").strip()[:200]
    rows = queries.search(words, limit=LISTED).rows if words else queries.of_person(thread.person_id, limit=LISTED)
    page = {
        "thread": thread,
        "rows": [row for row in rows if row.thread_id != thread.pk],
        "words": words,
        "where": Where.read(request),
    }
    return render(request, "inbox/merging.html", page)


@colleagues_may("answer")
@require_POST
def splitting(request: HttpRequest, message_id: int) -> HttpResponse:
    """From this message on, a thread of its own."""
    message = access.message_of(message_id)
    try:
        fresh = conversations.split(message_id, by=colleague_of(request), at=timezone.now())
    except conversations.Refused:
        say(request, _("There is nothing to split off."), tone="care")
        return _to(request, message.thread_id)
    group = Move.objects.filter(message=message_id, undone_at=None).order_by("-pk").values_list("group", flat=True)[0]
    say(request, _("Split: this is a thread of its own now."), undo=reverse("moving_back", args=[group]))
    return _to(request, fresh.pk)


@colleagues_may("answer")
@require_POST
def moving_back(request: HttpRequest, group: UUID) -> HttpResponse:
    """Undo a merge or a split: what was moved goes back to where it was."""
    move = Move.objects.filter(group=group).order_by("pk").first()
    if move is None:
        raise Http404
    try:
        conversations.unmerge(group, by=colleague_of(request), at=timezone.now())
    except conversations.Refused:
        say(request, _("It was put back before."), tone="care")
    else:
        say(request, _("Put back where it was."))
    return _to(request, access.thread_of(move.from_thread_id).pk)


@colleagues_may("answer")
@require_POST
def blocking(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Keep out of the queue whatever this person writes, now and from now on."""
    thread = access.thread_of(thread_id)
    after = following(request, thread)
    conversations.block(thread.person, by=colleague_of(request), at=timezone.now())
    undo = reverse("unblocking", args=[thread.pk])
    say(request, _("Blocked. What they write is kept, and kept out of the queue."), undo=undo)
    return HttpResponseRedirect(after)


@colleagues_may("answer")
@require_POST
def unblocking(request: HttpRequest, thread_id: int) -> HttpResponse:
    """They are heard again."""
    thread = access.thread_of(thread_id)
    conversations.unblock(thread.person, by=colleague_of(request), at=timezone.now())
    say(request, _("They are heard again."))
    return _to(request, thread.pk)


def _merged(request: HttpRequest, thread: Thread) -> HttpResponse:
    said = request.POST.get("other", "")
    if not said.isdecimal() or len(said) > 18:
        raise Http404
    try:
        group = conversations.merge([int(said)], into=thread.pk, by=colleague_of(request), at=timezone.now())
    except conversations.NothingToMove:
        raise Http404 from None
    except conversations.NoSuchThread:  # or somebody merged it a moment ago
        say(request, _("That thread is not there any more; look again."), tone="care")
        return _to(request, thread.pk)
    say(request, _("Merged into this thread."), undo=reverse("moving_back", args=[group]))
    return _to(request, thread.pk)


def _to(request: HttpRequest, thread_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("thread", args=[thread_id]) + Where.read(request).query())
