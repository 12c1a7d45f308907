"""Who of the colleagues may touch what. What one may not see does not exist for them (404)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from courtesy.staff import sign_ins
from courtesy.staff.models import ABILITIES, Colleague, Invitation, Role
from courtesy.web.access import Rule, View, to_sign_in

KNOWN_ABILITIES = ABILITIES[Role.OWNER]
SECOND_STEP = "second_step"


def colleague_of(request: HttpRequest) -> Colleague:
    """Who asks. Only for views that wear `colleagues_may`, which lets nobody else in."""
    return cast(Colleague, request.user)


def colleagues_may(ability: str, *, before_code: bool = False, why: str = "") -> Callable[[View], View]:
    """A page for colleagues who may do this.

    Strangers are sent to sign in; a colleague without an authenticator app is led
    to set one up first, except where ``before_code`` says that the page belongs to
    just that; whom the ability is missing finds nothing (404).
    """
    if ability not in KNOWN_ABILITIES:
        raise ValueError(f"No colleague can be able to {ability!r}; known: {sorted(KNOWN_ABILITIES)}.")

    def wrap(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who: Any = getattr(request, "user", None)
            if who is None:
                raise Http404  # the public side knows no colleagues
            if not who.is_authenticated:
                return to_sign_in(request)
            if not before_code and not took_second_step(request):
                return HttpResponseRedirect(reverse("mfa_activate_totp"))
            if not who.may(ability):
                raise Http404
            if not before_code:
                sign_ins.note(request)
            return view(request, *args, **kwargs)

        checked.access_rule = Rule(ability=ability, why=why)  # type: ignore[attr-defined]
        return checked

    return wrap


def took_second_step(request: HttpRequest) -> bool:
    """Whether this browser's colleague has an authenticator app and used it, or has just set it up here.

    Remembered in the session, so that a page costs no question to the database.
    """
    if request.session.get(SECOND_STEP):
        return True
    if not any(step.get("method") == "mfa" for step in get_authentication_records(request, request.user)):
        return False
    if not has_code_app(cast(UUID, request.user.pk)):
        return False
    request.session[SECOND_STEP] = True
    return True


def has_code_app(colleague_id: UUID) -> bool:
    """Whether this colleague's authenticator app is set up."""
    return bool(Authenticator.objects.filter(user_id=colleague_id, type=Authenticator.Type.TOTP).exists())


def _owns(request: HttpRequest) -> bool:
    return isinstance(request.user, Colleague) and request.user.may("own")


def colleague_to_change(request: HttpRequest, colleague_id: UUID) -> Colleague:
    """The colleague of the Team page, if this one may change them: managers those below, owners everybody."""
    colleague = Colleague.objects.here().filter(pk=colleague_id).first()
    if colleague is None:
        raise Http404
    if colleague.role in {Role.OWNER, Role.MANAGER} and not _owns(request):
        raise Http404
    return colleague


def invitation_to_withdraw(request: HttpRequest, invitation_id: UUID) -> Invitation:
    """The invitation, if this colleague may take it back: what only an owner can give, only an owner takes back."""
    invitation = Invitation.objects.filter(pk=invitation_id, used_at=None, withdrawn_at=None).first()
    if invitation is None:
        raise Http404
    if invitation.role in {Role.OWNER, Role.MANAGER} and not _owns(request):
        raise Http404
    return invitation
