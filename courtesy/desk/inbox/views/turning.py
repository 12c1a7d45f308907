"""One thread put to sleep, tagged, marked unread, kept out of the queue or brought back; each a small post."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.conversations.models import Thread
from courtesy.conversations.queries import Cursor
from courtesy.desk.inbox import access, snoozing
from courtesy.desk.inbox.screen import Where
from courtesy.desk.inbox.screen.listing import next_in
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say


@colleagues_may("answer")
@require_POST
def snooze(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Out of sight until a moment that was picked, and on to the next in the list."""
    thread = access.thread_of(thread_id)
    said = request.POST.get("until") or request.POST.get("day", "")
    now = timezone.now()
    try:
        until = snoozing.until(staff.shop(), said, now=now)
    except snoozing.NoSuchTime:
        say(request, _("Take a day after today, within a year."), tone="care")
        return HttpResponseRedirect(_thread(request, thread.pk))
    after = following(request, thread)
    conversations.snooze(thread.pk, until=until, by=colleague_of(request), at=now)
    say(
        request,
        _("Snoozed until %(when)s.") % {"when": snoozing.in_words(until, now=now)},
        undo=reverse("reopening", args=[thread.pk]),
    )
    return HttpResponseRedirect(after)


@colleagues_may("answer")
@require_POST
def tags(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Put a word on the thread or, with ``off``, take it off."""
    thread = access.thread_of(thread_id)
    turn = conversations.untag if request.POST.get("off") else conversations.tag
    try:
        turn(thread.pk, name=request.POST.get("tag", ""), by=colleague_of(request), at=timezone.now())
    except conversations.NoTag:
        say(request, _("A tag needs a letter or a digit."), tone="care")
    return HttpResponseRedirect(_thread(request, thread.pk))


@colleagues_may("see")
@require_POST
def unread(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Unread again, for this colleague, and back to the list: the thread itself would make it read at once."""
    thread = access.thread_of(thread_id)
    conversations.unsee(thread.pk, by=colleague_of(request), at=timezone.now())
    return HttpResponseRedirect(reverse("inbox") + Where.read(request).query())


@colleagues_may("answer")
@require_POST
def keeping_out(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Keep the thread out of the queue, and on to the next in the list."""
    thread = access.thread_of(thread_id)
    why = request.POST.get("why", Thread.Apart.SPAM)
    if why not in Thread.Apart.values:
        raise Http404
    after = following(request, thread)
    conversations.set_apart(thread.pk, why=why, by=colleague_of(request), at=timezone.now())
    say(request, _("Kept out of the queue."), undo=reverse("bringing_back", args=[thread.pk]))
    return HttpResponseRedirect(after)


@colleagues_may("answer")
@require_POST
def bringing_back(request: HttpRequest, thread_id: int) -> HttpResponse:
    """It belongs into the queue after all."""
    thread = access.thread_of(thread_id)
    conversations.bring_back(thread.pk, by=colleague_of(request), at=timezone.now())
    return HttpResponseRedirect(_thread(request, thread.pk))


def following(request: HttpRequest, thread: Thread) -> str:
    """Where one goes on when this thread is done with: the next in the list it was read in, else the list itself."""
    where = Where.read(request)
    after = next_in(where, colleague_of(request), after=Cursor(thread.last_message_at, thread.pk))
    return (reverse("thread", args=[after]) if after else reverse("inbox")) + where.query()


def _thread(request: HttpRequest, thread_id: int) -> str:
    return reverse("thread", args=[thread_id]) + Where.read(request).query()
