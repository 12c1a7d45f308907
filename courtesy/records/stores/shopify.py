"""Orders as Shopify's admin exports them (Orders → Export): a row a line, with the order in the first of them only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from courtesy.records.stores.mapped import CANCELLED, PAID, PLACED, REFUNDED, SENT, Mapped, Row

NAME = "shopify"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("Name",),
    "placed_at": ("Created at",),
    "address": ("Email",),
    "name": ("Billing Name",),
    "phone": ("Phone", "Billing Phone", "Shipping Phone"),
    "marketing": ("Accepts Marketing",),
    "sku": ("Lineitem sku",),
    "product": ("Lineitem name",),
    "quantity": ("Lineitem quantity",),
    "price": ("Lineitem price",),
    "discount": ("Lineitem discount",),
    "currency": ("Currency",),
    "paid": ("Financial Status",),
    "fulfilled": ("Fulfillment Status",),
    "shipped_at": ("Fulfilled at",),
    "cancelled_at": ("Cancelled at",),
    "total": ("Total",),
    "refunded": ("Refunded Amount",),
}


@dataclass
class Shopify(Mapped):
    """The preset. In rows below the first one everything about the order but its name is blank."""

    name: str = NAME
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: COLUMNS)
    required: tuple[tuple[str, ...], ...] = (
        ("number",), ("placed_at",), ("address",), ("product",), ("quantity",), ("price",)
    )  # fmt: skip

    def state(self, row: Row) -> str | None:
        """From three columns: paid, fulfilled, cancelled. Rows below the first have none of them."""
        paid, fulfilled = row.text("paid", 40).casefold(), row.text("fulfilled", 40).casefold()
        if not paid and not fulfilled:
            return None
        if row.cell("cancelled_at") is not None or paid == "voided":
            return CANCELLED
        if paid == "refunded":
            return REFUNDED
        if fulfilled == "fulfilled":
            return SENT
        return PAID if paid in {"paid", "partially_paid", "partially_refunded"} else PLACED
