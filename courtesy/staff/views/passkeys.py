"""Passkeys: adding one, naming it, removing it, coming in by it. The authenticator app stays the other way.

A passkey counts for both steps, since the device asks for a finger or a number before it speaks. It needs `localhost`
or https, and a browser that can do it; where there is none, nothing of it is shown.
"""

import json
from typing import Any, cast
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    EditWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courtesy.staff import actions
from courtesy.staff.access import colleagues_may
from courtesy.staff.models import Colleague
from courtesy.staff.views.wrong import SaysWrong
from courtesy.web.access import open_to_anyone
from courtesy.web.flash import say


def as_json(options: Any) -> str:
    """What the browser is asked, as the text that courtesy.js reads."""
    return json.dumps(dict(options), default=dict)


def of(colleague_id: UUID | None) -> list[Authenticator]:
    """This colleague's passkeys, the oldest first."""
    return list(Authenticator.objects.filter(user_id=colleague_id, type=Authenticator.Type.WEBAUTHN).order_by("pk"))


class _Add(SaysWrong, AddWebAuthnView):
    """Always one that can come in alone: it knows whose it is, and asks for a finger or a number."""

    success_url = reverse_lazy("account")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super(AddWebAuthnView, self).get_context_data(**kwargs)
        # Not by the parent's way: it asks for one that is a second step only.
        page["options"] = as_json(auth.begin_registration(cast(Colleague, self.request.user), True))
        return page

    def get_success_url(self) -> str:
        """One's own page; recovery codes exist already, with the authenticator app."""
        return reverse("account")


class _Rename(SaysWrong, EditWebAuthnView):
    """Another name for it."""

    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        say(self.request, _("Your passkey has its new name."))
        return response


class _Remove(RemoveWebAuthnView):
    """One passkey goes, and every browser but this one is signed out: it may have been used there."""

    success_url = reverse_lazy("account")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        me: Any = self.request.user
        actions.sign_out_everywhere(me, but=self.request.session.session_key, at=now())
        return response


class _ComeIn(LoginWebAuthnView):
    """Both steps in one. What the browser is asked is made when somebody presses the button, not before."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            options = as_json(auth.begin_authentication(user=None))
            return HttpResponse(options, content_type="application/json", headers={"Cache-Control": "no-store"})
        return HttpResponseRedirect(reverse("account_login"))

    def form_invalid(self, form: Any) -> HttpResponse:
        say(self.request, _("That passkey is not known here. Sign in by your name."), tone="alert")
        return HttpResponseRedirect(reverse("account_login"))


class _Again(ReauthenticateWebAuthnView):
    """The passkey once more, before something that matters."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        page["options"] = as_json(page["js_data"]["request_options"])
        return page

    def form_invalid(self, form: Any) -> HttpResponse:
        say(self.request, str(get_adapter().error_messages["incorrect_code"]), tone="alert")
        return HttpResponseRedirect(self.request.get_full_path())


add = colleagues_may("enter")(never_cache(_Add.as_view()))
rename = colleagues_may("enter")(never_cache(_Rename.as_view()))
remove = colleagues_may("enter")(never_cache(_Remove.as_view()))
again = colleagues_may("enter")(never_cache(_Again.as_view()))
come_in = open_to_anyone("The door itself; a passkey is both steps.")(never_cache(_ComeIn.as_view()))
