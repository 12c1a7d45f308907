"""The list, and looking for something."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from courtesy.desk.inbox import screen, sought
from courtesy.desk.inbox.forms import SearchForm
from courtesy.desk.inbox.screen import Where
from courtesy.desk.inbox.sought import Sought
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may


@colleagues_may("see")
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """The list alone; on a wide screen with an empty place beside it."""
    me: Any = request.user
    request.shop_front = shop = staff.shop()  # type: ignore[attr-defined]
    pane = screen.list_pane(Where.read(request), me, shop=shop)
    request.counted = {"inbox": pane.open}  # type: ignore[attr-defined]
    return render(request, "inbox/list.html", {"list": pane, "where": pane.where, "open": None})


@colleagues_may("see")
@require_POST
def searches(request: HttpRequest) -> HttpResponse:
    """Look for something: what is typed is kept in the session, and the address says only its name.

    What cannot be read (a day that is none) is left out rather than asked about; nothing asked for is the whole list.
    """
    form = SearchForm(request.POST)
    form.full_clean()
    said = form.cleaned_data
    wanted = Sought(
        words=said.get("words", "").strip(),
        since=said["since"].isoformat() if said.get("since") else "",
        until=said["until"].isoformat() if said.get("until") else "",
        state=said.get("state", ""),
        attached=said.get("attached", False),
    )
    if not wanted:
        return HttpResponseRedirect(reverse("inbox"))
    return HttpResponseRedirect(reverse("inbox") + Where(search=sought.keep(request, wanted)).query())
