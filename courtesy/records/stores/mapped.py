"""Any file with a heading: which column is what is told by its name, or by the one who brings the file in.

The presets of WooCommerce and Shopify stand on this one: they know their columns and their words for a state.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from courtesy.people.names import NotAnAddress, same_address
from courtesy.records.stores.rows import (
    MOST,
    Customer,
    Entry,
    Facts,
    GivenBack,
    Parcel,
    Places,
    Quantity,
    RawRow,
    Rejected,
    Sale,
    Why,
)
from courtesy.records.stores.values import BothWays, Manner, coins, day, exact, moment, text_of, yes_or_no

PLACED, PAID, SENT, ARRIVED = "placed", "paid", "sent", "arrived"
CANCELLED, REFUNDED = "cancelled", "refunded"
STATES = {
    word: state
    for state, words in {
        PLACED: "placed pending new open on-hold unpaid offen neu",
        PAID: "paid processing bezahlt payé pagado",
        SENT: "sent shipped fulfilled dispatched completed complete versendet versandt expédié enviado",
        ARRIVED: "arrived delivered zugestellt livré entregado",
        CANCELLED: "cancelled canceled failed voided storniert annulé cancelado",
        REFUNDED: "refunded erstattet remboursé reembolsado",
    }.items()
    for word in words.split()
}
CARD = ("address", "name", "first_name", "last_name", "phone", "customer_number", "marketing")


@dataclass
class Row:
    """One row with its cells by our words; the last row of the same order beside it, for what is left blank."""

    number: int
    cells: Sequence[Any]
    places: Places
    manner: Manner

    def cell(self, word: str) -> Any:
        """The cell, None where the file has no such column or it is blank."""
        place = self.places.get(word)
        if place < 0:
            return None
        value = self.cells[place]
        return None if value is None or (isinstance(value, str) and not value.strip()) else value

    def text(self, word: str, longest: int) -> str:
        """The cell as text on one line."""
        return text_of(self.cell(word), longest)

    def number_in(self, word: str) -> Decimal | None:
        """The cell as a number, None where it is blank. Raises ValueError."""
        value = self.cell(word)
        return None if value is None else exact(value, comma=self.manner.decimal_comma)

    def coins_in(self, word: str, currency: str) -> int | None:
        """The cell as an amount; None where it is blank or none."""
        try:
            number = self.number_in(word)
            return None if number is None else coins(number, currency)
        except ValueError:
            return None

    def moment_in(self, word: str) -> datetime | None:
        """The cell as a moment; None where it is blank or none."""
        value = self.cell(word)
        try:
            return None if value is None else moment(value, self.manner)
        except ValueError:
            return None

    def day_in(self, word: str) -> date | None:
        """The cell as a day; None where it is blank or none."""
        value = self.cell(word)
        try:
            return None if value is None else day(value, self.manner)
        except ValueError:
            return None


@dataclass
class _Head:
    """What the last row said about its order: rows below it may leave that blank."""

    number: str = ""
    at: datetime | None = None
    customer: Customer | None = None
    currency: str = ""


class Refusal(ValueError):
    """Why a row is not taken."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass
class Mapped:
    """The preset for any file. ``columns`` are the headings we know by ourselves; a mapping may name others."""

    name: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: COLUMNS)
    required: tuple[tuple[str, ...], ...] = (("number",), ("placed_at",), ("sku", "product", "total", "amount"))

    def entries(self, rows: Iterable[RawRow], places: Places, manner: Manner) -> Iterator[Entry]:
        """One entry a row."""
        head = _Head()
        currencies: dict[str, str] = {}
        for raw in rows:
            if isinstance(raw, Rejected):
                yield raw
                continue
            row = Row(raw[0], raw[1], places, manner)
            try:
                yield self._entry(row, head, currencies)
            except Refusal as refusal:
                yield Rejected(row.number, refusal.why)

    # What a preset may say otherwise

    def state(self, row: Row) -> str | None:
        """Which state the order is in; None where the file does not say."""
        said = row.text("state", 40).casefold()
        return STATES.get(said, PLACED if said else None)

    def order_number(self, row: Row) -> str:
        """The order's number as the customer knows it."""
        return row.text("number", 65)

    def customer(self, row: Row) -> Customer | None:
        """Whose order it is; None where the row names nobody."""
        address = row.text("address", 254)
        try:
            address = same_address(address) if address else ""
        except NotAnAddress:
            address = ""  # "none", "n/a", a name: the sale is anonymous then, unless the store has a number for them
        number = row.text("customer_number", 40).removesuffix(".0")
        if not address and number in {"", "0"}:
            return None
        name = row.text("name", 200) or " ".join(
            filter(None, (row.text("first_name", 100), row.text("last_name", 100)))
        )
        marketing = yes_or_no(row.cell("marketing"))
        return Customer(address, name, row.text("phone", 40), "" if number == "0" else number, marketing)

    def amount(self, row: Row, quantity: Quantity) -> Decimal:
        """What the line comes to. Raises ValueError."""
        whole = row.number_in("amount")
        if whole is not None:
            return whole
        each = row.number_in("price")
        if each is None:
            raise ValueError("no price")
        return each * quantity - (row.number_in("discount") or 0)

    # The story of a row

    def _entry(self, row: Row, head: _Head, currencies: dict[str, str]) -> Entry:
        whose = number, at, customer, currency = self._whose(row, head)
        if currencies.setdefault(number, currency) != currency:
            raise Refusal(Why.TWO_CURRENCIES)
        facts = self._facts(row, currency)
        sku, product = row.text("sku", 120), row.text("product", 200)
        if not sku and not product:
            return self._alone(row, whose, facts)
        quantity = _quantity(row)
        try:
            amount = coins(self.amount(row, quantity), currency)
        except (ValueError, ArithmeticError):
            raise Refusal(Why.PRICE) from None
        if quantity < 0:
            if amount > 0:
                raise Refusal(Why.NEGATIVE)
            return GivenBack(
                row.number, number, at, customer, sku or product, product, -quantity, -amount, currency, order=number
            )
        if amount < 0:
            raise Refusal(Why.NEGATIVE)
        cost = row.coins_in("cost", currency)
        return Sale(row.number, number, at, customer, sku or product, product, quantity, amount, currency, facts, cost)

    def _whose(self, row: Row, head: _Head) -> tuple[str, datetime, Customer | None, str]:
        """Order, moment, customer and currency; what a later row of an order leaves blank is that of the first."""
        number = self.order_number(row) or (head.number if self._is_below(row) else "")
        if not number or len(number) > 64:
            raise Refusal(Why.NUMBER)
        same = number == head.number
        stamp = row.cell("placed_at")
        if stamp is None and same and head.at is not None:
            at = head.at
        else:
            try:
                at = moment(stamp, row.manner)
            except BothWays:
                raise Refusal(Why.DATE_ORDER) from None
            except ValueError:
                raise Refusal(Why.DATE) from None
        currency = row.text("currency", 10).upper() or (head.currency if same else row.manner.currency)
        if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
            raise Refusal(Why.CURRENCY)
        customer = self.customer(row)
        if same and head.customer is not None and (customer is None or customer.key == head.customer.key):
            customer = head.customer
        head.number, head.at, head.customer, head.currency = number, at, customer, currency
        return number, at, customer, currency

    def _is_below(self, row: Row) -> bool:
        """Whether a row without a number belongs to the order above it."""
        return row.cell("placed_at") is None and all(row.cell(word) is None for word in CARD)

    def _facts(self, row: Row, currency: str) -> Facts | None:
        shipped, arrived = row.moment_in("shipped_at"), row.moment_in("arrived_at")
        parcel: Parcel | None = Parcel(
            row.day_in("promised_on"), shipped, arrived, row.text("carrier", 60), row.text("tracking", 80)
        )
        if parcel == Parcel():
            parcel = None
        state = self.state(row)
        if state not in {CANCELLED, REFUNDED}:
            state = ARRIVED if arrived or state == ARRIVED else SENT if shipped else state
        refunded = row.coins_in("refunded", currency)
        facts = Facts(state, row.coins_in("total", currency), abs(refunded) if refunded else None, parcel)
        return None if facts == Facts() else facts

    def _alone(self, row: Row, whose: tuple[str, datetime, Customer | None, str], facts: Facts | None) -> Entry:
        """A row that is about the order and names no product."""
        number, at, customer, currency = whose
        if row.cell("quantity") is not None and row.cell("price") is not None:
            raise Refusal(Why.PRODUCT)
        total = facts.total if facts and facts.total is not None else row.coins_in("amount", currency)
        if total is None:
            raise Refusal(Why.PRODUCT)
        if total < 0:
            raise Refusal(Why.NEGATIVE)
        facts = facts if facts and facts.total is not None else Facts(total=total)
        return Sale(row.number, number, at, customer, "", "", 0, total, currency, facts)


def _quantity(row: Row) -> Quantity:
    try:
        number = row.number_in("quantity")
    except ValueError:
        raise Refusal(Why.QUANTITY) from None
    if number is None:
        return 1
    if number == 0:
        raise Refusal(Why.NO_QUANTITY)
    if abs(number) >= MOST or number != round(number, 3):
        raise Refusal(Why.QUANTITY)
    return int(number) if number == number.to_integral_value() else number


COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("order number", "order no", "order", "order id", "invoice", "invoice no", "number", "Bestellnummer",
               "Auftragsnummer", "Rechnungsnummer", "numéro de commande", "número de pedido"),
    "placed_at": ("order date", "date", "placed at", "created at", "ordered at", "invoice date", "Bestelldatum",
                  "Datum", "date de commande", "fecha"),
    "address": ("email", "e-mail", "customer email", "email address", "E-Mail-Adresse", "correo", "courriel"),
    "name": ("customer", "customer name", "name", "full name", "Kunde", "client", "cliente", "nom", "nombre"),
    "first_name": ("first name", "Vorname", "prénom"),
    "last_name": ("last name", "surname", "Nachname", "apellido"),
    "phone": ("phone", "telephone", "mobile", "Telefon", "téléphone", "teléfono"),
    "customer_number": ("customer id", "customer number", "customer no", "Kundennummer"),
    "marketing": ("accepts marketing", "newsletter", "marketing"),
    "sku": ("sku", "item number", "product id", "article number", "stock code", "Artikelnummer", "référence"),
    "product": ("product", "item", "product name", "item name", "description", "article", "Artikel", "produit",
                "producto"),
    "quantity": ("quantity", "qty", "Menge", "Anzahl", "quantité", "cantidad"),
    "price": ("price", "unit price", "item price", "Preis", "Einzelpreis", "prix", "precio"),
    "amount": ("amount", "line total", "item total", "Betrag", "montant", "importe"),
    "discount": ("line discount",),
    "cost": ("cost", "cost price", "cost per item", "Einkaufspreis"),
    "currency": ("currency", "Währung", "devise", "moneda"),
    "state": ("status", "state", "order status", "Bestellstatus"),
    "total": ("total", "order total", "Gesamtbetrag", "Gesamt"),
    "refunded": ("refunded", "refunded amount", "refund", "erstattet"),
    "promised_on": ("promised", "promised on", "delivery date", "due", "Liefertermin"),
    "shipped_at": ("shipped at", "shipped", "sent at", "versendet am"),
    "arrived_at": ("arrived at", "arrived", "delivered at", "delivered", "zugestellt am"),
    "carrier": ("carrier", "shipping carrier", "Versanddienst"),
    "tracking": ("tracking", "tracking number", "Sendungsnummer"),
}  # fmt: skip
