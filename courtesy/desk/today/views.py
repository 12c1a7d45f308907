"""The first screen of the day, and its "try again"."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtesy.desk import first_reply
from courtesy.desk.promises import queries as promises
from courtesy.desk.today import safety, screen
from courtesy.jobs import actions as jobs
from courtesy.post import arrivals, aside
from courtesy.post import queries as post
from courtesy.privacy import ledger
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.staff.hours import Hours
from courtesy.web.flash import say
from courtesy.web.handing_out import handed_out

BIGGEST = 2**63 - 1
SHOWN = 100_000
"""Characters of a source that a page shows; the rest is for the download."""


@colleagues_may("see")
@require_GET
def today(request: HttpRequest) -> HttpResponse:
    """What waits, what is unsent, what failed."""
    me: Any = request.user
    now = timezone.now()
    request.shop_front = shop = staff.shop()  # type: ignore[attr-defined]
    seen = screen.today(me, at=now, shop=shop)
    request.counted = {"inbox": seen.how_many}  # type: ignore[attr-defined]
    everybody = request.GET.get("promises") == "all"
    overdue = first_reply.how_many_overdue(now) if shop.first_reply_within else 0
    context = {
        "today": seen,
        "now": now,
        "how_many": screen.people_wait(seen.how_many),
        "may_answer": me.may("answer"),
        "promises": promises.waiting(me, at=now, everybody=everybody, hours=Hours.of(shop)),
        "everybody": everybody,
        "overdue": screen.first_answers_late(overdue),
    }
    context["safety"] = safety.line(at=now)
    return render(request, "today/today.html", context)


@colleagues_may("answer")
@require_GET
def arrival(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """Something that could not be read, as it came: plain text, nothing of it is obeyed or drawn."""
    one = _aside_or_404(arrival_id)
    source = post.raw_source(arrival_id)
    shown = {"aside": one, "source": source[:SHOWN], "is_cut": len(source) > SHOWN}
    return render(request, "today/arrival.html", shown)


@colleagues_may("answer")
@require_GET
def arrival_source(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """Every byte of it, for a mail program or whoever helps. It is written down who took it."""
    one = _aside_or_404(arrival_id)
    raw = post.raw_of(arrival_id)
    if not raw:
        raise Http404
    ledger.append("source handed out", by=colleague_of(request).pk, at=timezone.now())
    return handed_out(raw, f"set-aside-{one.received_at:%Y%m%d-%H%M}.{'txt' if one.channel == 'form' else 'eml'}")


@colleagues_may("answer")
@require_POST
def arrival_away(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """It is dealt with, and need not stand on Today any more."""
    if aside.put_away(arrival_id, by=colleague_of(request).pk, at=timezone.now()):
        say(request, _("Put away. It stays kept, and leaves with “courtesy leave”."))
    else:
        say(request, _("It was taken up already."), tone="care")
    return HttpResponseRedirect(reverse("today"))


@colleagues_may("answer")
@require_POST
def arrival_again(request: HttpRequest, arrival_id: UUID) -> HttpResponse:
    """Have it read again."""
    me: Any = request.user
    again = arrivals.try_again(arrival_id, by=me.pk, at=timezone.now())
    return _back(request, again)


@colleagues_may("answer")
@require_POST
def job_again(request: HttpRequest, job_id: int) -> HttpResponse:
    """Give a job that was given up five new tries."""
    if job_id > BIGGEST:
        raise Http404
    return _back(request, jobs.try_again(job_id, timezone.now()))


def _aside_or_404(arrival_id: UUID) -> post.Aside:
    one = next((one for one in post.set_aside(limit=500) if one.arrival_id == arrival_id), None)
    if one is None:
        raise Http404
    return one


def _back(request: HttpRequest, again: bool) -> HttpResponse:
    if again:
        say(request, _("It is tried again now."))
    else:
        say(request, _("It was taken up already."), tone="care")
    return HttpResponseRedirect(reverse("today"))
