"""What a colleague decides about a draft, a belief, a thread; each is a small post and leads back to the thread."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.desk.inbox import access
from courtesy.desk.inbox.forms import CorrectionForm, DismissalForm
from courtesy.desk.inbox.screen import REPLY, Where
from courtesy.desk.inbox.views.turning import following
from courtesy.desk.lifecycle import actions
from courtesy.desk.lifecycle.models import Verb
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say


@colleagues_may("answer")
@require_POST
def dismissal(request: HttpRequest, suggestion_id: int) -> HttpResponse:
    """Set a draft aside, with the reason that was clicked."""
    suggestion = access.suggestion_of(suggestion_id)
    form = DismissalForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        decision = actions.dismiss(
            suggestion_id, why=form.cleaned_data["why"], by=colleague_of(request), at=timezone.now()
        )
    except actions.NoSuchDraft:
        raise Http404 from None
    except actions.AlreadyDecided:
        say(request, _("Somebody decided about this draft a moment ago."), tone="care")
    else:
        say(request, _("The draft is set aside."), undo=reverse("taking_back", args=[decision.pk]))
    return _to_thread(request, suggestion.message.thread_id)


@colleagues_may("answer")
@require_POST
def taking_back(request: HttpRequest, decision_id: int) -> HttpResponse:
    """Undo a decision; an answer only as long as it has not left."""
    decision = access.decision_of(decision_id)
    try:
        actions.take_back(decision_id, by=colleague_of(request), at=timezone.now())
    except actions.TooLate:
        words = _("Too late: it has left already.") if decision.verb == Verb.SEND else _("It was taken back already.")
        say(request, words, tone="care")
    except actions.AlreadyDecided:
        say(request, _("Somebody decided anew meanwhile."), tone="care")
    else:
        if decision.verb == Verb.SEND:
            say(request, _("Taken back. No mail left, and your words are here again."))
            return _to_thread(request, decision.thread_id, write=REPLY)
        say(request, _("Taken back."))
    return _to_thread(request, decision.thread_id)


@colleagues_may("answer")
@require_POST
def correction(request: HttpRequest, belief_id: int) -> HttpResponse:
    """Say what a message is about; from now on that counts."""
    belief = access.belief_of(belief_id)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.correct_belief(belief_id, to=form.cleaned_data["to"], by=colleague_of(request), at=timezone.now())
    return _to_thread(request, belief.message.thread_id)


@colleagues_may("answer")
@require_POST
def resolution(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Close a thread and go on to the next in the list."""
    thread = access.thread_of(thread_id)
    after = following(request, thread)
    decision = actions.resolve(thread.pk, by=colleague_of(request), at=timezone.now())
    say(request, _("Resolved."), undo=reverse("taking_back", args=[decision.pk]))
    return HttpResponseRedirect(after)


@colleagues_may("answer")
@require_POST
def reopening(request: HttpRequest, thread_id: int) -> HttpResponse:
    """There is something to do here after all."""
    thread = access.thread_of(thread_id)
    conversations.reopen(thread.pk, by=colleague_of(request), at=timezone.now())
    return _to_thread(request, thread.pk)


@colleagues_may("answer")
@require_POST
def assignment(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Take a thread, give it to somebody, or give it back to everybody."""
    thread = access.thread_of(thread_id)
    me = colleague_of(request)
    wanted = request.POST.get("to", "")
    to = me if wanted == "me" else next((one for one in staff.colleagues() if str(one.pk) == wanted), None)
    if wanted and to is None:
        raise Http404
    try:
        conversations.assign(thread.pk, to=to, by=me, at=timezone.now())
    except conversations.Refused:
        raise Http404 from None
    return _to_thread(request, thread.pk)


def _to_thread(request: HttpRequest, thread_id: int, **more: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("thread", args=[thread_id]) + Where.read(request).query(**more))
