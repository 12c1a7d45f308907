"""What a colleague writes in the inbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.conversations.actions import LONGEST_UNSENT
from courtesy.conversations.models import Thread
from courtesy.desk.lifecycle.models import Why


class ReplyForm(forms.Form):
    """An answer: its words, the last event its writer saw, and the draft it was filled from, if any."""

    words = forms.CharField(
        max_length=LONGEST_UNSENT, strip=False, error_messages={"required": _("An answer needs a word or two.")}
    )
    seen = forms.IntegerField(min_value=0)
    suggestion_id = forms.IntegerField(required=False, min_value=1)
    tab = forms.CharField(required=False, max_length=40)
    then = forms.CharField(required=False, max_length=10)


class NoteForm(forms.Form):
    """A note among colleagues."""

    words = forms.CharField(
        max_length=LONGEST_UNSENT, strip=False, error_messages={"required": _("A note needs a word or two.")}
    )
    tab = forms.CharField(required=False, max_length=40)


class WordsForm(forms.Form):
    """What is typed so far; empty is allowed and means: forget it."""

    words = forms.CharField(required=False, max_length=LONGEST_UNSENT, strip=False)
    tab = forms.CharField(required=False, max_length=40)


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
