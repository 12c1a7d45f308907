"""A colleague leaves: one page that lists what will happen, then one button."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from courtesy.desk.leaving import actions, queries
from courtesy.desk.leaving.queries import Plan
from courtesy.staff import access
from courtesy.staff.access import colleagues_may
from courtesy.staff.actions import LastOwner
from courtesy.staff.models import Colleague
from courtesy.web.flash import say


@colleagues_may("manage")
@never_cache
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, colleague_id: UUID) -> HttpResponse:
    """Asked once, by name, since it ends every way in. Unsent words are read here, since they go."""
    me: Any = request.user
    colleague = access.colleague_to_change(request, colleague_id)
    plan = queries.plan(colleague, at=now())
    if request.method == "GET":
        heir = me if me.pk != colleague.pk else next(iter(plan.heirs), None)
        return render(request, "leaving/leaving.html", {"plan": plan, "colleague": colleague, "heir": heir})
    try:
        handed = actions.leave(
            colleague,
            threads_to=_heir(plan, request.POST.get("threads_to", "")),
            promises_to=_heir(plan, request.POST.get("promises_to", "")),
            by=me,
            at=now(),
        )
    except LastOwner:
        say(request, _("A shop needs an owner. Make somebody else an owner first."), tone="alert")
    except actions.NeedsSomebody:
        say(request, _("Somebody has to look after the promises. Choose who."), tone="alert")
        return redirect("colleague_leaving", colleague.pk)
    else:
        say(request, _what_happened(colleague, handed))
    return redirect("team")


def _what_happened(colleague: Colleague, handed: actions.Handed) -> str:
    said = [_("%(name)s no longer works here.") % {"name": colleague.called}]
    if handed.threads:
        words = ngettext("%(count)s open thread was handed over.", "%(count)s open threads were handed over.",
                         handed.threads)  # fmt: skip
        said.append(words % {"count": handed.threads})
    if handed.promises:
        words = ngettext("%(count)s promise was handed over.", "%(count)s promises were handed over.", handed.promises)
        said.append(words % {"count": handed.promises})
    return " ".join(said)


def _heir(plan: Plan, wanted: str) -> Colleague | None:
    """The one who was chosen; None for everybody. Raises Http404 for one who is not to be chosen."""
    if not wanted:
        return None
    for one in plan.heirs:
        if str(one.pk) == wanted:
            return one
    raise Http404
