"""The page of saved replies: texts that are written again and again, and taken into an answer with "/"."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courtesy.knowledge import access, queries
from courtesy.knowledge.actions import saved_replies as actions
from courtesy.knowledge.forms import SavedReplyForm
from courtesy.knowledge.models import SavedReply
from courtesy.staff.access import colleague_of, colleagues_may
from courtesy.web.flash import say


@colleagues_may("see")
@require_GET
def saved_replies(request: HttpRequest) -> HttpResponse:
    """All of them, by name, or those that hold some words."""
    words = request.GET.get("q", "")[:200]
    page = {"replies": queries.saved_replies(words=words), "words": words}
    return render(request, "knowledge/saved-replies.html", page)


@colleagues_may("write")
@require_http_methods(["GET", "POST"])
def new_saved_reply(request: HttpRequest) -> HttpResponse:
    """Keep a text under a name."""
    return _editor(request, None)


@colleagues_may("write")
@require_http_methods(["GET", "POST"])
def edit_saved_reply(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Other words, or another name."""
    return _editor(request, access.saved_reply_of(reply_id))


@colleagues_may("write")
@require_POST
def put_away(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Offer it to nobody any more."""
    actions.put_away(access.saved_reply_of(reply_id), by=colleague_of(request), at=timezone.now())
    back = reverse("saved-reply-back", args=[reply_id])
    say(request, _("Put away. Answers that were sent with it stay as they are."), undo=back)
    return HttpResponseRedirect(reverse("saved-replies"))


@colleagues_may("write")
@require_POST
def bring_back(request: HttpRequest, reply_id: int) -> HttpResponse:
    """Offer it again."""
    try:
        actions.bring_back(access.saved_reply_of(reply_id), by=colleague_of(request), at=timezone.now())
    except actions.NameTaken:
        say(request, _("Another saved reply has this name by now."), tone="care")
    else:
        say(request, _("It is in use again."))
    return HttpResponseRedirect(reverse("saved-replies"))


def _editor(request: HttpRequest, reply: SavedReply | None) -> HttpResponse:
    began = {"name": reply.name, "words": reply.words} if reply else None
    form = SavedReplyForm(request.POST or None, initial=began)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_reply(reply, **form.cleaned_data, by=colleague_of(request), at=timezone.now())
        except actions.NameTaken:
            form.add_error("name", _("Another saved reply has this name. Choose one that tells them apart."))
        except actions.NoWords:
            form.add_error("words", form.fields["words"].error_messages["required"])
        else:
            say(request, _("Kept. Whoever answers finds it with “/”."))
            return HttpResponseRedirect(reverse("saved-replies"))
    page = {"form": form, "reply": reply}
    return render(request, "knowledge/saved-reply.html", page, status=422 if form.errors else 200)
