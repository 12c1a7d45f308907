"""An answer, a note, and the words that are not sent yet."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.desk.inbox import access, screen
from courtesy.desk.inbox.forms import NoteForm, ReplyForm, WordsForm
from courtesy.desk.inbox.screen import Composer, Where
from courtesy.desk.inbox.views.reading import thread_page
from courtesy.desk.lifecycle import actions
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may
from courtesy.staff.models import Colleague
from courtesy.web.flash import say


@colleagues_may("answer")
@require_POST
def replies(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Send an answer, and close the thread too where that was asked. Words that cannot leave are shown again."""
    access.thread_of(thread_id)
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, thread_id, form, kind="reply")
    said, me, now = form.cleaned_data, _me(request), timezone.now()
    try:
        decision = actions.send_reply(
            thread_id,
            words=said["words"],
            by=me,
            at=now,
            seen=said["seen"],
            suggestion_id=said["suggestion_id"],
            tab=said["tab"],
        )
    except conversations.AlreadyAnswered:
        return _answered_meanwhile(request, thread_id, form)
    except actions.NoSuchDraft:
        # The draft was sent by somebody or taken away: these are still the colleague's words.
        return _answered_meanwhile(request, thread_id, form)
    except conversations.NothingWritten:
        form.add_error("words", _("An answer needs a word or two."))
        return _shown_again(request, thread_id, form, kind="reply")
    closed = screen.why_nothing_leaves(staff.shop())
    words = _("Kept, not sent: %(why)s") % {"why": closed} if closed else _("Sent. It leaves in ten seconds.")
    if said["then"] == "resolve":
        actions.resolve(thread_id, by=me, at=timezone.now())
        say(request, words, undo=reverse("taking_back", args=[decision.pk]), seconds=0 if closed else 10)
        return HttpResponseRedirect(reverse("inbox") + Where.read(request).query())
    say(request, words, undo=reverse("taking_back", args=[decision.pk]), seconds=0 if closed else 10)
    return HttpResponseRedirect(_thread(request, thread_id))


@colleagues_may("answer")
@require_POST
def notes(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Write a note that only colleagues see."""
    access.thread_of(thread_id)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _shown_again(request, thread_id, form, kind="note")
    me = _me(request)
    try:
        conversations.add_note(thread_id, words=form.cleaned_data["words"], by=me, at=timezone.now())
    except conversations.NothingWritten:
        form.add_error("words", _("A note needs a word or two."))
        return _shown_again(request, thread_id, form, kind="note")
    conversations.forget_words(thread_id, by=me, tab=form.cleaned_data["tab"])
    return HttpResponseRedirect(_thread(request, thread_id))


@colleagues_may("answer")
@require_POST
def unsent_words(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Keep what is typed so far; asked by the page's script, and by "Set aside" without one."""
    access.thread_of(thread_id)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    me = _me(request)
    if request.POST.get("forget"):
        conversations.forget_words(thread_id, by=me, tab=form.cleaned_data["tab"])
        return HttpResponseRedirect(_thread(request, thread_id))
    conversations.remember_words(
        thread_id, by=me, words=form.cleaned_data["words"], at=timezone.now(), tab=form.cleaned_data["tab"]
    )
    return HttpResponse(status=204)


def _shown_again(request: HttpRequest, thread_id: int, form: Any, *, kind: str) -> HttpResponse:
    """The page with the words as they were typed and what is wrong with them."""
    context = thread_page(request, thread_id, write=kind)
    typed, tab = form.data.get("words", ""), form.data.get("tab", "")
    wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
    context["open"] = replace(context["open"], composer=Composer(kind, typed, tab, screen.suggestion_in(tab), wrong))
    return render(request, "inbox/thread.html", context, status=422)


def _answered_meanwhile(request: HttpRequest, thread_id: int, form: ReplyForm) -> HttpResponse:
    """Somebody was quicker: their answer is shown, these words are kept, and their writer decides."""
    tab = form.data.get("tab", "")
    conversations.remember_words(thread_id, by=_me(request), words=form.data["words"], at=timezone.now(), tab=tab)
    context = thread_page(request, thread_id, write="reply")
    context["open"] = replace(context["open"], composer=Composer("reply", form.data["words"], tab))
    answers = [told for told in context["open"].told if told.item.kind == "out" and not told.item.taken_back]
    context["quicker"] = answers[-1] if answers else None
    return render(request, "inbox/answered.html", context, status=409)


def _thread(request: HttpRequest, thread_id: int) -> str:
    return reverse("thread", args=[thread_id]) + Where.read(request).query()


def _me(request: HttpRequest) -> Colleague:
    me: Any = request.user
    return me  # type: ignore[no-any-return]
