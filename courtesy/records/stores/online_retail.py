"""The columns of the data set *Online Retail* (UCI): a list of invoice lines of a wholesaler in gifts, in pounds.

A number that begins with C is a cancellation, one that begins with A a correction in the books. A customer is known
by the shop's own number only.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from courtesy.records.stores.rows import MOST, Customer, Entry, GivenBack, Places, Quantity, RawRow, Rejected, Sale, Why
from courtesy.records.stores.values import LARGEST, Manner, coins, exact, moment, text_of

NAME = "online-retail"
CURRENCY = "GBP"


class OnlineRetail:
    """The preset. Its files are long, so what repeats (times, prices, customers) is read once and remembered."""

    name = NAME
    columns = {
        "number": ("InvoiceNo", "Invoice"),
        "sku": ("StockCode",),
        "product": ("Description",),
        "quantity": ("Quantity",),
        "placed_at": ("InvoiceDate",),
        "price": ("UnitPrice", "Price"),
        "customer_number": ("CustomerID", "Customer ID"),
    }
    required = (("number",), ("sku",), ("quantity",), ("placed_at",), ("price",), ("customer_number",))

    def entries(self, rows: Iterable[RawRow], places: Places, manner: Manner) -> Iterator[Entry]:
        """One entry a row."""
        words = ("number", "sku", "product", "quantity", "placed_at", "price", "customer_number")
        number_at, sku_at, product_at, quantity_at, at_at, price_at, customer_at = map(places.get, words)
        known = _Known(manner)
        for raw in rows:
            if isinstance(raw, Rejected):
                yield raw
                continue
            row, cells = raw
            number = known.texts(cells[number_at])
            if not number or len(number) > 64:
                yield Rejected(row, Why.NUMBER)
                continue
            try:
                quantity, amount = _worth(cells[quantity_at], cells[price_at], known)
            except NotANumber as why:
                yield Rejected(row, why.why)
                continue
            try:
                at = known.times(cells[at_at])
            except ValueError:
                yield Rejected(row, Why.DATE, amount, CURRENCY)
                continue
            product = known.texts(cells[product_at]) if product_at >= 0 else ""
            sku = known.texts(cells[sku_at]) or product
            refused = _refused(number, quantity, amount) or (None if sku else Why.PRODUCT)
            if refused:
                yield Rejected(row, refused, amount, CURRENCY)
                continue
            customer = known.customers(cells[customer_at])
            if quantity < 0:
                yield GivenBack(row, number.upper(), at, customer, sku[:120], product, -quantity, -amount, CURRENCY)
            else:
                yield Sale(row, number.upper(), at, customer, sku[:120], product, quantity, amount, CURRENCY)


class _Known:
    """What was read before: the same times, prices, names and customers come again and again."""

    def __init__(self, manner: Manner) -> None:
        self.comma = manner.decimal_comma
        self.texts = lru_cache(20_000)(lambda cell: text_of(cell, 200))
        self.times = lru_cache(20_000)(lambda cell: moment(cell, manner))
        self.prices = lru_cache(20_000)(self._price)
        self.customers = lru_cache(50_000)(_customer)

    def _price(self, cell: Any) -> int | Decimal:
        """Pence for one; as a fraction where it is less than one of them."""
        each = exact(cell, comma=self.comma)
        pence = each.scaleb(2)
        return int(pence) if pence == pence.to_integral_value() else each


class NotANumber(ValueError):
    """A quantity or a price that is none."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


def _worth(quantity: Any, price: Any, known: _Known) -> tuple[Quantity, int]:
    """How many, and what they come to together in pence."""
    if type(quantity) is not int:
        try:
            number = exact(quantity, comma=known.comma)
        except ValueError:
            raise NotANumber(Why.QUANTITY) from None
        quantity = int(number) if number == number.to_integral_value() else number
    if abs(quantity) >= MOST:
        raise NotANumber(Why.QUANTITY)
    try:
        each = known.prices(price)
    except (ValueError, ArithmeticError):
        raise NotANumber(Why.PRICE) from None
    if type(each) is int and type(quantity) is int:
        amount = each * quantity
        if -LARGEST < amount < LARGEST:
            return quantity, amount
        raise NotANumber(Why.AMOUNT)
    try:
        return quantity, coins((Decimal(each).scaleb(-2) if type(each) is int else each) * quantity, CURRENCY)
    except (ValueError, ArithmeticError):
        raise NotANumber(Why.AMOUNT) from None


def _refused(number: str, quantity: Quantity, amount: int) -> Why | None:
    """Why a row is neither a sale nor a refund."""
    if number[0] in "Aa" and number[1:].isdigit():
        return Why.BOOKING
    if quantity == 0:
        return Why.NO_QUANTITY
    cancelled = number[0] in "Cc"
    if (amount < 0) != (quantity < 0) and amount != 0:
        return Why.NEGATIVE
    if cancelled and quantity > 0:
        return Why.CANCELLED_UPWARDS
    if not cancelled and quantity < 0:
        return Why.NOT_CANCELLED
    return None


def _customer(cell: Any) -> Customer | None:
    if cell is None or cell == "":
        return None
    number = text_of(cell, 40).removesuffix(".0")  # a spreadsheet made it a number with a point
    return Customer(number=number) if number and number != "nan" else None
