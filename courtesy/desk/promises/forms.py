"""What one fills in about a promise."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayForm(forms.Form):
    """The day by which it is due."""

    due_on = forms.DateField(
        label=_("Due on"),
        error_messages={"required": _("Which day?"), "invalid": _("Which day? For example 2026-12-01.")},
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )

    @property
    def wrong(self) -> str:
        """What is wrong with it, in a sentence."""
        errors: list[Any] = [error for errors in self.errors.values() for error in errors]
        return " ".join(str(error) for error in errors)


class PromiseForm(DayForm):
    """A promise, by hand."""

    words = forms.CharField(
        label=_("What did we promise?"), max_length=400, error_messages={"required": _("What did we promise?")}
    )
