"""Exports as stores hand them out, small and made by hand. The street is among the customers."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

SHOPIFY = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status", "Billing Name", "Billing Phone",
    "Cancelled at", "Refunded Amount", "Id", "Lineitem discount",
)  # fmt: skip
WOOCOMMERCE = (
    "order_id", "order_number", "date", "status", "order_total", "refunded_total", "order_currency", "customer_id",
    "billing_first_name", "billing_last_name", "billing_email", "billing_phone", "item_id", "item_name", "item_sku",
    "item_quantity", "item_total", "accepts_marketing",
)  # fmt: skip
ADVANCED = (
    "Order Number", "Order Status", "Order Date", "First Name (Billing)", "Last Name (Billing)", "Email (Billing)",
    "Phone (Billing)", "Order Refund Amount", "Order Total Amount", "SKU", "Item #", "Item Name",
    "Quantity (- Refund)", "Item Cost",
)  # fmt: skip
PLAIN = ("Order number", "Order date", "Email", "SKU", "Product", "Quantity", "Price")
ONLINE_RETAIL = (
    "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"
)  # fmt: skip


def shopify(**cells: str) -> list[str]:
    """One row of Shopify's; words for its columns with _ for a blank: ``Created_at``."""
    return _row(SHOPIFY, cells)


def woocommerce(**cells: str) -> list[str]:
    """One row of WooCommerce's."""
    return _row(WOOCOMMERCE, cells)


def _row(columns: Sequence[str], cells: dict[str, str]) -> list[str]:
    row = [cells.pop(column.replace(" ", "_"), "") for column in columns]
    assert not cells
    return row


def three_shopify_orders() -> list[list[str]]:
    """Dora's with two lines, Chidi's sent and partly given back, Emeka's cancelled."""
    return [
        shopify(Name="#1001", Email="dora.lindqvist@post.example", Financial_Status="paid", Accepts_Marketing="no",
                Currency="EUR", Total="23.50", Created_at="2026-10-01 09:00:00 +0200", Lineitem_quantity="2",
                Lineitem_name="Assam 100 g", Lineitem_price="6.50", Lineitem_sku="TEA-1", Billing_Name="Dora Lindqvist",
                Billing_Phone="+46 8 123 45 67"),
        shopify(Name="#1001", Email="dora.lindqvist@post.example", Created_at="2026-10-01 09:00:00 +0200",
                Lineitem_quantity="1", Lineitem_name="Mug", Lineitem_price="10.50", Lineitem_sku="MUG-1"),
        shopify(Name="#1002", Email="chidi.okafor@post.example", Financial_Status="partially_refunded",
                Fulfillment_Status="fulfilled", Fulfilled_at="2026-10-03 12:00:00 +0200", Accepts_Marketing="yes",
                Currency="EUR", Total="21.00", Created_at="2026-10-02 10:00:00 +0200", Lineitem_quantity="2",
                Lineitem_name="Mug", Lineitem_price="10.50", Lineitem_sku="MUG-1", Refunded_Amount="10.50"),
        shopify(Name="#1003", Email="emeka.balogun@post.example", Financial_Status="voided", Accepts_Marketing="yes",
                Currency="EUR", Total="6.50", Created_at="2026-10-04 10:00:00 +0200", Lineitem_quantity="1",
                Lineitem_name="Assam 100 g", Lineitem_price="6.50", Lineitem_sku="TEA-1",
                Cancelled_at="2026-10-04 11:00:00 +0200"),
    ]  # fmt: skip


def a_wholesaler(orders: int = 40, lines: int = 5) -> list[list[str]]:
    """Invoice lines as Online Retail has them: customers by number, some anonymous, cancellations, corrections."""
    rows = []
    for number in range(orders):
        customer = "" if number % 4 == 3 else str(13000 + number % 7)
        for line in range(lines):
            sku, price = f"{85000 + (number * lines + line) % 23}", f"{1.25 + line:.2f}"
            rows.append(
                [
                    str(489434 + number),
                    sku,
                    f"GIFT {sku}",
                    str(1 + line % 3),
                    f"2010-01-{1 + number % 28:02d} 08:{line:02d}:00",
                    price,
                    customer,
                    "France",
                ]
            )
        rows.append(list(rows[-1]))  # the same article twice in one invoice is sold twice
        if number % 5 == 0:
            rows.append(
                [
                    f"C{489434 + number}",
                    rows[-1][1],
                    rows[-1][2],
                    "-1",
                    "2010-02-01 10:00:00",
                    rows[-1][5],
                    customer,
                    "France",
                ]
            )
    rows.append(["A500001", "B", "Adjust bad debt", "1", "2010-02-01 10:00:00", "-110.62", "", "France"])
    rows.append(["500002", "85001", "damages", "-20", "2010-02-01 10:00:00", "0.00", "", "France"])
    return rows


def written(
    path: Path, heading: Sequence[str], rows: Sequence[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8"
) -> Path:
    """The rows as a CSV file."""
    path.write_bytes(as_csv(heading, rows, delimiter=delimiter).encode(encoding))
    return path


def as_csv(heading: Sequence[str], rows: Sequence[Sequence[str]], *, delimiter: str = ",") -> str:
    """The rows as CSV."""
    out = io.StringIO()
    lines = csv.writer(out, delimiter=delimiter)
    lines.writerow(heading)
    lines.writerows(rows)
    return out.getvalue()
