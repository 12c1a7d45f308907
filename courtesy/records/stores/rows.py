"""What a reader makes of a file's rows: each is a sale, a refund, or rejected with a reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, Protocol

from courtesy.records.stores.values import Manner

Quantity = int | Decimal
MOST = 10**8  # of one thing in one order


class Why(StrEnum):
    """Why a row was rejected. None of them repeats what stands in the row: it may be about somebody."""

    CELLS = "the row does not have as many cells as the heading"
    TOO_LONG = "the line is too long to be an order"
    QUOTE = "a quotation mark is opened and never closed"
    NUMBER = "there is no order number, or it is longer than 64 letters"
    DATE = "the date cannot be read"
    DATE_ORDER = "the date has day and month the other way round than the rest of the file"
    QUANTITY = "the quantity is no number"
    NO_QUANTITY = "the quantity is zero"
    PRICE = "the price is no number"
    NEGATIVE = "the price is below zero"
    AMOUNT = "the amount is larger than any order"
    CURRENCY = "the currency is not three letters"
    PRODUCT = "it says neither a product's number nor its name"
    NOT_CANCELLED = "a quantity below zero that is no cancellation (a correction of the stock)"
    CANCELLED_UPWARDS = "a cancellation with a quantity above zero"
    BOOKING = "a correction in the books, not an order"
    TWO_CURRENCIES = "the order is in another currency in an earlier row"


class Customer(NamedTuple):
    """Whose order it is, as the file says; ``number`` is the store's own for them."""

    address: str = ""
    name: str = ""
    phone: str = ""
    number: str = ""
    marketing: bool | None = None

    @property
    def key(self) -> str:
        """By what they are told apart within one file."""
        return self.address or self.number


@dataclass(frozen=True, slots=True)
class Parcel:
    """What the file says of a delivery."""

    promised_on: date | None = None
    shipped_at: datetime | None = None
    arrived_at: datetime | None = None
    carrier: str = ""
    tracking: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What the file says about an order as a whole. None where it says nothing; ``refunded`` in the smallest coin."""

    state: str | None = None
    total: int | None = None
    refunded: int | None = None
    parcel: Parcel | None = None


class Sale(NamedTuple):
    """Something was sold. ``sku`` and ``product`` are both empty in a row that is about the order alone."""

    row: int
    number: str
    at: datetime
    customer: Customer | None
    sku: str
    product: str
    quantity: Quantity
    amount: int
    currency: str
    facts: Facts | None = None
    cost: int | None = None


class GivenBack(NamedTuple):
    """Money was given back; ``quantity`` and ``amount`` are above zero. ``order`` is empty where nobody says which."""

    row: int
    number: str
    at: datetime
    customer: Customer | None
    sku: str
    product: str
    quantity: Quantity
    amount: int
    currency: str
    order: str = ""


class Rejected(NamedTuple):
    """A row that was not taken. ``amount`` is what it would have come to, where that can be read."""

    row: int
    why: Why
    amount: int = 0
    currency: str = ""


Entry = Sale | GivenBack | Rejected
RawRow = tuple[int, Sequence[Any]] | Rejected
"""Line number and cells; or what the file's own form made impossible to read."""


@dataclass(frozen=True)
class Places:
    """In which column each thing stands, by our word for it; what the file does not have is not there."""

    of: Mapping[str, int] = field(default_factory=dict)

    def get(self, word: str) -> int:
        """The column's place, or -1."""
        return self.of.get(word, -1)


class Reader(Protocol):
    """A preset: its columns by our words, which of them a file must have, and how rows become entries."""

    @property
    def name(self) -> str:
        """What it is called on the command line."""
        ...

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """Our word → the headings it is known under."""
        ...

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """Of each of these one must be there."""
        ...

    def entries(self, rows: Iterable[RawRow], places: Places, manner: Manner) -> Iterator[Entry]:
        """One entry a row, in order; none is left out."""
        ...
