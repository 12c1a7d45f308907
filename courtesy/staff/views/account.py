"""A colleague's own page: password, authenticator app, recovery codes, address, where they are signed in."""

import time
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courtesy.staff import actions, queries, sign_ins
from courtesy.staff.access import SECOND_STEP, colleagues_may, has_code_app
from courtesy.staff.code_picture import code_picture
from courtesy.staff.forms import AddressForm
from courtesy.staff.views import passkeys
from courtesy.staff.views.wrong import UNPROCESSABLE, SaysWrong
from courtesy.web.flash import say

CODES_STAY = 600  # seconds in which codes that were shown can still be printed and kept
SHOWN = "codes_shown"


@colleagues_may("enter")
@never_cache
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """All that belongs to how this colleague gets in."""
    me: Any = request.user
    form = AddressForm(request.POST or None, initial={"address": me.address})
    if request.method == "POST" and form.is_valid():
        actions.change_address(me, address=form.cleaned_data["address"], at=now())
        say(request, _("Your address is kept."))
        return redirect("account")
    page = {
        "form": form,
        "codes_left": _codes_left(me.pk),
        "changes": queries.recent_account_changes(me),
        "signed_in": sign_ins.of(me, here=request.session.session_key, at=now()),
        "passkeys": passkeys.of(me.pk),
    }
    return render(request, "mfa/index.html", page, status=UNPROCESSABLE if form.errors else 200)


@colleagues_may("enter")
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End every other session of this colleague."""
    me: Any = request.user
    actions.sign_out_everywhere(me, but=request.session.session_key, at=now())
    say(request, _("Everywhere else you are signed out."))
    return redirect("account")


class _SetUpCodeApp(SaysWrong, ActivateTOTPView):
    """The authenticator app, before anything else can be opened."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page: dict[str, Any] = super().get_context_data(**kwargs)
        page["totp_svg"] = code_picture(page["totp_url"])
        secret = page["form"].secret
        page["by_hand"] = " ".join(secret[n : n + 4] for n in range(0, len(secret), 4))
        return page

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session.cycle_key()
        self.request.session[SECOND_STEP] = True
        return response


class _RemoveCodeApp(SaysWrong, DeactivateTOTPView):
    """Before moving to another phone: the old app goes, every other browser is signed out, the new one is asked for."""

    success_url = reverse_lazy("mfa_activate_totp")

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        self.request.session.pop(SECOND_STEP, None)
        me: Any = self.request.user
        actions.sign_out_everywhere(me, but=self.request.session.session_key, at=now())
        return response


class _ChangePassword(SaysWrong, PasswordChangeView):
    """The present password and a new one."""


class _PasswordAgain(SaysWrong, ReauthenticateView):
    """The password once more, before something that matters."""


class _CodeAgain(SaysWrong, CodeReauthenticateView):
    """A code once more, before something that matters."""


def _codes(colleague_id: UUID | None) -> RecoveryCodes | None:
    row = Authenticator.objects.filter(user_id=colleague_id, type=Authenticator.Type.RECOVERY_CODES).first()
    return RecoveryCodes(row) if row else None


def _codes_left(colleague_id: UUID | None) -> int:
    codes = _codes(colleague_id)
    return len(codes.get_unused_codes()) if codes else 0


def _codes_to_show(request: HttpRequest) -> list[str]:
    """This colleague's recovery codes the first time they are asked for, and for ten minutes in the same browser.

    Never after that: an empty list. Raises Http404 where there are none.
    """
    codes = _codes(request.user.pk)
    if codes is None:
        raise Http404
    raise_if_reauthentication_required(request, app="allauth.mfa")
    shown = request.session.get(SHOWN) or {}
    if not codes.did_view:
        codes.mark_as_viewed()
        request.session[SHOWN] = shown = {"codes": codes.instance.pk, "at": time.time()}
    if shown.get("codes") != codes.instance.pk or time.time() - shown["at"] > CODES_STAY:
        return []
    return [f"{code[:4]} {code[4:]}" for code in codes.get_unused_codes()]


@colleagues_may("enter")
@never_cache
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The recovery codes, once."""
    return render(request, "mfa/recovery_codes/index.html", {"codes": _codes_to_show(request)})


@colleagues_may("enter")
@never_cache
@require_GET
def recovery_codes_file(request: HttpRequest) -> HttpResponse:
    """The same codes as a file, while they are shown."""
    codes = _codes_to_show(request)
    if not codes:
        raise Http404
    file = render(
        request, "mfa/recovery_codes/download.txt", {"codes": codes}, content_type="text/plain; charset=utf-8"
    )
    file["Content-Disposition"] = 'attachment; filename="courtesy-recovery-codes.txt"'
    return file


@never_cache
def _code_app(request: HttpRequest) -> HttpResponse:
    return cast(HttpResponse, _SetUpCodeApp.as_view()(request))


@never_cache
def _remove_code_app(request: HttpRequest) -> HttpResponse:
    if not has_code_app(cast(UUID, request.user.pk)):
        return redirect("mfa_activate_totp")
    return cast(HttpResponse, _RemoveCodeApp.as_view()(request))


JUST_SIGNED_IN = "A colleague who has no authenticator app yet sets it up here."
set_up_code_app = colleagues_may("enter", before_code=True, why=JUST_SIGNED_IN)(_code_app)
remove_code_app = colleagues_may("enter")(_remove_code_app)
new_recovery_codes = colleagues_may("enter")(never_cache(GenerateRecoveryCodesView.as_view()))
change_password = colleagues_may("enter")(never_cache(_ChangePassword.as_view()))
password_again = colleagues_may("enter", before_code=True, why=JUST_SIGNED_IN)(never_cache(_PasswordAgain.as_view()))
code_again = colleagues_may("enter")(never_cache(_CodeAgain.as_view()))
