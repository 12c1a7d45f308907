"""Orders as a table, a line each, as a shop's program would hand them out."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import StringIO

from courtesy.config.sample.generating.buying import Line, Order
from courtesy.config.sample.generating.whole import Past

COLUMNS = (
    "order", "placed", "status", "email", "name", "phone", "newsletter", "sku", "product", "quantity", "price", "cost",
    "amount", "currency", "promised", "shipped", "arrived", "carrier", "tracking", "refund", "refunded", "returned",
)  # fmt: skip


def orders_csv(past: Past) -> str:
    """All orders, the oldest first: a row a line of an order, and one below it for money given back."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for order in past.orders:
        writer.writerows(_rows(order))
    return out.getvalue()


def _rows(order: Order) -> Iterator[list[str]]:
    for line in order.lines:
        yield _row(order, line)
    if order.refund is not None:
        row = _row(order, order.refund.line)
        row[-3:] = [order.refund.number, _moment(order.refund.at), str(order.refund.line.quantity)]
        yield row


def _row(order: Order, line: Line) -> list[str]:
    who, parcel, what = order.customer, order.delivery, line.product
    newsletter = {True: "yes", False: "no", None: ""}[who.newsletter]
    return [
        order.number, _moment(order.placed_at), order.state, order.address, who.name, who.phone, newsletter,
        what.sku, what.name, str(line.quantity), _money(what.price), _money(what.cost), _money(line.amount), "EUR",
        parcel.promised_on.isoformat(), _moment(parcel.shipped_at), _moment(parcel.arrived_at), parcel.carrier,
        parcel.tracking, "", "", "",
    ]  # fmt: skip


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at else ""


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
