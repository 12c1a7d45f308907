"""Where allauth asks us: our words, our notices, sealed secrets, and a lock-out that no Host header slips past."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from courtesy.staff import actions, queries
from courtesy.staff.credentials import open_secret, seal_secret
from courtesy.staff.models import AccountChange, Colleague
from courtesy.web.flash import say

# allauth tells what happened by the name of a mail or message template; these are the ones that can happen here.
CHANGES = {
    "account/email/password_changed": AccountChange.What.PASSWORD,
    "mfa/email/totp_activated": AccountChange.What.CODE_APP,
    "mfa/email/totp_deactivated": AccountChange.What.CODE_APP_GONE,
    "mfa/email/recovery_codes_generated": AccountChange.What.CODES,
    "mfa/email/webauthn_added": AccountChange.What.PASSKEY,
    "mfa/email/webauthn_removed": AccountChange.What.PASSKEY_GONE,
}
SAID = {
    "account/messages/password_changed.txt": _("Your password is changed. Everywhere else you are signed out."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/recovery_codes_generated.txt": "",
    "mfa/messages/webauthn_added.txt": _("Your passkey is added. It lets you in from now on."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
    "mfa/messages/totp_deactivated.txt": _("The old authenticator app is removed. Set up the new one now."),
}


class AccountAdapter(DefaultAccountAdapter):
    """Signing in by name. Nobody signs up; notices become rows that the colleague sees, not mail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("This name and this password do not belong together."),
        "too_many_login_attempts": _("Too many wrong tries. Wait five minutes, then try again."),
        "incorrect_password": _("That is not your password."),
        "enter_current_password": _("That is not your present password."),
        "rate_limited": _("Too many wrong tries. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: colleagues come by invitation."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page one came from."""
        return reverse("account")

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Who left is told nothing but the way to the door."""
        return HttpResponseRedirect(reverse("account_login"))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The ways to show once more that it is you, in our words."""
        words = {
            "reauthenticate": _("Use your password instead"),
            "mfa_reauthenticate": _("Use a code instead"),
            "mfa_reauthenticate:webauthn": _("Use your passkey instead"),
        }
        ways: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return [{**way, "description": words.get(way["id"], way["description"])} for way in ways]

    def add_message(  # noqa: PLR0917 - the shape is allauth's
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say it in our words; what we have no words for goes unsaid."""
        words = message or SAID.get(message_template or "", "")
        if words:
            say(request, str(words))

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Instead of a mail: a row on the colleague's page and in the ledger."""
        what = CHANGES.get(template_prefix)
        if what is not None and isinstance(user, Colleague):
            actions.note_account_change(user, what=what, at=now())

    def set_password(self, user: Any, password: str) -> None:
        """The new password, and an end to every other session of this colleague."""
        super().set_password(user, password)
        session = getattr(context.request, "session", None)
        actions.sign_out_everywhere(user, but=session.session_key if session else None, at=now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts per Host header too; with another port in that header each guess would begin a new count.
        return f"courtesy:{credentials.get('username', '').strip().lower()}"


class MFAAdapter(DefaultMFAAdapter):
    """The second step: secrets are sealed under the colleague's own key."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code is not right. A code lasts thirty seconds and works once."),
    }

    def get_totp_issuer(self) -> str:
        """What the authenticator app shows beside the code."""
        return f"Courtesy, {queries.shop().name}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """To which name passkeys belong: the one the desk is open under, and nothing beside it."""
        return {"id": context.request.get_host().partition(":")[0], "name": self.get_totp_issuer()}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        """What a passkey is called where nobody named it."""
        return gettext("Passkey")

    def encrypt(self, text: str) -> str:
        """Sealed under the key of the colleague this request belongs to; the text names the key."""
        return seal_secret(text, colleague=context.request.user)

    def decrypt(self, encrypted_text: str) -> str:
        """The opposite; raises KeyGone where the key was destroyed."""
        return open_secret(encrypted_text)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """A colleague may move to another phone; the pages then ask for the new one before anything else."""
        return True
