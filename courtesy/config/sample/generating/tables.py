"""Orders as a table, a row a line, as a shop's program would hand them out."""

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

from courtesy.config.sample.generating.buying import CARRIER, Line, Order
from courtesy.config.sample.generating.goods import goods
from courtesy.config.sample.generating.whole import Past

BY_HAND = Path(__file__).resolve().parent.parent / "front_orders.jsonl"
"""What the people of the hand-written front bought: days ago, and how many days it took (0: it is on its way)."""

COLUMNS = (
    "order number", "order date", "status", "email", "name", "phone", "newsletter", "sku", "product", "quantity",
    "price", "cost", "amount", "currency", "promised", "shipped", "arrived at", "carrier", "tracking",
)  # fmt: skip


def orders_csv(past: Past) -> str:
    """All orders, the oldest first: a row a line of an order, and a row below zero for money given back."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_by_hand(past.at))
    for order in past.orders:
        writer.writerows(_rows(order))
    return out.getvalue()


def _rows(order: Order) -> Iterator[list[str]]:
    for line in order.lines:
        yield _row(order, line)
    if order.refund is not None:
        who, line = order.customer, order.refund.line
        whose = [order.address, who.name, who.phone, ""]
        yield _given_back(order.number, order.refund.at, whose, line)


def _row(order: Order, line: Line) -> list[str]:
    who, parcel, what = order.customer, order.delivery, line.product
    newsletter = {True: "yes", False: "no", None: ""}[who.newsletter]
    return [
        order.number, _moment(order.placed_at), order.state, order.address, who.name, who.phone, newsletter,
        what.sku, what.name, str(line.quantity), _money(what.price), _money(what.cost), _money(line.amount), "EUR",
        parcel.promised_on.isoformat(), _moment(parcel.shipped_at), _moment(parcel.arrived_at), parcel.carrier,
        parcel.tracking,
    ]  # fmt: skip


def _given_back(number: str, at: datetime, whose: list[str], line: Line) -> list[str]:
    what = line.product
    return [
        number, _moment(at), "", *whose, what.sku, what.name, str(-line.quantity), _money(what.price), "",
        f"-{_money(line.amount)}", "EUR", "", "", "", "", "",
    ]  # fmt: skip


def _by_hand(at: datetime) -> Iterator[list[str]]:
    by_sku = {one.sku: one for one in goods()}
    for one in map(json.loads, BY_HAND.read_text("utf-8").splitlines()):
        line = Line(by_sku[one["sku"]], one["quantity"])
        placed = (at - timedelta(days=one["placed"])).replace(hour=9, minute=12)
        shipped = placed.replace(hour=16, minute=30)
        arrived = (placed + timedelta(days=one["days"])).replace(hour=11, minute=40) if one["days"] else None
        if arrived and arrived >= at:
            arrived = at - timedelta(minutes=50)
        whose = [one["address"], one["name"], "", ""]
        yield [
            one["number"], _moment(placed), "shipped", *whose, line.product.sku, line.product.name,
            str(line.quantity), _money(line.product.price), _money(line.product.cost), _money(line.amount), "EUR",
            (placed + timedelta(days=3)).date().isoformat(), _moment(shipped), _moment(arrived), CARRIER,
            f"HP77{one['number'][2:]}0040",
        ]  # fmt: skip
        if "back" in one:
            yield _given_back(one["number"], at - timedelta(days=one["back"]), whose, line)


def _moment(at: datetime | None) -> str:
    return at.strftime("%Y-%m-%d %H:%M") if at else ""


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
