"""Orders of WooCommerce as its two usual exporters write them, a row an item.

WooCommerce itself exports no order lines. *Customer/Order/Coupon Export* (one row per item) writes `order_number`,
`item_sku` …; *Advanced Order Export* writes "Order Number", "SKU", "Item Name" …. Both are read.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from courtesy.records.stores.mapped import CANCELLED, PAID, PLACED, REFUNDED, SENT, Mapped, Row

NAME = "woocommerce"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "number": ("order_number_formatted", "order_number", "Order Number", "order_id", "Order ID"),
    "placed_at": ("order_date", "date", "Order Date", "Date Created"),
    "address": ("billing_email", "Email (Billing)", "customer_email"),
    "name": ("Full Name (Billing)", "Name (Billing)"),
    "first_name": ("billing_first_name", "First Name (Billing)"),
    "last_name": ("billing_last_name", "Last Name (Billing)"),
    "phone": ("billing_phone", "Phone (Billing)"),
    "customer_number": ("customer_id", "Customer User ID", "customer_user"),
    "marketing": ("accepts_marketing", "newsletter", "marketing_opt_in"),
    "sku": ("item_sku", "SKU"),
    "product": ("item_name", "Item Name", "Product Name"),
    "quantity": ("item_quantity", "Quantity", "Quantity (- Refund)"),
    "amount": ("item_total", "Order Line Total", "Item Total Amount"),
    "price": ("item_price", "Item Cost"),
    "currency": ("order_currency", "Order Currency", "currency"),
    "state": ("status", "order_status", "Order Status"),
    "total": ("order_total", "Order Total Amount"),
    "refunded": ("refunded_total", "Order Refund Amount"),
    "shipped_at": ("completed_date", "Completed Date", "Date Completed"),
    "carrier": ("shipment_provider", "tracking_provider"),
    "tracking": ("tracking_number", "shipment_tracking_number"),
}
STATES = {
    "pending": PLACED, "on-hold": PLACED, "checkout-draft": PLACED, "processing": PAID, "completed": SENT,
    "cancelled": CANCELLED, "failed": CANCELLED, "refunded": REFUNDED,
}  # fmt: skip


@dataclass
class WooCommerce(Mapped):
    """The preset. Every row repeats its order; customer 0 is a guest."""

    name: str = NAME
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: COLUMNS)
    required: tuple[tuple[str, ...], ...] = (
        ("number",), ("placed_at",), ("address", "customer_number"), ("sku", "product"), ("price", "amount")
    )  # fmt: skip

    def state(self, row: Row) -> str | None:
        """WooCommerce's own words, with or without its "wc-", in lower case or as they are shown."""
        said = row.text("state", 40).casefold().removeprefix("wc-").replace(" ", "-")
        return STATES.get(said, PLACED if said else None)
