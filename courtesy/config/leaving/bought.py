"""What customers bought, as tables: which ones, with which columns. `tables.py` writes them with the others."""

from collections.abc import Iterator, Sequence

from django.db.models import Model

from courtesy.records.models import Delivery, Invoice, Line, Order, Product, Refund

Table = tuple[str, type[Model], Sequence[tuple[str, str]]]
"""A table's name, its model, and for each column its heading and the model's field."""


def tables() -> Iterator[Table]:
    """Orders with what hangs on them; amounts are in the smallest coin of the currency, as the heading says."""
    yield (
        "orders",
        Order,
        (("order", "pk"), ("store", "store__name"), ("number", "number"), ("customer", "person_id"),
         ("placed_at", "placed_at"), ("state", "state"), ("total_in_smallest_coin", "total"), ("currency", "currency")),
    )  # fmt: skip
    yield (
        "order_lines",
        Line,
        (("order", "order_id"), ("sku", "product__sku"), ("product", "product__name"), ("quantity", "quantity"),
         ("amount_in_smallest_coin", "amount")),
    )  # fmt: skip
    yield (
        "refunds",
        Refund,
        (("store", "store__name"), ("number", "number"), ("order", "order_id"), ("customer", "person_id"),
         ("sku", "product__sku"), ("quantity", "quantity"), ("amount_in_smallest_coin", "amount"),
         ("currency", "currency"), ("refunded_at", "refunded_at")),
    )  # fmt: skip
    yield (
        "deliveries",
        Delivery,
        (("order", "order_id"), ("part", "part"), ("promised_on", "promised_on"), ("shipped_at", "shipped_at"),
         ("arrived_at", "arrived_at"), ("carrier", "carrier"), ("tracking", "tracking")),
    )  # fmt: skip
    yield (
        "products",
        Product,
        (("store", "store__name"), ("sku", "sku"), ("name", "name"), ("cost_in_smallest_coin", "cost")),
    )
    yield (
        "invoices_of_erased_customers",
        Invoice,
        (("store", "store__name"), ("number", "number"), ("on", "on"), ("amount_in_smallest_coin", "amount"),
         ("currency", "currency"), ("keep_until", "keep_until")),
    )  # fmt: skip
