"""What one fills in about a customer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.people.notes import LONGEST


class NoteForm(forms.Form):
    """Something worth knowing about somebody."""

    words = forms.CharField(
        label=_("A note"),
        max_length=LONGEST,
        error_messages={
            "required": _("An empty note helps nobody: write a word or two."),
            "max_length": _("A note is at most %(limit_value)d letters; this one has %(show_value)d."),
        },
    )


class OtherForm(forms.Form):
    """The other of two records."""

    other = forms.UUIDField(error_messages={"required": _("Which other record?"), "invalid": _("Which other record?")})
