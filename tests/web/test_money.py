"""Amounts as a receipt says them."""

import pytest

from courtesy.web.money import money, pieces


@pytest.mark.parametrize(
    ("amount", "currency", "said"),
    [
        (1240, "EUR", "€12.40"),
        (-300, "GBP", "−£3.00"),
        (12000, "SEK", "120.00 SEK"),
        (500, "JPY", "¥500"),
        (1500, "KWD", "1.500 KWD"),
        (123456789, "USD", "$1,234,567.89"),
        (0, "", "0.00"),
    ],
)
def test_an_amount_is_said_in_its_currency(amount, currency, said):
    assert money(amount, currency) == said


@pytest.mark.parametrize(("quantity", "said"), [(3.0, "3"), (0.25, "0.25"), (2500000.0, "2500000")])
def test_pieces_have_no_needless_digits(quantity, said):
    assert pieces(quantity) == said
