"""What one fills in about a mailbox and about the second path. What comes of it stands in `post/`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.post.mailboxes import Given, Unusable
from courtesy.post.models import Tls
from courtesy.post.providers import PROVIDERS, guessed

WRONG = {
    "no address": _("This is no mail address a letter could go to."),
    "no host": _("This is no name of a server. It looks like imap.example.com."),
    "no port": _("A port is a number from 1 to 65535."),
    "no such choice": _("Choose one of these."),
    "only on this machine": _(
        "Without TLS only a server on this very computer is used: everybody between could read it."
    ),
}


class AddressForm(forms.Form):
    """The first step: which address."""

    address = forms.EmailField(
        label=_("Address of the mailbox"),
        help_text=_("The one customers write to, for example hello@marigold.example."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


class MailboxForm(forms.Form):
    """The second step: where it is, and how one gets in."""

    address = forms.EmailField(widget=forms.HiddenInput)
    provider = forms.CharField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("What colleagues call it"),
        help_text=_("All colleagues read this name on Today; the address they do not. Empty: its domain."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    user = forms.CharField(
        label=_("User"),
        help_text=_("Nearly always the whole address."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    secret = forms.CharField(
        label=_("Password or app password"),
        max_length=300,
        strip=False,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    imap_host = forms.CharField(label=_("Server for reading (IMAP)"), max_length=253)
    imap_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    imap_tls = forms.ChoiceField(label=_("Protection"), choices=Tls.choices)
    smtp_host = forms.CharField(
        label=_("Server for sending (SMTP)"),
        max_length=253,
        required=False,
    )
    smtp_port = forms.IntegerField(label=_("Port"), min_value=1, max_value=65535)
    smtp_tls = forms.ChoiceField(label=_("Protection"), choices=Tls.choices)
    keeps_copies = forms.BooleanField(
        label=_("Put a copy of each answer into the Sent folder"),
        help_text=_("Off where the provider does that by itself, as Gmail does."),
        required=False,
    )
    plus_addresses = forms.BooleanField(
        label=_("The provider knows plus addresses (name+anything@…)"),
        help_text=_(
            "Then an answer finds its way back even where a mail program forgets what it answers. Off if unsure."
        ),
        required=False,
    )
    sends_one = forms.BooleanField(
        label=_("Send one letter from this mailbox to itself, to see that sending works"), required=False
    )

    def __init__(self, *args: Any, keeps_secret: bool = False, may_send_one: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keeps_secret = keeps_secret
        if keeps_secret:
            self.fields["secret"].help_text = _("Leave it empty to keep the one there is. It is never shown.")
        if not may_send_one:
            del self.fields["sends_one"]

    def clean_secret(self) -> str:
        secret: str = self.cleaned_data["secret"]
        if not secret and not self.keeps_secret:
            raise forms.ValidationError(_("Without it the server lets nobody in."))
        return secret

    @property
    def given(self) -> Given:
        """What was filled in."""
        return Given(**{name: value for name, value in self.cleaned_data.items() if name != "sends_one"})

    @property
    def sends_one_letter(self) -> bool:
        """Whether a letter to oneself is wanted."""
        return bool(self.cleaned_data.get("sends_one"))

    def refuse(self, trouble: Unusable) -> None:
        """Say beneath its box what cannot be right."""
        self.add_error(trouble.where, WRONG.get(str(trouble), str(trouble)))


def from_preset(address: str, *, provider: str = "") -> dict[str, Any]:
    """What the form is filled with for this address."""
    preset = guessed(address, name=provider)
    return {
        "address": address,
        "provider": preset.name,
        "user": address,
        "imap_host": preset.imap_host,
        "imap_port": preset.imap_port,
        "imap_tls": preset.imap_tls,
        "smtp_host": preset.smtp_host,
        "smtp_port": preset.smtp_port,
        "smtp_tls": preset.smtp_tls,
        "keeps_copies": not preset.copies_itself,
        "plus_addresses": False,
    }


def from_given(given: Given) -> dict[str, Any]:
    """What the form is filled with for settings there are; never the secret."""
    return {name: getattr(given, name) for name in Given.__dataclass_fields__ if name != "secret"}


class ProviderForm(forms.Form):
    """Another provider than the one guessed from the address."""

    address = forms.EmailField(widget=forms.HiddenInput)
    provider = forms.ChoiceField(label=_("Provider"), choices=[(one.name, one.called) for one in PROVIDERS])


class SecondPathForm(forms.Form):
    """Where the owner is told that mail stands still."""

    address = forms.EmailField(
        label=_("Another address"),
        help_text=_("One that does not lie in these mailboxes: a private one, at another provider."),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    webhook = forms.CharField(
        label=_("A webhook"),
        help_text=_("An https address that is called with a few words and no names: ntfy, a chat, a monitor."),
        max_length=500,
        required=False,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
