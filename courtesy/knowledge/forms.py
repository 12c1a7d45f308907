"""What can be typed about an article."""

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.knowledge.models import Article, Audience
from courtesy.staff.models import Language, Shop

LONGEST_TEXT = 100_000


class ArticleForm(forms.Form):
    """The editor. ``seen`` is the version that was on the page, so that nobody writes over another unseen."""

    title = forms.CharField(
        label=_("Title"),
        max_length=140,
        error_messages={"required": _("Give it a title: the words a customer would look for.")},
    )
    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_TEXT,
        strip=False,
        help_text=_("One fact a sentence, so that a sentence can be quoted alone. Headings begin with ##."),
        widget=forms.Textarea(attrs={"class": "editor", "rows": 18, "spellcheck": "true"}),
        error_messages={"required": _("An article needs words; one sentence is a beginning.")},
    )
    audience = forms.ChoiceField(
        label=_("Who may read it"), choices=Audience.choices, initial=Audience.PUBLIC, widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices, initial=Language.ENGLISH)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Only spaces are no words."""
        text: str = self.cleaned_data["text"]
        if not text.strip():
            raise forms.ValidationError(self.fields["text"].error_messages["required"])
        return text


def form_of(article: Article) -> ArticleForm:
    """The editor as it opens on an article."""
    return ArticleForm(
        initial={
            "title": article.title,
            "text": article.text,
            "audience": article.audience,
            "language": article.language,
            "seen": article.number,
        }
    )


class SavedReplyForm(forms.Form):
    """A text that is written again and again, and the name by which it is found."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("The words a colleague would type after “/”."),
        error_messages={"required": _("Give it a name, so that it is found again.")},
    )
    words = forms.CharField(
        label=_("Words"),
        max_length=10_000,
        strip=False,
        help_text=_("{name} becomes the customer’s first name. The closing comes by itself."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "true"}),
        error_messages={"required": _("A saved reply needs words.")},
    )


class LanguagesForm(forms.Form):
    """The shop's own language, and the others its customers write in."""

    language = forms.ChoiceField(
        label=_("The shop’s own language"),
        help_text=_("What is taken for granted when a message does not tell."),
        choices=Language.choices,
    )
    others = forms.MultipleChoiceField(
        label=_("Others that customers write in"),
        choices=Language.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    @classmethod
    def of(cls, shop: Shop) -> "LanguagesForm":
        """The form as the shop is now."""
        return cls(initial={"language": shop.language, "others": shop.other_languages})
