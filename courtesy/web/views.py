"""The design system's own two pages: the living style guide, and how a colleague wants the desk to look."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from courtesy.web.access import for_colleagues
from courtesy.web.icons import names

YEAR = 365 * 24 * 3600
CHOICES = {"theme": ("light", "dark", "system"), "keys": ("on", "off")}


@for_colleagues("Every component, as the pages use it; nothing of the shop is shown.")
@require_GET
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component in light and dark; what this page shows is what the templates use."""
    now = timezone.now()
    return render(
        request, "web/style-guide.html", {"icons": names(), "now": now, "earlier": now - timedelta(minutes=38)}
    )


@for_colleagues("Light or dark, single keys on or off: a choice of this browser, kept in two cookies.")
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep the choice for a year, then back to the page it was made on."""
    back = request.POST.get("back", "/")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(back if safe else "/")
    for name, allowed in CHOICES.items():
        if request.POST.get(name) in allowed:
            response.set_cookie(
                name, request.POST[name], max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True
            )
    return response
