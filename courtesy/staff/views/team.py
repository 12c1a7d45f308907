"""The Team page: who works here, who is invited, what each may do."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courtesy.staff import access, actions, queries
from courtesy.staff.access import colleagues_may
from courtesy.staff.forms import InviteForm, RoleForm, roles_to_give
from courtesy.staff.models import Role
from courtesy.staff.views.wrong import UNPROCESSABLE
from courtesy.web.flash import say


def _page(request: HttpRequest, form: InviteForm) -> HttpResponse:
    me: Any = request.user
    page = {
        "form": form,
        "colleagues": queries.colleagues(),
        "invitations": queries.open_invitations(now()),
        "roles": roles_to_give(me),
        "above": set() if me.may("own") else {Role.OWNER, Role.MANAGER},
    }
    return render(request, "staff/team.html", page, status=UNPROCESSABLE if form.errors else 200)


@colleagues_may("manage")
@require_GET
def team(request: HttpRequest) -> HttpResponse:
    """Everybody who works here, and the links that are out."""
    me: Any = request.user
    return _page(request, InviteForm(by=me))


def _link_page(request: HttpRequest, token: str, *, called: str, back: bool) -> HttpResponse:
    """The link, shown this once: no mail leaves for it, the one who made it hands it over."""
    link = request.build_absolute_uri(reverse("join", args=[token]))
    return render(request, "staff/invited.html", {"link": link, "called": called, "back": back})


@colleagues_may("manage")
@never_cache
@require_POST
def invitations(request: HttpRequest) -> HttpResponse:
    """Make an invitation; the answer shows its link."""
    me: Any = request.user
    form = InviteForm(request.POST, by=me)
    if not form.is_valid():
        return _page(request, form)
    called = form.cleaned_data["called"]
    token = actions.invite(role=form.cleaned_data["role"], called=called, by=me, at=now())
    return _link_page(request, token, called=called, back=False)


@colleagues_may("manage")
@require_POST
def invitation_withdrawal(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an unused link back."""
    me: Any = request.user
    actions.withdraw(access.invitation_to_withdraw(request, invitation_id), by=me, at=now())
    say(request, _("The link no longer works."))
    return redirect("team")


@colleagues_may("manage")
@never_cache
@require_POST
def way_back(request: HttpRequest, colleague_id: UUID) -> HttpResponse:
    """Make a link for a colleague who lost password or phone."""
    me: Any = request.user
    colleague = access.colleague_to_change(request, colleague_id)
    return _link_page(request, actions.way_back(colleague, by=me, at=now()), called=colleague.called, back=True)


@colleagues_may("manage")
@require_POST
def role(request: HttpRequest, colleague_id: UUID) -> HttpResponse:
    """Give a colleague another role."""
    me: Any = request.user
    colleague = access.colleague_to_change(request, colleague_id)
    form = RoleForm(request.POST, by=me)
    if not form.is_valid():
        return redirect("team")
    try:
        actions.change_role(colleague, role=form.cleaned_data["role"], by=me, at=now())
    except actions.LastOwner:
        say(request, _("A shop needs an owner. Make somebody else an owner first."), tone="alert")
    else:
        words = _("%(name)s is now here as: %(role)s.")
        say(request, words % {"name": colleague.called, "role": Role(colleague.role).label})
    return redirect("team")
