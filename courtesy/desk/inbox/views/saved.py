"""Lists that one wants to see again: what is in them is asked anew each time, only the question is kept."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from courtesy.conversations import queries
from courtesy.conversations.models import SavedView
from courtesy.conversations.queries import Filter, NoSuchPlace
from courtesy.desk.inbox.forms import SavedViewForm
from courtesy.desk.inbox.screen import Where
from courtesy.desk.inbox.screen.listing import read_filter, saved_view, saved_views
from courtesy.desk.places import views_in_words
from courtesy.staff import queries as staff
from courtesy.staff.access import colleagues_may
from courtesy.web.flash import say

MOST = 20
"""More of them than anybody reads, and each is counted on every page."""


@colleagues_may("see")
@require_http_methods(["GET", "POST"])
def views(request: HttpRequest) -> HttpResponse:
    """One's own saved views and everybody's, and a form for a new one. Everybody's are made by who may answer."""
    me: Any = request.user
    if request.method == "GET":
        return _page(request, SavedViewForm(initial={"view": "all"} | request.GET.dict()))
    form = SavedViewForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    try:
        wanted = Filter.read({"view": said["view"], "tag": said["tag"], "whose": said["whose"]})
    except NoSuchPlace:
        raise Http404 from None
    if len(saved_views(me)) >= MOST:
        form.add_error(None, _("Twenty are enough. Take one away first."))
        return _page(request, form, status=422)
    shared = said["shared"] and me.may("answer")
    view = SavedView.objects.create(
        colleague=None if shared else me, name=said["name"], filters=wanted.kept(), created_at=timezone.now()
    )
    return HttpResponseRedirect(reverse("inbox") + Where(saved=view.pk).query())


@colleagues_may("see")
@require_POST
def removal(request: HttpRequest, number: int) -> HttpResponse:
    """Take a saved view away; one of everybody's only who may answer. The threads stay where they are."""
    me: Any = request.user
    if number >= 2**63:
        raise Http404
    view = saved_view(number, me)
    if view.colleague_id is None and not me.may("answer"):
        raise Http404
    view.delete()
    say(request, _("The view is gone; nothing that was in it is."))
    return HttpResponseRedirect(reverse("saved_views"))


def _page(request: HttpRequest, form: SavedViewForm, *, status: int = 200) -> HttpResponse:
    me: Any = request.user
    colleagues = staff.colleagues()
    tags = queries.tags()
    return render(
        request,
        "inbox/saved.html",
        {
            "form": form,
            "kept": [(view, _in_words(read_filter(view), colleagues, tags)) for view in saved_views(me)],
            "views": views_in_words(),
            "tags": tags,
            "colleagues": colleagues,
        },
        status=status,
    )


def _in_words(wanted: Filter, colleagues: Any, tags: Any) -> str:
    parts = [views_in_words()[wanted.view]]
    if wanted.whose:
        named = {"me": _("mine"), "nobody": _("nobody’s")} | {str(one.pk): one.called for one in colleagues}
        parts.append(named.get(wanted.whose, _("somebody’s who left")))
    if wanted.tag is not None:
        parts.append("#" + next((tag.name for tag in tags if tag.pk == wanted.tag), "…"))
    return " · ".join(parts)
