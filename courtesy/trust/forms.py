"""What a customer may fill in on the public pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000


class ContactForm(forms.Form):
    """A message to the shop. ``trap`` is a box no person sees; a machine that fills it is told so and sends nothing."""

    words = forms.CharField(
        label=_("What can we do for you?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Nothing stands here yet. What can we do for you?"),
            "max_length": _("This is longer than we can take (%(limit_value)d characters). Could you shorten it?"),
        },
    )
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("We need an address to answer to."),
            "invalid": _("Nobody could be reached there. Is a letter missing?"),
        },
    )
    name = forms.CharField(
        label=_("Your name"), max_length=80, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    person_only = forms.BooleanField(
        label=_("A person only, please."),
        help_text=_("Else a machine may draft the answer. A person always checks it."),
        required=False,
    )
    outreach_yes = forms.BooleanField(
        label=_("You may write to me first, for example when something is back."),
        help_text=_("You can take this back in one line, at any time."),
        required=False,
    )
    trap = forms.CharField(
        label=_("Leave this box empty"),
        help_text=_("It is here for machines that fill in every box."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_trap(self) -> str:
        """Refuse, in words, whoever filled the hidden box: nothing is silently thrown away."""
        filled: str = self.cleaned_data["trap"]
        if filled:
            raise forms.ValidationError(_("This box must stay empty. Please empty it and send again."))
        return filled


class LookAgainForm(forms.Form):
    """A wish that a person looks again; words are welcome and not needed."""

    words = forms.CharField(
        label=_("What is not right yet?"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("This is longer than we can take. Could you shorten it?")},
    )
