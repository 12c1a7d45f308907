"""Where one is signed in, and ending it: one's own one by one, a colleague's all at once."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courtesy.staff import access, sign_ins
from courtesy.staff.access import colleagues_may
from courtesy.web.flash import say


@colleagues_may("enter")
@require_POST
def ending(request: HttpRequest, mark: str) -> HttpResponse:
    """End one sign-in of one's own. Somebody else's is none of this colleague's: nothing happens."""
    me: Any = request.user
    if sign_ins.end(me, mark=mark, at=now()):
        say(request, _("There you are signed out."))
    else:
        say(request, _("There you were signed out already."), tone="care")
    return redirect("account")


@colleagues_may("manage")
@require_POST
def signed_out(request: HttpRequest, colleague_id: UUID) -> HttpResponse:
    """Sign a colleague out everywhere, for a lost laptop or phone."""
    me: Any = request.user
    colleague = access.colleague_to_change(request, colleague_id)
    sign_ins.end_all(colleague, by=me, at=now())
    say(request, _("%(name)s is signed out everywhere.") % {"name": colleague.called})
    return redirect("team")
