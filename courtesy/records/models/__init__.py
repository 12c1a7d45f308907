"""What exists: what was sold (`selling.py`), what became of it (`after.py`), and how it came here (`imports.py`)."""

from courtesy.records.models.after import Delivery, Invoice, Refund
from courtesy.records.models.imports import Former, FormerCost, Import, Newcomer
from courtesy.records.models.selling import Line, Order, Product, Store
from courtesy.records.models.waiting import HandedIn

__all__ = [
    "Delivery",
    "Former",
    "FormerCost",
    "HandedIn",
    "Import",
    "Invoice",
    "Line",
    "Newcomer",
    "Order",
    "Product",
    "Refund",
    "Store",
]
