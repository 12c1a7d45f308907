"""Orders in a store, for what the desk shows and says of them."""

from typing import Any

from courtesy.records.models import Delivery, Line, Order, Product
from tests.cast import NOON


def buys(
    person: Any,
    store: Any,
    number: str,
    *,
    what: str = "Assam, 250 g",
    amount: int = 1240,
    at: Any = NOON,
    state: str = Order.State.SENT,
    parcel: Any = None,
) -> Order:
    """Two pieces of something in one order, with its parcel where one is given."""
    product, _ = Product.objects.get_or_create(store=store, sku=what, defaults={"name": what})
    order = Order.objects.create(
        store=store, number=number, person=person, placed_at=at, state=state, total=amount, currency="EUR"
    )
    Line.objects.create(order=order, product=product, quantity=2, amount=amount, mark=1)
    if parcel is not None:
        Delivery.objects.create(order=order, **parcel)
    return order
