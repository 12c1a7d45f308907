"""The design system's own two pages: the living style guide, and how a colleague wants the desk to look."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from courtesy.web.access import for_colleagues
from courtesy.web.icons import names

YEAR = 365 * 24 * 3600
THEMES = ("light", "dark", "system")
KEYS = {"on": True, "off": False}


@for_colleagues("Every component, as the pages use it; nothing of the shop is shown.")
@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in light and dark; what this page shows is what the templates use."""
    now = timezone.now()
    return render(
        request, "web/style-guide.html", {"icons": names(), "now": now, "earlier": now - timedelta(minutes=38)}
    )


@for_colleagues(
    "Light or dark: a choice of this browser, kept in a cookie. Single keys on or off: one's own, kept with one's name."
)
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the theme for a year and the keys for good, then back to the page the choice was made on."""
    back = request.POST.get("back", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    if request.POST.get("theme") in THEMES:
        response.set_cookie(
            "theme", request.POST["theme"], max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
        )
    if request.POST.get("keys") in KEYS:
        me: Any = request.user
        me.single_keys = KEYS[request.POST["keys"]]
        me.save(update_fields=["single_keys"])
    return response
