"""What is said about a file of orders before it is brought in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courtesy.consent.purposes import Basis
from courtesy.desk.bringing.forms import AgreeForm as LettersAgreeForm
from courtesy.records.models import HandedIn
from courtesy.records.stores.mapped import Mapped
from courtesy.records.stores.opening import PRESETS

SHOPS = {
    "woocommerce": _("WooCommerce: an export of orders as CSV"),
    "shopify": _("Shopify: Orders, Export"),
    "": _("Another one: any table in which each row is an order or a line of one"),
    "online-retail": _("The UCI Online Retail columns"),
}
WORDS = {
    "number": _("The order’s number"),
    "placed_at": _("When it was placed"),
    "address": _("The customer’s address"),
    "name": _("The customer’s name"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "phone": _("Phone"),
    "customer_number": _("The store’s number for the customer"),
    "marketing": _("Says yes to marketing"),
    "sku": _("The product’s number"),
    "product": _("The product’s name"),
    "quantity": _("How many"),
    "price": _("The price of one"),
    "amount": _("What the line comes to"),
    "discount": _("Discount"),
    "cost": _("What one costs you"),
    "currency": _("Currency"),
    "state": _("The order’s state"),
    "total": _("The order’s total"),
    "refunded": _("Money given back"),
    "promised_on": _("Promised for"),
    "shipped_at": _("Sent on"),
    "arrived_at": _("Arrived on"),
    "carrier": _("Carrier"),
    "tracking": _("Parcel’s number"),
}
FIRST = (
    ("number",),
    ("placed_at",),
    ("address", "customer_number"),
    ("product", "sku"),
    ("quantity",),
    ("price", "amount", "total"),
)
"""What is asked first: an order, when, whose, what and for how much; of several words for one that which was found."""
MANNER = ("dates", "encoding", "delimiter")
BASES = {
    Basis.CONTRACT: _("Contract: they bought from us"),
    Basis.LEGITIMATE_INTEREST: _("Legitimate interest: we have to know what was sold, to whom"),
    Basis.CONSENT: _("Consent: they agreed that we keep it"),
}


class OrdersFileForm(forms.Form):
    """A file of orders, and from which store. The file itself is taken by `uploading.SealedUpload`."""

    preset = forms.ChoiceField(
        label=_("Where is it from?"), choices=list(SHOPS.items()), widget=forms.RadioSelect(), required=False
    )
    file = forms.CharField(
        label=_("The file"),
        help_text=_("CSV or Parquet, as it is or packed (.gz, .zip)."),
        required=False,
        widget=forms.FileInput(),
    )
    store = forms.CharField(
        label=_("What do you call this store?"),
        help_text=_("Two stores may use the same order numbers; the name tells them apart."),
        max_length=80,
        initial=_("My store"),
        error_messages={"required": _("Give the store a name.")},
    )
    currency = forms.RegexField(
        r"^[A-Za-z]{3}$",
        label=_("Its currency"),
        help_text=_("Where the file names none: three letters, EUR, GBP, USD."),
        initial="EUR",
        error_messages={"invalid": _("Three letters: EUR, GBP, USD.")},
    )

    @property
    def told(self) -> dict[str, str]:
        """What was said, as `handing_in.hand_in` takes it."""
        given = self.cleaned_data
        return {"store": given["store"], "preset": given["preset"], "currency": given["currency"].upper()}


class OrdersColumnsForm(forms.Form):
    """Which column holds what, and how dates and letters are written."""

    dates = forms.ChoiceField(
        label=_("How days are written"),
        choices=[
            ("", _("as the file shows by itself")),
            ("day-first", _("24/11/2026: the day first")),
            ("month-first", _("11/24/2026: the month first")),
        ],
        required=False,
    )
    encoding = forms.ChoiceField(
        label=_("How letters are written"),
        choices=[("", _("UTF-8, as most do")), ("cp1252", _("Windows, western (cp1252)")), ("utf-16", "UTF-16")],
        required=False,
    )
    delimiter = forms.ChoiceField(
        label=_("What stands between columns"),
        choices=[
            ("", _("as the file shows by itself")),
            ("tab", _("a tab")),
            *((sign, sign) for sign in (",", ";", "|", ":", "~", "^", "#")),
        ],
        required=False,
    )

    def __init__(self, *args: Any, row: HandedIn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = PRESETS[row.preset] if row.preset else Mapped()
        self.words = [word for word in WORDS if word in reader.columns]
        if row.headings or row.mapping:
            headings = list(dict.fromkeys([*row.headings, *row.mapping.values()]))
            choices = [("", _("no column")), *((heading, heading) for heading in headings)]
            for word in self.words:
                self.fields[word] = forms.ChoiceField(label=WORDS[word], choices=choices, required=False)
        self.order_fields([*self.words, *MANNER])
        wrong = {"WhichDates": "dates", "WrongEncoding": "encoding", "WrongDelimiter": "delimiter"}.get(row.trouble)
        self._first = [wrong, *(next((word for word in words if word in row.mapping), words[0]) for words in FIRST)]

    @property
    def first(self) -> list[forms.BoundField]:
        """What makes an order, and what could not be told; shown at once."""
        return [bound for bound in self if bound.name in self._first or bound.errors]

    @property
    def more(self) -> list[forms.BoundField]:
        """The others, which may stay folded."""
        return [bound for bound in self if bound.name not in self._first and not bound.errors]

    @property
    def found_of_more(self) -> int:
        """How many of the folded ones have a column already."""
        return sum(bool(self.initial.get(bound.name)) for bound in self.more if bound.name not in MANNER)

    @property
    def mapping(self) -> dict[str, str]:
        """Word and heading, for each column that was chosen."""
        return {word: self.cleaned_data[word] for word in self.words if self.cleaned_data.get(word)}

    @property
    def manner(self) -> dict[str, str]:
        """How it is written, where that was said."""
        given = {name: self.cleaned_data.get(name) or "" for name in ("dates", "encoding", "delimiter")}
        given["delimiter"] = "\t" if given["delimiter"] == "tab" else given["delimiter"]
        return {name: value for name, value in given.items() if value}


class AgreeForm(LettersAgreeForm):
    """On what basis the shop holds these orders, and since when."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].label = _("On what basis do you hold these orders?")
        self.fields["basis"].choices = list(BASES.items())  # type: ignore[attr-defined]
        self.fields["since"].help_text = _("The day of the first order, if you do not know better.")
