"""What colleagues and owners fill in. Words and boxes only; what comes of it stands in `actions.py`."""

from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ReauthenticateForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY, generate_totp_secret
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from courtesy.staff.credentials import open_secret, seal_secret
from courtesy.staff.models import Colleague, Naming, Role, Shop

PASSWORD_HELP = _("Twelve characters or more. Three or four words that do not belong together make a good one.")


def _plain(field: forms.Field, label: Any, help_text: Any = "", **attrs: str) -> None:
    """Our label and help on a field of allauth's, and no placeholder, which would say the label twice."""
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs.update(attrs)


class SignInForm(LoginForm):
    """Name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("Sign-in name"), autocapitalize="none", spellcheck="false")
        _plain(self.fields["password"], _("Password"))


class PasswordAgainForm(ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Password"))


class ChangePasswordForm(AllauthChangePasswordForm):
    """The present password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Present password"))
        _plain(self.fields["password1"], _("New password"), PASSWORD_HELP)
        _plain(self.fields["password2"], _("New password, once more"))


CODE_ATTRS = {"inputmode": "numeric", "class": "code", "spellcheck": "false"}


class CodeForm(AuthenticateForm):
    """Six digits of the authenticator app, or one recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("Code"), _("Six digits from your authenticator app."), **CODE_ATTRS)


class CodeAgainForm(CodeReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _plain(self.fields["code"], _("Code"), _("Six digits from your authenticator app."), **CODE_ATTRS)


class ActivateCodeAppForm(ActivateTOTPForm):
    """The first code of a new authenticator app.

    Until the code comes, allauth keeps the new secret in the session, in clear;
    here it lies there sealed, since sessions are rows of the same database.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.user = kwargs.pop("user")
        forms.Form.__init__(self, *args, **kwargs)
        _plain(self.fields["code"], _("Code"), _("Six digits that the app shows now."), **CODE_ATTRS)
        self.secret = self._secret(anew=not self.is_bound)

    def _secret(self, *, anew: bool) -> str:
        session = context.request.session
        held = session.get(SECRET_SESSION_KEY)
        if held and not anew:
            return open_secret(held)
        secret: str = generate_totp_secret()
        session[SECRET_SESSION_KEY] = seal_secret(secret, colleague=self.user)
        return secret


class _TwoPasswords(forms.Form):
    password = forms.CharField(
        label=_("Password"),
        help_text=PASSWORD_HELP,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password, once more"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise forms.ValidationError(_("The two passwords differ."))
        return again


class JoinForm(_TwoPasswords):
    """A new colleague: what they are called, how they sign in."""

    called = forms.CharField(
        label=_("Your name"),
        help_text=_("As colleagues call you. Customers read the first name, if the owner wants it so."),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    username = forms.CharField(
        label=_("Sign-in name"),
        help_text=_("Letters, digits, dots and dashes. Only you need to remember it."),
        min_length=2,
        max_length=40,
        validators=[RegexValidator(r"^[\w.+-]+\Z", _("Letters, digits, dots and dashes only, please."))],
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )

    field_order = ("called", "username", "password", "again")


class ComeBackForm(_TwoPasswords):
    """A new password for a colleague who lost theirs, or their phone."""


class InviteForm(forms.Form):
    """Whom to let in, and as what."""

    called = forms.CharField(label=_("Name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, initial=Role.COLLEAGUE)

    def __init__(self, *args: Any, by: Colleague, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_to_give(by)  # type: ignore[attr-defined]


class RoleForm(forms.Form):
    """Another role for a colleague."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, by: Colleague, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_to_give(by)  # type: ignore[attr-defined]


def roles_to_give(by: Colleague) -> list[tuple[str, Any]]:
    """The roles this colleague may give: only an owner makes managers and owners."""
    return [(role.value, role.label) for role in Role if by.may("own") or role not in {Role.OWNER, Role.MANAGER}]


class AddressForm(forms.Form):
    """Where notices for a colleague go."""

    address = forms.EmailField(
        label=_("E-mail address"),
        help_text=_(
            "For notices of this desk, and to know you by: who writes to the shop from it is a colleague, not a "
            "customer. Kept sealed; leave it empty if you like."
        ),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class ShopForm(forms.Form):
    """The shop's name and manner of writing."""

    name = forms.CharField(label=_("Name of the shop"), max_length=80)
    tagline = forms.CharField(
        label=_("A line beneath it"),
        help_text=_("For example: Plants and pots, since 1987."),
        max_length=140,
        required=False,
    )
    greeting = forms.CharField(
        label=_("How a reply begins"), help_text=_("{name} becomes the customer’s name."), max_length=120
    )
    closing = forms.CharField(
        label=_("How a reply ends"),
        help_text=_("{colleague} becomes who sends it, {shop} the shop’s name."),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    naming = forms.ChoiceField(
        label=_("How customers read who answered"), choices=Naming.choices, widget=forms.RadioSelect
    )

    @classmethod
    def of(cls, shop: Shop) -> "ShopForm":
        """The form as the shop is now."""
        return cls(initial={name: getattr(shop, name) for name in cls.base_fields})

    def _only(self, field: str, allowed: tuple[str, ...]) -> str:
        """The words, if they can be filled in: no braces but the known ones."""
        words: str = self.cleaned_data[field]
        rest = words
        for known in allowed:
            rest = rest.replace("{" + known + "}", "")
        if "{" in rest or "}" in rest:
            known = ", ".join("{" + name + "}" for name in allowed)
            raise forms.ValidationError(_("Only %(known)s can stand in braces here."), params={"known": known})
        return words

    def clean_greeting(self) -> str:
        return self._only("greeting", ("name",))

    def clean_closing(self) -> str:
        return self._only("closing", ("colleague", "shop"))


class SheetForm(forms.Form):
    """Two groups, typed from the paper."""

    first = forms.CharField(max_length=40)
    second = forms.CharField(max_length=40)

    def __init__(self, *args: Any, numbers: tuple[int, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers = numbers
        for name, number in zip(("first", "second"), numbers, strict=True):
            field = self.fields[name]
            field.label = _("Group %(number)s") % {"number": number}
            field.widget.attrs.update({"autocomplete": "off", "class": "code", "spellcheck": "false"})
