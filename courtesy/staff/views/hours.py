"""The page of opening hours: when the shop is open, how soon it wants to answer, and what a mail is told by itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from courtesy.staff import actions, queries
from courtesy.staff.access import colleagues_may
from courtesy.staff.hours import Hours
from courtesy.staff.hours_form import HoursForm, zones
from courtesy.staff.models import Shop
from courtesy.staff.receipts import day_and_clock, opens_in_words, receipt
from courtesy.staff.views.wrong import UNPROCESSABLE
from courtesy.web.flash import say


@colleagues_may("manage")
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest) -> HttpResponse:
    """The hours as they are; kept, or with "Preview" only shown as customers would read them."""
    me: Any = request.user
    shop = queries.shop()
    form = HoursForm(request.POST, by=me, shop=shop) if request.method == "POST" else HoursForm.of(shop, by=me)
    if form.is_bound and form.is_valid():
        if "preview" not in request.POST:
            actions.set_hours(**form.wishes(), by=me, at=now())
            say(request, _("Kept."))
            return redirect("shop_hours")
        shop = form.applied_to(shop)
    page = {
        "form": form,
        "days": form.days(),
        "preview": _preview(shop),
        "zones": zones(),
        "may_switch": me.may("own"),
        "shop_now": shop,
    }
    return render(request, "staff/hours.html", page, status=UNPROCESSABLE if form.errors else 200)


def _preview(shop: Shop) -> dict[str, Any]:
    """How both texts read, and how it stands just now; the moments are the next open one and the next closed one."""
    at = now()
    opening = Hours.of(shop)
    is_open = opening.is_open(at)
    open_at = at if is_open else opening.opens_next(at)
    closed_at = opening.closes_next(at) if is_open else at
    return {
        "is_open": is_open,
        "opens_words": opens_in_words(opening, at),
        "closes_words": day_and_clock(closed_at.astimezone(opening.zone)) if is_open and closed_at else "",
        "while_open": receipt(shop, open_at) if open_at else "",
        "while_closed": receipt(shop, closed_at) if closed_at else "",
    }
