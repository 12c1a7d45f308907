"""The page of what waits for a colleague's word, and the click that gives it."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from courtesy.desk import vouching
from courtesy.desk.lifecycle.models import Replayed
from courtesy.desk.replay import access, screen
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say

A_PAGE = 20


@colleagues_may("see")
@require_GET
def sentences(request: HttpRequest) -> HttpResponse:
    """What waits, twenty at a time; and below, what colleagues vouch for."""
    at, asked = now(), request.GET.get("page", "1")
    count = vouching.how_many_wait()
    pages = max(1, -(-count // A_PAGE))
    number = min(max(1, int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1), pages)
    newest = screen.newest()
    facts = {
        "count": count,
        "number": number,
        "pages": pages,
        "waiting": vouching.waiting(at=at, wanted=screen.wanted(newest), first=(number - 1) * A_PAGE, most=A_PAGE),
        "vouched": vouching.latest(at=at),
        "may_answer": colleague_of(request).may("answer"),
    }
    return render(request, "replay/waiting.html", facts)


@colleagues_may("answer")
@require_POST
def vouch(request: HttpRequest, passage_id: int) -> HttpResponse:
    """This sentence may serve others, a colleague says."""
    try:
        said = vouching.vouch(access.number_of(passage_id), by=colleague_of(request), at=now())
    except vouching.NoSuchSentence:
        say(request, _("That sentence is not there any more."), tone="care")
    except vouching.NotPermitted:
        say(request, _("Not possible: a customer in that conversation does not permit learning from it."), tone="care")
    except vouching.GivesAway:
        say(request, _("Not possible: it would tell one customer something about another."), tone="care")
    except vouching.Leans:
        say(request, _("Not possible: it cannot be understood without the sentence before it."), tone="care")
    else:
        say(request, _("It may serve others from now on."), undo=reverse("sentence_unvouch", args=[said.pk]))
    return _back(request)


@colleagues_may("answer")
@require_POST
def unvouch(request: HttpRequest, voucher_id: int) -> HttpResponse:
    """It may not, after all."""
    try:
        vouching.unvouch(access.number_of(voucher_id), by=colleague_of(request), at=now())
    except vouching.NoSuchSentence:
        raise Http404 from None
    say(request, _("Taken back: it serves nobody."))
    return _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    """To the pair the click stood beside, else to the list."""
    asked = request.POST.get("pair", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 19 else 0
    pair = Replayed.objects.filter(pk=number).first() if number else None
    return HttpResponseRedirect(screen.address_of(pair) if pair is not None else reverse("waiting_sentences"))
