"""What a colleague does with a promise; each is a small post and leads back to where it was made."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.desk.promises import access, actions
from courtesy.desk.promises.forms import DayForm, PromiseForm
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say

BIGGEST = 2**63 - 1


@colleagues_may("answer")
@require_POST
def promises(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Write a promise down by hand."""
    form = PromiseForm(request.POST)
    if thread_id > BIGGEST:
        raise Http404
    if not form.is_valid():
        say(request, form.wrong, tone="care")
        return _to_thread(request, thread_id)
    try:
        actions.give(thread_id, **form.cleaned_data, by=colleague_of(request), at=timezone.now())
    except actions.DayIsOver:
        say(request, _("That day is over. Choose a coming one."), tone="care")
    except (actions.NothingPromised, conversations.NoSuchThread):
        raise Http404 from None
    except conversations.MergedAway:
        say(request, _("This thread has become part of another; look there."), tone="care")
    else:
        say(request, _("Kept as a promise."))
    return _to_thread(request, thread_id)


@colleagues_may("answer")
@require_POST
def confirmation(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Yes, this is a promise, for this day."""
    return _with_day(request, promise_id, actions.confirm, _("Kept as a promise."))


@colleagues_may("answer")
@require_POST
def promise_day(request: HttpRequest, promise_id: int) -> HttpResponse:
    """Another day for it."""
    return _with_day(request, promise_id, actions.move, _("It has another day now."))


@colleagues_may("answer")
@require_POST
def removal(request: HttpRequest, promise_id: int) -> HttpResponse:
    """It is no promise, or need not be kept any more."""
    return _done(request, promise_id, actions.drop, _("It is off the list."))


@colleagues_may("answer")
@require_POST
def keeping(request: HttpRequest, promise_id: int) -> HttpResponse:
    """What was promised is done."""
    undo = reverse("promise_opening", args=[promise_id])
    return _done(request, promise_id, actions.keep, _("The promise is kept."), undo=undo)


@colleagues_may("answer")
@require_POST
def opening(request: HttpRequest, promise_id: int) -> HttpResponse:
    """It is not kept after all."""
    return _done(request, promise_id, actions.open_again, _("The promise is open again."))


def _with_day(request: HttpRequest, promise_id: int, action: Callable[..., Any], words: str) -> HttpResponse:
    promise = access.promise_of(promise_id)
    form = DayForm(request.POST)
    if not form.is_valid():
        say(request, form.wrong, tone="care")
        return _back(request, promise.message.thread_id)
    try:
        action(promise_id, due_on=form.cleaned_data["due_on"], by=colleague_of(request), at=timezone.now())
    except actions.DayIsOver:
        say(request, _("That day is over. Choose a coming one."), tone="care")
    except actions.NoSuchPromise:
        say(request, _("Somebody was quicker; look again."), tone="care")
    else:
        say(request, words)
    return _back(request, promise.message.thread_id)


def _done(
    request: HttpRequest, promise_id: int, action: Callable[..., Any], words: str, *, undo: str = ""
) -> HttpResponse:
    promise = access.promise_of(promise_id)
    try:
        action(promise_id, by=colleague_of(request), at=timezone.now())
    except actions.NoSuchPromise:
        say(request, _("Somebody was quicker; look again."), tone="care")
    else:
        say(request, words, undo=undo)
    return _back(request, promise.message.thread_id)


def _back(request: HttpRequest, thread_id: int) -> HttpResponse:
    if request.POST.get("back") == "today":
        return HttpResponseRedirect(reverse("today"))
    return _to_thread(request, thread_id)


def _to_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    query = request.GET.urlencode()
    return HttpResponseRedirect(reverse("thread", args=[thread_id]) + (f"?{query}" if query else ""))
