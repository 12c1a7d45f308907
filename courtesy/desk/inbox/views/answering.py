"""An answer, a note, and the words that are not sent yet."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.conversations import actions as conversations
from courtesy.conversations import files
from courtesy.conversations.actions import Addresses
from courtesy.conversations.models import Thread
from courtesy.desk.effects import Company, NobodyThere, TooBig
from courtesy.desk.inbox import access, screen, texts
from courtesy.desk.inbox.forms import NoteForm, ReplyForm, SoughtTextForm, WordsForm, further_typed
from courtesy.desk.inbox.screen import NOTE, REPLY, Where
from courtesy.desk.inbox.views.reading import thread_page
from courtesy.desk.inbox.views.turning import following
from courtesy.desk.lifecycle import actions
from courtesy.desk.lifecycle import queries as lifecycle
from courtesy.post.channels.incoming import Unreadable
from courtesy.staff import queries as staff
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.staff.models import Colleague
from courtesy.web.flash import say


@colleagues_may("answer")
@require_POST
def replies(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Send an answer, and close the thread too where that was asked. Words that cannot leave are shown again."""
    thread = access.thread_of(thread_id)
    form = ReplyForm(request.POST)
    if not (form.is_valid() and _has_words(request, form) and _files_kept(request, thread.pk, form)):
        return _shown_again(request, thread.pk, form, kind=REPLY)
    said = form.cleaned_data
    after = following(request, thread) if said["then"] == "resolve" else ""
    try:
        decision = actions.send_reply(
            thread.pk,
            words=said["words"],
            by=colleague_of(request),
            at=timezone.now(),
            seen=said["seen"],
            suggestion_id=said["suggestion_id"],
            tab=said["tab"],
            company=Company(to=said["also_to"], cc=said["cc"], bcc=said["bcc"]),
        )
    except (conversations.AlreadyAnswered, actions.NoSuchDraft, conversations.NoSuchThread):
        # Or the draft was sent by somebody, or the thread moved: these are still the colleague's words.
        return _answered_meanwhile(request, access.thread_of(thread.pk).pk, form)
    except (conversations.NothingWritten, NobodyThere, Unreadable, TooBig) as problem:
        form.add_error("words", _why_not(problem))
        return _shown_again(request, thread.pk, form, kind=REPLY)
    closed = screen.why_nothing_leaves(staff.shop())
    words = _("Kept, not sent: %(why)s") % {"why": closed} if closed else _("Sent. It leaves in ten seconds.")
    say(request, words, undo=reverse("taking_back", args=[decision.pk]), seconds=30 if closed else 10)
    if after:
        actions.resolve(thread.pk, by=colleague_of(request), at=timezone.now())
        return HttpResponseRedirect(after)
    return HttpResponseRedirect(_thread(request, thread.pk))


@colleagues_may("answer")
@require_POST
def notes(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Write a note that only colleagues see."""
    thread = access.thread_of(thread_id)
    form = NoteForm(request.POST)
    if not (form.is_valid() and _files_kept(request, thread.pk, form)):
        return _shown_again(request, thread.pk, form, kind=NOTE)
    me, tab = colleague_of(request), form.cleaned_data["tab"]
    try:
        actions.write_note(thread.pk, words=form.cleaned_data["words"], by=me, at=timezone.now(), tab=tab)
    except conversations.NothingWritten:
        form.add_error("words", _("A note needs a word or two."))
        return _shown_again(request, thread.pk, form, kind=NOTE)
    return HttpResponseRedirect(_thread(request, thread.pk))


@colleagues_may("answer")
@require_POST
def unsent_words(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Keep what is typed so far, with the files that were chosen, and put a text in where one was picked.

    Asked by the page's script while somebody types (then nothing is shown), and by the composer's own buttons.
    """
    thread, form = access.thread_of(thread_id), WordsForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    me, tab, words = colleague_of(request), form.cleaned_data["tab"], form.cleaned_data["words"]
    if request.POST.get("forget"):
        conversations.forget_words(thread.pk, by=me, tab=tab)
        files.forget(thread.pk, by=me, tab=tab)
        return HttpResponseRedirect(_thread(request, thread.pk))
    closing = "" if tab.startswith(NOTE) else lifecycle.closing_of(me, staff.shop())
    done, _dash, which = request.POST.get("do", "").partition(":")
    if done == "put":
        words = _with_text(form.cleaned_data["put"], words, thread, closing)
    elif done == "remove":
        _take_out(which, by=me)
    kept = "" if screen.is_untouched(words, closing) else words
    _remember(thread.pk, by=me, words=kept, tab=tab, addresses=further_typed(request.POST))
    if request.headers.get("X-Kept-By"):
        return HttpResponse(status=204)
    write = NOTE if tab.startswith(NOTE) else REPLY
    if not _files_kept(request, thread.pk, form):
        return _shown_again(request, thread.pk, form, kind=write)
    show = {"put": "1"} if done == "texts" else {}
    return HttpResponseRedirect(_thread(request, thread.pk, write=write, **show) + "#composer")


@colleagues_may("answer")
@require_POST
def sought_texts(request: HttpRequest, thread_id: int) -> HttpResponse:
    """What fits the letters typed after "/", "??" or "@", for the page's script."""
    thread, form = access.thread_of(thread_id), SoughtTextForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    found = texts.found(form.cleaned_data["sign"], form.cleaned_data["words"].strip(), thread=thread)
    return JsonResponse({"texts": [{"name": one.name, "glimpse": one.glimpse, "words": one.words} for one in found]})


def _has_words(request: HttpRequest, form: ReplyForm) -> bool:
    """Whether there is more than how every letter of this colleague ends."""
    closing = lifecycle.closing_of(colleague_of(request), staff.shop())
    if screen.is_untouched(form.cleaned_data["words"], closing):
        form.add_error("words", _("An answer needs a word or two."))
        return False
    return True


def _files_kept(request: HttpRequest, thread_id: int, form: Any) -> bool:
    """Keep the files that came with the form. Where one cannot be kept the form says why, and the others are kept."""
    me, tab, now = colleague_of(request), form.cleaned_data["tab"], timezone.now()
    for given in request.FILES.getlist("files"):
        name = given.name or ""
        try:
            files.keep(thread_id, by=me, tab=tab, name=name, content=given.read(), at=now)
        except files.NotKept as problem:
            form.add_error("words", _why_not_kept(problem) % {"name": name[:80]})
    return not form.errors


def _why_not_kept(problem: files.NotKept) -> str:
    if isinstance(problem, files.TooLarge):
        return _("“%(name)s” is too much: one answer carries 17 MB of files, since mail servers refuse more.")
    if isinstance(problem, files.TooMany):
        return _("“%(name)s” is one too many: twenty files go with one answer.")
    return _("“%(name)s” is empty.")


def _why_not(problem: Exception) -> str:
    if isinstance(problem, NobodyThere):
        return _("There is no address to write to any more.")
    if isinstance(problem, Unreadable):
        return _("One of the addresses cannot be written to.")
    if isinstance(problem, TooBig):
        return _("With its files it is larger than mail servers take. Take one out.")
    return _("An answer needs a word or two.")


def _take_out(number: str, *, by: Colleague) -> None:
    try:
        gone = files.remove(UUID(number), by=by)
    except ValueError:
        gone = False
    if not gone:
        raise Http404


def _with_text(number: str, words: str, thread: Thread, closing: str) -> str:
    try:
        return texts.put_in(words, texts.chosen(number, thread=thread), closing=closing)
    except texts.NoSuchText:
        raise Http404 from None


def _remember(thread_id: int, *, by: Colleague, words: str, tab: str, addresses: Addresses | None) -> None:
    """Keep the words and to whom, and let colleagues see that somebody writes."""
    now = timezone.now()
    conversations.remember_words(thread_id, by=by, words=words, at=now, tab=tab, addresses=addresses)
    if words:
        conversations.look(thread_id, by=by, at=now, writes=True, event=0)


def _shown_again(request: HttpRequest, thread_id: int, form: Any, *, kind: str) -> HttpResponse:
    """The page with the words as they were typed and what is wrong with them. They are kept, too."""
    typed, me = form.data.get("words", ""), colleague_of(request)
    if kind != NOTE and screen.is_untouched(typed, lifecycle.closing_of(me, staff.shop())):
        typed = ""
    _remember(thread_id, by=me, words=typed, tab=form.data.get("tab", ""), addresses=further_typed(form.data))
    context = thread_page(request, access.thread_of(thread_id), write=kind)
    wrong = " ".join(str(error) for errors in form.errors.values() for error in errors)
    context["open"] = replace(context["open"], composer=_as_typed(context["open"].composer, form, kind, wrong))
    return render(request, "inbox/thread.html", context, status=422)


def _answered_meanwhile(request: HttpRequest, thread_id: int, form: ReplyForm) -> HttpResponse:
    """Somebody was quicker: their answer is shown, these words are kept, and their writer decides."""
    tab = form.data.get("tab", "")
    me, further = colleague_of(request), further_typed(form.data)
    conversations.remember_words(
        thread_id, by=me, words=form.data["words"], at=timezone.now(), tab=tab, addresses=further
    )
    context = thread_page(request, access.thread_of(thread_id), write=REPLY)
    composer = _as_typed(context["open"].composer, form, REPLY)
    context["open"] = replace(context["open"], composer=replace(composer, suggestion_id=None))
    answers = [told for told in context["open"].told if told.item.kind == "out" and not told.item.taken_back]
    context["quicker"] = answers[-1] if answers else None
    return render(request, "inbox/answered.html", context, status=409)


def _as_typed(kept: screen.Composer, form: Any, kind: str, wrong: str = "") -> screen.Composer:
    """The composer as it was when it was sent. Its files are those kept under its tab."""
    tab = form.data.get("tab", "")
    further = kept.further
    if "cc" in form.data:
        further = Addresses(*(form.data.get(name, "") for name in ("also_to", "cc", "bcc")))
    return replace(
        kept,
        kind=kind,
        words=form.data.get("words", ""),
        tab=tab,
        suggestion_id=screen.suggestion_in(tab),
        wrong=wrong,
        files=kept.files if kept.tab == tab else (),
        further=further,
    )


def _thread(request: HttpRequest, thread_id: int, **more: str) -> str:
    return reverse("thread", args=[thread_id]) + Where.read(request).query(**more)
