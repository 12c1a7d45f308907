"""One thing done to many threads at once. Each is its own story: what cannot be done to one does not stop the rest."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.conversations import queries
from courtesy.conversations.actions.tagging import named
from courtesy.conversations.models import Thread
from courtesy.desk.inbox import snoozing
from courtesy.desk.inbox.screen import Where
from courtesy.desk.lifecycle import actions
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.staff.models import Colleague
from courtesy.web.flash import say

MOST = 100
UNDO = "undo_many"

Act = Callable[[int], str]
"""Does it to one thread, and returns what `undoing` needs to take it back; empty where nothing can be."""


@colleagues_may("answer")
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """Do to the chosen threads what the pressed button says; "choose" shows everything that can be done to them."""
    numbers = chosen(request)
    where = Where.read(request)
    back = HttpResponseRedirect(reverse("inbox") + where.query())
    if not numbers:
        say(request, _("Nothing was chosen. Tick the messages first."), tone="care")
        return back
    what = request.POST.get("do", "")
    if what == "choose":
        return _page(request, numbers, where)
    try:
        if what == "merge":
            _merge(request, numbers)
            return back
        if what not in ACTS:
            raise Http404
        act, done = ACTS[what](Asked(request.POST, colleague_of(request), timezone.now()))
    except snoozing.NoSuchTime:
        return _page(request, numbers, where, wrong_day=_("Take a day after today, within a year."))
    except conversations.NoTag:
        return _page(request, numbers, where, wrong_tag=_("A tag needs a letter or a digit."))
    _each(request, numbers, act, done)
    return back


@colleagues_may("answer")
@require_POST
def undoing(request: HttpRequest) -> HttpResponse:
    """Take back what was done to many at once, one thread after the other; what changed since stays as it is."""
    what, notes = request.session.pop(UNDO, ("", []))
    me, now = colleague_of(request), timezone.now()
    back = 0
    for thread_id, note in notes:
        try:
            _undo(what, thread_id, note, me=me, now=now)
        except (conversations.Refused, actions.TooLate, actions.AlreadyDecided):
            continue
        back += 1
    said = ngettext("%(count)s taken back.", "%(count)s taken back.", back) % {"count": back}
    say(request, said if back else _("Nothing could be taken back."), tone="calm" if back else "care")
    return HttpResponseRedirect(reverse("inbox") + Where.read(request).query())


def chosen(request: HttpRequest) -> list[int]:
    """The numbers of the ticked threads that exist, each once, at most MOST. What is no number is nobody's."""
    said = [one for one in request.POST.getlist("thread") if one.isascii() and one.isdigit() and int(one) < 2**63]
    wanted = list(dict.fromkeys(int(one) for one in said))[:MOST]
    known = set(Thread.objects.filter(pk__in=wanted, merged_into=None).values_list("pk", flat=True))
    return [number for number in wanted if number in known]


@dataclass(frozen=True)
class Asked:
    """What was pressed, by whom and when; ``said`` are the fields beside the button."""

    said: QueryDict
    me: Colleague
    now: datetime


def _resolving(asked: Asked) -> tuple[Act, str]:
    return lambda pk: str(actions.resolve(pk, by=asked.me, at=asked.now).pk), _("resolved")


def _taking(asked: Asked) -> tuple[Act, str]:
    return _assigning(asked.me, asked), _("yours now")


def _giving(asked: Asked) -> tuple[Act, str]:
    to = _colleague(asked.said.get("to", ""))
    return _assigning(to, asked), _("given to %(who)s") % {"who": to.called} if to else _("everybody’s")


def _snoozing(asked: Asked) -> tuple[Act, str]:
    # The buttons say it in one word, the form beside them says a day.
    until = snoozing.until(staff.shop(), asked.said.get("until") or asked.said.get("day", ""), now=asked.now)
    return _noting_nothing(lambda pk: conversations.snooze(pk, until=until, by=asked.me, at=asked.now)), _("snoozed")


def _tagging(asked: Asked) -> tuple[Act, str]:
    name = named(asked.said.get("tag", ""))
    return _noting_nothing(lambda pk: conversations.tag(pk, name=name, by=asked.me, at=asked.now)), _("tagged")


def _untagging(asked: Asked) -> tuple[Act, str]:
    name = named(asked.said.get("tag", ""))
    act = _noting_nothing(lambda pk: conversations.untag(pk, name=name, by=asked.me, at=asked.now))
    return act, _("without the tag now")


def _keeping_out(asked: Asked) -> tuple[Act, str]:
    why = asked.said.get("why", Thread.Apart.SPAM)
    if why not in Thread.Apart.values:
        raise Http404
    return _noting_nothing(lambda pk: conversations.set_apart(pk, why=why, by=asked.me, at=asked.now)), _("kept out")


def _bringing_back(asked: Asked) -> tuple[Act, str]:
    def act(thread_id: int) -> str:
        before = Thread.objects.filter(pk=thread_id).values_list("apart", flat=True).first()
        conversations.bring_back(thread_id, by=asked.me, at=asked.now)
        return before or ""

    return act, _("back in the queue")


ACTS: dict[str, Callable[[Asked], tuple[Act, str]]] = {
    "resolve": _resolving,
    "take": _taking,
    "give": _giving,
    "snooze": _snoozing,
    "tag": _tagging,
    "untag": _untagging,
    "apart": _keeping_out,
    "back": _bringing_back,
}
UNDOING = ACTS.keys() - {"tag", "untag"}


def _each(request: HttpRequest, numbers: list[int], act: Act, done: str) -> None:
    notes = []
    for number in numbers:
        try:
            notes.append((number, act(number)))
        except conversations.Refused:  # merged or answered a moment ago: the rest goes on
            continue
    what = request.POST["do"]
    said = f"{len(notes)} {done}."
    if missed := len(numbers) - len(notes):
        said += " " + ngettext(
            "%(count)s was left as it is: it changed a moment ago.",
            "%(count)s were left as they are: they changed a moment ago.",
            missed,
        ) % {"count": missed}
    can_undo = bool(notes) and what in UNDOING
    if can_undo:
        request.session[UNDO] = (what, notes)
    undo = reverse("undo_many") + Where.read(request).query() if can_undo else ""
    say(request, said, undo=undo, tone="care" if missed else "calm")


def _merge(request: HttpRequest, numbers: list[int]) -> None:
    """Into the one that was picked, else into the oldest; a group whose threads are of several people is said so."""
    picked = request.POST.get("into", "")
    into = int(picked) if picked.isascii() and picked.isdigit() and int(picked) in numbers else min(numbers)
    try:
        group = conversations.merge(numbers, into=into, by=colleague_of(request), at=timezone.now())
    except conversations.NothingToMove:
        say(request, _("Merging takes two messages or more."), tone="care")
        return
    except conversations.Refused:
        say(request, _("One of them changed a moment ago; nothing was merged."), tone="care")
        return
    request.session[UNDO] = ("merge", [(into, str(group))])
    say(request, _("Merged into one."), undo=reverse("undo_many") + Where.read(request).query())


def _undo(what: str, thread_id: int, note: str, *, me: Colleague, now: datetime) -> None:
    if what == "resolve":
        actions.take_back(int(note), by=me, at=now)
    elif what in {"take", "give"}:
        conversations.assign(thread_id, to=_colleague(note), by=me, at=now)
    elif what == "snooze":
        conversations.reopen(thread_id, by=me, at=now)
    elif what == "apart":
        conversations.bring_back(thread_id, by=me, at=now)
    elif what == "back":
        conversations.set_apart(thread_id, why=note or Thread.Apart.SPAM, by=me, at=now)
    elif what == "merge":
        conversations.unmerge(UUID(note), by=me, at=now)


def _assigning(to: Colleague | None, asked: Asked) -> Act:
    def act(thread_id: int) -> str:
        before = Thread.objects.filter(pk=thread_id).values_list("assignee_id", flat=True).first()
        conversations.assign(thread_id, to=to, by=asked.me, at=asked.now)
        return str(before or "")

    return act


def _noting_nothing(story: Callable[[int], Any]) -> Act:
    def act(thread_id: int) -> str:
        story(thread_id)
        return ""

    return act


def _colleague(number: str) -> Colleague | None:
    """Who is meant; None for everybody. One who is not here, or may not answer, is not found."""
    if not number:
        return None
    found = next((one for one in staff.colleagues() if str(one.pk) == number and one.may("answer")), None)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, numbers: list[int], where: Where, *, wrong_day: str = "", wrong_tag: str = ""
) -> HttpResponse:
    """Everything that can be done to these threads, each with its own form; also the way without a script."""
    request.shop_front = shop = staff.shop()  # type: ignore[attr-defined]
    return render(
        request,
        "inbox/many.html",
        {
            "rows": queries.rows_of(numbers, colleague_of(request)),
            "where": where,
            "colleagues": [one for one in staff.colleagues() if one.may("answer")],
            "tags": queries.tags(),
            "snoozes": snoozing.choices(shop, now=timezone.now()),
            "reasons": [(one.value, one.label) for one in Thread.Apart],
            "wrong_day": wrong_day,
            "wrong_tag": wrong_tag,
        },
        status=422 if wrong_day or wrong_tag else 200,
    )
