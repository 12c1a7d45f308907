"""What a colleague writes in the inbox."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.conversations.actions import LONGEST_ADDRESSES, LONGEST_UNSENT, Addresses
from courtesy.conversations.models import Thread
from courtesy.desk.inbox.texts import SIGNS
from courtesy.desk.lifecycle.models import Why
from courtesy.post.channels.incoming import Unreadable, address_in

MOST_ADDRESSES = 50
_BETWEEN = re.compile(r"[,;\n]+")


class AddressesField(forms.CharField):
    """Mail addresses with commas between; clean, a tuple of them. Which one cannot be written to is said by name."""

    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST_ADDRESSES)

    def clean(self, value: Any) -> Any:
        """The addresses, each once."""
        typed = super().clean(value)
        found: dict[str, str] = {}
        for one in filter(None, (part.strip() for part in _BETWEEN.split(typed))):
            bare = one.rpartition("<")[2].rstrip("> ") if one.endswith(">") else one
            try:
                found.setdefault(bare.casefold(), address_in(bare))
            except Unreadable:
                raise forms.ValidationError(_("“%(one)s” is no mail address.") % {"one": one[:80]}) from None
        if len(found) > MOST_ADDRESSES:
            raise forms.ValidationError(_("Fifty addresses are the most for one answer."))
        return tuple(found.values())


class ReplyForm(forms.Form):
    """An answer: its words, the last event its writer saw, the draft it began with, if any, and who else gets it."""

    words = forms.CharField(
        max_length=LONGEST_UNSENT, strip=False, error_messages={"required": _("An answer needs a word or two.")}
    )
    seen = forms.IntegerField(min_value=0)
    suggestion_id = forms.IntegerField(required=False, min_value=1)
    tab = forms.CharField(required=False, max_length=40)
    then = forms.CharField(required=False, max_length=10)
    also_to = AddressesField()
    cc = AddressesField()
    bcc = AddressesField()


class NoteForm(forms.Form):
    """A note among colleagues."""

    words = forms.CharField(
        max_length=LONGEST_UNSENT, strip=False, error_messages={"required": _("A note needs a word or two.")}
    )
    tab = forms.CharField(required=False, max_length=40)


class WordsForm(forms.Form):
    """What is typed so far; empty is allowed and means: forget it. ``put`` is a text to be put in."""

    words = forms.CharField(required=False, max_length=LONGEST_UNSENT, strip=False)
    tab = forms.CharField(required=False, max_length=40)
    put = forms.CharField(required=False, max_length=60)


def further_typed(said: Mapping[str, str]) -> Addresses | None:
    """Who else is to get it, as it stands in the boxes; None where there are none, or where it is what was offered."""
    if "cc" not in said:
        return None
    typed = Addresses(*(said.get(name, "") for name in ("also_to", "cc", "bcc")))
    # A browser sends a line's end as two signs.
    return None if typed.text() == said.get("offered", "").replace("\r\n", "\n") else typed


class SoughtTextForm(forms.Form):
    """A sign ("/", "??" or "@") and what is typed after it."""

    sign = forms.ChoiceField(choices=[(sign, sign) for sign in SIGNS])
    words = forms.CharField(required=False, max_length=80)


class DismissalForm(forms.Form):
    """Why a draft is set aside: one click."""

    why = forms.ChoiceField(choices=Why.choices)


class CorrectionForm(forms.Form):
    """What a message is about, said by a person; empty is "none of these"."""

    to = forms.CharField(required=False, max_length=120)


class SearchForm(forms.Form):
    """What is looked for: words, days, a state, whether there is a file."""

    words = forms.CharField(required=False, max_length=200)
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)
    state = forms.ChoiceField(required=False, choices=[("", ""), *Thread.State.choices, ("apart", "")])
    attached = forms.BooleanField(required=False)


class SavedViewForm(forms.Form):
    """A list to see again: what it is called, what it asks for, and whether everybody sees it."""

    name = forms.CharField(max_length=40, error_messages={"required": _("A view needs a name.")})
    view = forms.CharField(required=False, max_length=20)
    tag = forms.CharField(required=False, max_length=20)
    whose = forms.CharField(required=False, max_length=36)
    shared = forms.BooleanField(required=False)
