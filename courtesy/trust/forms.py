"""What a customer may fill in on the public pages."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.post.public import OUTREACH_BOX

LONGEST = 20_000
TOO_LONG = _("This is longer than we can take (%(limit_value)d characters). Could you shorten it?")

# What `post.public.hand_in` calls a field, and what the page calls it.
NAMES = {"body": "words", "subject": "words"}


class ContactForm(forms.Form):
    """A message to the shop. ``trap`` is a box no person sees; ``token`` makes sending twice once."""

    words = forms.CharField(
        label=_("What can we do for you?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Nothing stands here yet. What can we do for you?"),
            "max_length": TOO_LONG,
        },
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("We need an address to answer to."),
            "invalid": _("Nobody could be reached there. Is a letter missing?"),
        },
    )
    name = forms.CharField(
        label=_("Your name"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    person_only = forms.BooleanField(
        label=_("A person only, please."),
        help_text=_("Else a machine may draft the answer. A person always checks it."),
        required=False,
    )
    outreach_yes = forms.BooleanField(
        label=OUTREACH_BOX, help_text=_("You can take this back at any time."), required=False
    )
    trap = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    token = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)

    def take_over(self, errors: Mapping[str, str]) -> None:
        """Show what `post` found wrong beside the box it is about."""
        for name, said in errors.items():
            self.add_error(NAMES.get(name, name), said)

    def token_to_send(self, fresh: str, *, anew: bool) -> str:
        """The token the page carries: the one it came with, so that one message stays one, or a ``fresh`` one."""
        came_with = str(self.data.get("token", ""))
        return came_with if came_with and not anew else fresh


class LookAgainForm(forms.Form):
    """A wish that a person looks again; words are welcome and not needed."""

    words = forms.CharField(
        label=_("What is not right yet?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": TOO_LONG},
    )
