"""The page of the replay: asked for, looked at, marked."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtesy.desk.lifecycle.models import Replayed, Verdict
from courtesy.desk.replay import access, asking, marking, screen
from courtesy.jobs import queries as jobs
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say


@colleagues_may("see")
@require_GET
def replay(request: HttpRequest) -> HttpResponse:
    """The newest replay, ten pairs at a time."""
    at, newest = now(), screen.newest()
    number = request.GET.get("page", "1")
    shown = None
    if newest is not None:
        shown = screen.page_of(newest, number=int(number) if number.isascii() and number.isdigit() else 1, now=at)
    facts = {
        "shown": shown,
        "verdicts": [(verdict.value, verdict.label) for verdict in Verdict],
        "worker_is_here": jobs.is_alive("worker", at=at),
        "may_answer": colleague_of(request).may("answer"),
        "now": at,
    }
    return render(request, "replay/replay.html", facts)


@colleagues_may("answer")
@require_POST
def replay_runs(request: HttpRequest) -> HttpResponse:
    """Draft the last questions once more."""
    try:
        asking.ask(by=colleague_of(request), at=now())
    except asking.NothingToReplay:
        say(request, _("Nobody was answered yet; there is nothing to compare with."), tone="care")
    return HttpResponseRedirect(reverse("replay"))


@colleagues_may("answer")
@require_POST
def replay_mark(request: HttpRequest, pair_id: int) -> HttpResponse:
    """The draft is better, as good, or worse."""
    pair = access.pair_of(pair_id)
    try:
        said = marking.mark(pair_id, verdict=request.POST.get("verdict", ""), by=colleague_of(request), at=now())
    except marking.NoSuchPair:
        raise Http404 from None
    say(request, said.get_verdict_display(), undo=reverse("replay_unmark", args=[pair_id]))
    return _to(pair)


@colleagues_may("answer")
@require_POST
def replay_unmark(request: HttpRequest, pair_id: int) -> HttpResponse:
    """What was said about the draft is taken back."""
    pair = access.pair_of(pair_id)
    marking.unmark(pair_id, by=colleague_of(request), at=now())
    say(request, _("Taken back."))
    return _to(pair)


def _to(pair: Replayed) -> HttpResponse:
    return HttpResponseRedirect(screen.address_of(pair))
