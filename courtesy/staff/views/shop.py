"""The Shop page: its name and manner of writing, whether Courtesy may send, and the recovery sheet."""

import secrets
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from courtesy.privacy import recovery
from courtesy.staff import actions, queries
from courtesy.staff.access import colleagues_may
from courtesy.staff.forms import SheetForm, ShopForm
from courtesy.staff.hours import Hours
from courtesy.staff.views.wrong import UNPROCESSABLE
from courtesy.web.flash import say

ASKED_GROUPS = "sheet_groups"


@colleagues_may("manage")
@require_http_methods(["GET", "POST"])
def shop(request: HttpRequest) -> HttpResponse:
    """What customers read of the shop, and what only the owner switches."""
    me: Any = request.user
    form = ShopForm(request.POST) if request.method == "POST" else ShopForm.of(queries.shop())
    if request.method == "POST" and form.is_valid():
        actions.describe_shop(**form.cleaned_data, by=me, at=now())
        say(request, _("Kept."))
        return redirect("shop")
    the_shop = queries.shop()
    page = {
        "form": form,
        "the_shop": the_shop,
        "is_open": Hours.of(the_shop).is_open(now()),
        "sheet_confirmed_at": queries.sheet_confirmed_at(),
    }
    return render(request, "staff/shop.html", page, status=UNPROCESSABLE if form.errors else 200)


@colleagues_may("own")
@require_POST
def sending(request: HttpRequest) -> HttpResponse:
    """The switch "Courtesy may send"."""
    me: Any = request.user
    allowed = request.POST.get("allowed") == "yes"
    actions.let_send(queries.shop(), by=me, at=now(), allowed=allowed)
    say(request, _("Courtesy may send.") if allowed else _("Courtesy sends nothing now; what waits stays visible."))
    return redirect("shop")


def _asked_groups(request: HttpRequest, count: int) -> tuple[int, int]:
    """The numbers of two groups, drawn once for this browser, so that reloading does not draw easier ones."""
    asked = request.session.get(ASKED_GROUPS)
    if not asked:
        first, second = sorted(secrets.SystemRandom().sample(range(1, count + 1), 2))
        request.session[ASKED_GROUPS] = asked = [first, second]
    return asked[0], asked[1]


@colleagues_may("own")
@never_cache
@reauthentication_required(app="allauth.mfa")
@require_http_methods(["GET", "POST"])
def recovery_sheet(request: HttpRequest) -> HttpResponse:
    """The key to everything, to be printed; two groups typed back prove that it was."""
    me: Any = request.user
    groups = recovery.sheet()
    numbers = _asked_groups(request, len(groups))
    form = SheetForm(request.POST or None, numbers=numbers)
    if request.method == "POST" and form.is_valid():
        for name, number in zip(("first", "second"), numbers, strict=True):
            if not recovery.matches(number, form.cleaned_data[name]):
                form.add_error(name, _("The paper says something else. Look at it letter by letter."))
        if form.is_valid():
            actions.confirm_sheet(by=me, at=now())
            request.session.pop(ASKED_GROUPS, None)
            say(request, _("The recovery sheet is on paper. Keep it away from the backup."))
            return redirect("shop")
    page = {
        "groups": groups,
        "form": form,
        "today": date_format(now(), "j F Y"),
        "confirmed_at": queries.sheet_confirmed_at(),
    }
    return render(request, "staff/recovery_sheet.html", page, status=UNPROCESSABLE if form.errors else 200)
