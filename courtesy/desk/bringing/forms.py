"""What is said about letters before they are brought in."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courtesy.consent.purposes import Basis
from courtesy.people.names import NotAnAddress, same_address
from courtesy.post.models import Mailbox
from courtesy.post.past.columns import DAY_FIRST, ISO, MONTH_FIRST, NAMES, Columns

COLUMNS = {
    "customer": _("The customer’s address"),
    "name": _("The customer’s name"),
    "sender": _("Who wrote it"),
    "to": _("Whom it went to"),
    "direction": _("Whether it came or went"),
    "at": _("When it was written"),
    "subject": _("The subject"),
    "words": _("What was written, or asked"),
    "answer": _("The answer, where it stands in the same row"),
    "answered_at": _("When it was answered"),
    "answered_by": _("Who answered"),
    "thread": _("The conversation it belongs to"),
    "number": _("Its own number"),
}
DATES = {
    ISO: _("2026-11-24 or 24 Nov 2026"),
    DAY_FIRST: _("24/11/2026: the day first"),
    MONTH_FIRST: _("11/24/2026: the month first"),
}
BASES = {
    Basis.CONTRACT: _("Contract: they wrote to us about something they bought or wanted to buy"),
    Basis.LEGITIMATE_INTEREST: _("Legitimate interest: we have to be able to look up what was said"),
    Basis.CONSENT: _("Consent: they agreed that we keep it"),
}


class OursField(forms.CharField):
    """Addresses, separated by spaces, commas or lines."""

    def clean(self, value: Any) -> list[str]:
        """The addresses. Raises ValidationError for a word that is none."""
        found = []
        for word in super().clean(value).replace(",", " ").replace(";", " ").split():
            try:
                found.append(same_address(word))
            except NotAnAddress:
                raise forms.ValidationError(_("“%(word)s” is no mail address.") % {"word": word[:60]}) from None
        return found[:50]


class FileForm(forms.Form):
    """A file, and which addresses in it are the shop's own. The file itself is taken by `uploading.SealedUpload`."""

    file = forms.CharField(
        label=_("The file"),
        help_text=_("An mbox, JSON lines or CSV, as it is or packed (.gz, .zip); a Maildir as one .zip. 2 GB at most."),
        required=False,
        widget=forms.FileInput(),
    )
    ours = OursField(
        label=_("Addresses of the shop in it"),
        help_text=_("So that answers are told from questions. The mailboxes connected here are known already."),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class WhoWeAreForm(forms.Form):
    """Which of the addresses that look like the shop's are, and which others."""

    ticked = forms.MultipleChoiceField(
        label=_("Is one of these yours?"), required=False, widget=forms.CheckboxSelectMultiple()
    )
    others = OursField(
        label=_("Others of yours"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, perhaps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if perhaps:
            self.fields["ticked"].choices = [(one, one) for one in perhaps]  # type: ignore[attr-defined]
        else:
            del self.fields["ticked"]
            self.fields["others"].label = _("Addresses of the shop in it")

    def clean(self) -> dict[str, Any]:
        """All that were named. Raises ValidationError where none was."""
        named = [*self.cleaned_data.get("ticked", []), *self.cleaned_data.get("others", [])]
        if not named and not self.errors:
            raise forms.ValidationError(_("Tick or write at least one address."))
        return {"ours": named}


class MonthsForm(forms.Form):
    """A mailbox that is connected, and how far back."""

    mailbox = forms.ChoiceField(label=_("Mailbox"))
    months = forms.IntegerField(label=_("Months back"), min_value=1, max_value=240, initial=12)

    def __init__(self, *args: Any, boxes: Sequence[Mailbox], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mailbox"].choices = [(str(box.pk), box.name) for box in boxes]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """Which column holds what."""

    dates = forms.ChoiceField(label=_("How days are written"), choices=list(DATES.items()))

    def __init__(self, *args: Any, header: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [("", _("no column")), *((name, name) for name in header)]
        for what in NAMES:
            self.fields[what] = forms.ChoiceField(label=COLUMNS[what], choices=names, required=False)
        self.order_fields([*NAMES, "dates"])

    def clean(self) -> dict[str, Any]:
        """What is missing is said in a sentence."""
        given: Mapping[str, Any] = self.cleaned_data
        chosen = Columns(**{name: given.get(name) or "" for name in NAMES}, dates=given.get("dates") or ISO)
        for name in chosen.missing:
            self.add_error(name, _("This has to be known."))
        return dict(given)


class AgreeForm(forms.Form):
    """On what basis the shop holds these letters, and since when."""

    basis = forms.ChoiceField(
        label=_("On what basis do you hold these letters?"),
        choices=list(BASES.items()),
        widget=forms.RadioSelect(),
        initial=Basis.CONTRACT,
    )
    since = forms.DateField(
        label=_("Since when?"),
        help_text=_("The day of the first letter, if you do not know better."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def clean_since(self) -> date:
        """A day that has been. Raises ValidationError."""
        since: date = self.cleaned_data["since"]
        if since > timezone.localdate():
            raise forms.ValidationError(_("That day has not come yet."))
        return since
