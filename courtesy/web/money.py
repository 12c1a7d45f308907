"""Amounts and numbers of pieces as a receipt says them."""

from django.utils.formats import number_format

SIGNS = {"EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "INR": "₹"}
DIGITS = dict.fromkeys(
    ["BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"], 0
) | dict.fromkeys(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"], 3)


def digits_of(currency: str) -> int:
    """How many digits of the smallest coin a currency has: 2, or what ISO 4217 says otherwise."""
    return DIGITS.get(currency, 2)


def money(amount: int, currency: str) -> str:
    """An amount in the smallest coin, in the reader's way of writing: €12.40, −£3.00, 120.00 SEK."""
    digits = digits_of(currency)
    written = number_format(abs(amount) / 10**digits, decimal_pos=digits, use_l10n=True, force_grouping=True)
    sign = "−" if amount < 0 else ""
    return f"{sign}{SIGNS[currency]}{written}" if currency in SIGNS else f"{sign}{written} {currency}".rstrip()


def pieces(quantity: float) -> str:
    """How many, without needless digits: 3, 0.25."""
    return f"{quantity:g}" if abs(quantity) < 1_000_000 else f"{quantity:.0f}"
