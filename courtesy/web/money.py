"""Amounts and numbers of pieces as a receipt says them."""

from django.utils.formats import number_format

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}
NO_COIN = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"}
THOUSANDTHS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
"""Currencies without a smaller coin, and those with a thousand of them (ISO 4217)."""


def places(currency: str) -> int:
    """How many digits stand behind the point: 2, or what ISO 4217 says otherwise."""
    return 0 if currency in NO_COIN else 3 if currency in THOUSANDTHS else 2


def money(amount: int, currency: str) -> str:
    """An amount in the smallest coin, in the reader's way of writing: €12.40, −£3.00, 120.00 SEK."""
    digits = places(currency)
    written = number_format(abs(amount) / 10**digits, decimal_pos=digits, use_l10n=True, force_grouping=True)
    sign = "−" if amount < 0 else ""
    return f"{sign}{SIGNS[currency]}{written}" if currency in SIGNS else f"{sign}{written} {currency}".rstrip()


def pieces(quantity: float) -> str:
    """How many, without needless digits: 3, 0.25."""
    return f"{quantity:g}" if abs(quantity) < 1_000_000 else f"{quantity:.0f}"
