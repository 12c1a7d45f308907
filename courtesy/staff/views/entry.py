"""Getting in and out: sign-in with its two steps, the link of an invitation, the password or a code once more."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView, LogoutView
from allauth.mfa.base.views import AuthenticateView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from courtesy.staff import actions
from courtesy.staff.forms import ComeBackForm, JoinForm
from courtesy.staff.models import Colleague
from courtesy.staff.views import passkeys
from courtesy.staff.views.wrong import UNPROCESSABLE, SaysWrong
from courtesy.web.access import open_to_anyone


class SignIn(SaysWrong, LoginView):
    """The first step: name and password."""


class SecondStep(SaysWrong, AuthenticateView):
    """The second step: a code, or a passkey where there is one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        has_one = bool(passkeys.of(self.stage.login.user.pk))
        page["passkey_options"] = passkeys.as_json(page["js_data"]["request_options"]) if has_one else ""
        return page


sign_in = open_to_anyone("The door itself.")(SignIn.as_view())
second_step = open_to_anyone("Reached only after the right password; the code is asked here.")(SecondStep.as_view())
sign_out = open_to_anyone("Leaving needs no permission; it acts on this browser's own session only.")(
    method_decorator(never_cache, name="dispatch")(LogoutView).as_view()
)


def _let_in(request: HttpRequest, colleague: Colleague) -> HttpResponse:
    """Sign the colleague in who has just chosen a password, and lead them to the second step."""
    get_adapter().login(request, colleague)
    request.session.set_expiry(0)
    # Who chose the password a moment ago need not type it again to set up the authenticator app.
    record_authentication(request, colleague, method="password", reauthenticated=True)
    return HttpResponseRedirect(reverse("mfa_activate_totp"))


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "staff/join_gone.html", status=404)


@open_to_anyone("The link is the permission: it lets in one person, once.")
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Choose how to sign in, by the link of an invitation; or a new password, by a way back."""
    try:
        invitation = actions.opened_by(token, at=now())
    except actions.InvitationGone:
        return _gone(request)
    form: JoinForm | ComeBackForm
    if invitation.colleague is None:
        form = JoinForm(request.POST or None, initial={"called": invitation.called})
    else:
        form = ComeBackForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            colleague = _chosen(token, form)
        except actions.InvitationGone:
            return _gone(request)
        except actions.NameTaken:
            form.add_error("username", _("Somebody here signs in by this name already."))
        except ValidationError as weak:
            form.add_error("password", weak)
        else:
            return _let_in(request, colleague)
    page = {"form": form, "invitation": invitation}
    return render(request, "staff/join.html", page, status=UNPROCESSABLE if form.errors else 200)


def _chosen(token: str, form: JoinForm | ComeBackForm) -> Colleague:
    words = form.cleaned_data
    if isinstance(form, JoinForm):
        return actions.join(
            token, username=words["username"], called=words["called"], password=words["password"], at=now()
        )
    return actions.come_back(token, password=words["password"], at=now())
