"""The command bar and the sheet of keys. Words come by POST: they may name a customer, so no address holds them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from courtesy.conversations import queries as conversations
from courtesy.conversations.models import Thread
from courtesy.desk.commands import keys, screen
from courtesy.staff.access import colleagues_may

LONGEST = 100


@colleagues_may("see")
@require_http_methods(["GET", "POST"])
def commands(request: HttpRequest) -> HttpResponse:
    """What can be done from here, with ``?thread=`` to that thread too; by POST only what fits the words."""
    me: Any = request.user
    words = request.POST.get("words", "").strip()[:LONGEST] if request.method == "POST" else ""
    thread = _thread(request.GET.get("thread", ""))
    groups = screen.groups(request, me, words=words, thread=thread)
    return render(request, "commands/commands.html", {"groups": groups, "words": words, "thread": thread})


@colleagues_may("enter")
@require_GET
def sheet(request: HttpRequest) -> HttpResponse:
    """All keys on one sheet, and the way to switch single ones off."""
    return render(request, "commands/keys.html", {"sheet": keys.sheet()})


def _thread(number: str) -> Thread | None:
    """The open thread; one that is not there (any more) offers nothing."""
    if not (number.isascii() and number.isdigit() and int(number) < 2**63):
        return None
    try:
        return conversations.thread(int(number))
    except conversations.NoSuchThread:
        return None
