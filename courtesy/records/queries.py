"""What can be found out about what somebody bought."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Min, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from courtesy.people.models import Person
from courtesy.privacy.prepared import Given, Prepared, many, room_for
from courtesy.records.models import Delivery, Line, Order, Refund, Store

SHOWN = 20
LINES_SHOWN = 5


@dataclass(frozen=True)
class Bought:
    """A line as a page shows it; ``amount`` is in the smallest coin."""

    product: str
    quantity: float
    amount: int


@dataclass(frozen=True)
class Parcel:
    """A delivery: for when it was promised, when it left, when it arrived; each None where nobody said."""

    promised_on: date | None
    shipped_at: datetime | None
    arrived_at: datetime | None
    carrier: str
    tracking: str


@dataclass(frozen=True)
class GivenBack:
    """Money given back. ``product`` is empty where it was for an order as a whole."""

    at: datetime
    product: str
    quantity: float
    amount: int
    currency: str
    number: str


@dataclass(frozen=True)
class OrderState:
    """An order with what became of it. ``state`` is a code of `Order.State`; ``late`` where a promised day is over.

    ``lines`` are the dearest few of ``line_count``; ``total`` is None where neither the file nor the lines say.
    ``first_at`` is when the first of all orders of this customer was placed, where they were asked for by customer.
    """

    id: int
    store: str
    number: str
    placed_at: datetime
    state: str
    total: int | None
    currency: str
    late: bool
    returned: tuple[GivenBack, ...]
    deliveries: tuple[Parcel, ...]
    lines: tuple[Bought, ...]
    line_count: int
    first_at: datetime | None = None

    @property
    def delivery(self) -> Parcel | None:
        """The parcel that is waited for, else the last one."""
        waiting = [parcel for parcel in self.deliveries if parcel.arrived_at is None]
        shown = waiting or list(self.deliveries)
        return shown[-1] if shown else None

    @property
    def was_returned(self) -> bool:
        """Whether any money was given back."""
        return bool(self.returned)


def orders_of(
    person: Person | UUID | Collection[UUID],
    *,
    at: datetime,
    limit: int = SHOWN,
    before: tuple[datetime, int] | None = None,
) -> list[OrderState]:
    """Somebody's orders, the newest first. Four queries, however many orders there are; the rest is a page away.

    ``person`` may be several records that are one customer. ``before`` is ``(placed_at, id)`` of the last one shown.
    """
    whose = [person.pk] if isinstance(person, Person) else [person] if isinstance(person, UUID) else list(person)
    if not whose:
        return []
    after = {"placed_at": before[0], "id": before[1]} if before else {}
    return _states(_ORDERS(room_for(whose), bool(after), limit, whose=whose, **after), at=at)


def _orders(room: int, goes_on: bool, limit: int) -> QuerySet[Order]:
    orders = Order.objects.filter(person__pk__in=many("whose", Order.person, room)).select_related("store")
    if goes_on:
        placed_at, number = Given("placed_at", Order._meta.get_field("placed_at")), Given("id", Order._meta.pk)
        orders = orders.filter(Q(placed_at__lt=placed_at) | Q(placed_at=placed_at, pk__lt=number))
    return orders.annotate(first_at=Window(Min("placed_at"))).order_by("-placed_at", "-pk")[:limit]


_ORDERS = Prepared(_orders)


def order_numbered(number: str, *, at: datetime) -> list[OrderState]:
    """The orders with this number; two stores may both have one."""
    return _states(list(Order.objects.filter(number=number).select_related("store")[:SHOWN]), at=at)


def who_ordered(numbers: Collection[str], *, but: Collection[UUID]) -> dict[UUID, str]:
    """Whose orders have these numbers, with the number, except those of ``but``; one query, 20 orders at most."""
    # The index begins with the store: without one named, all orders would be read.
    numbered = Order.objects.filter(store__in=Store.objects.values("pk"), number__in=numbers)
    orders = numbered.exclude(person=None).exclude(person__in=but)
    return {person: number for person, number in orders.values_list("person", "number")[:SHOWN] if person is not None}


def given_back_to(person: Person | UUID, *, limit: int = SHOWN) -> list[GivenBack]:
    """Money given back to somebody, the newest first, also where the file does not say for which order."""
    refunds = Refund.objects.filter(person=person).select_related("product").order_by("-refunded_at", "-pk")
    return [_given_back(refund) for refund in refunds[:limit]]


def _states(orders: Sequence[Order], *, at: datetime) -> list[OrderState]:
    if not orders:
        return []
    ids = [order.pk for order in orders]
    lines = _dearest(ids)
    refunds: dict[int, list[Refund]] = {}
    for refund in Refund.objects.filter(order__in=ids).select_related("product").order_by("refunded_at", "pk"):
        refunds.setdefault(refund.order_id or 0, []).append(refund)
    parcels: dict[int, list[Delivery]] = {}
    for parcel in Delivery.objects.filter(order__in=ids).order_by("part"):
        parcels.setdefault(parcel.order_id, []).append(parcel)
    return [
        _state(
            order,
            lines.get(order.pk, []),
            refunds.get(order.pk, []),
            parcels.get(order.pk, []),
            at=at,
        )
        for order in orders
    ]


def _dearest(order_ids: list[int]) -> dict[int, list[Any]]:
    """The dearest few lines of each order, chosen by the database: an order of a wholesaler has a thousand.

    Each says how many its order has and what they come to together.
    """
    place = Window(RowNumber(), partition_by=F("order"), order_by=[F("amount").desc(), F("pk").asc()])
    all_of_them = {
        "how_many": Window(Count("pk"), partition_by=F("order")),
        "together": Window(Sum("amount"), partition_by=F("order")),
    }
    found: dict[int, list[Any]] = {}
    chosen = (
        Line.objects.filter(order__in=order_ids).annotate(place=place, **all_of_them).filter(place__lte=LINES_SHOWN)
    )
    for line in chosen.select_related("product").order_by("order", "place"):
        found.setdefault(line.order_id, []).append(line)
    return found


def _state(
    order: Order,
    dearest: list[Any],
    refunds: list[Refund],
    parcels: list[Delivery],
    *,
    at: datetime,
) -> OrderState:
    count, amount = (dearest[0].how_many, dearest[0].together) if dearest else (0, None)
    return OrderState(
        id=order.pk,
        store=order.store.name,
        number=order.number,
        placed_at=order.placed_at,
        state=order.state,
        total=amount if order.total is None else order.total,
        currency=order.currency,
        late=_is_late(order, parcels, at),
        returned=tuple(_given_back(refund) for refund in refunds),
        deliveries=tuple(
            Parcel(one.promised_on, one.shipped_at, one.arrived_at, one.carrier, one.tracking) for one in parcels
        ),
        lines=tuple(
            Bought(line.product.name or line.product.sku, float(line.quantity), line.amount) for line in dearest
        ),
        line_count=count,
        first_at=getattr(order, "first_at", None),
    )


def _is_late(order: Order, parcels: list[Delivery], at: datetime) -> bool:
    """A promised day is over and nobody said that the parcel arrived."""
    if order.state in {Order.State.ARRIVED, Order.State.CANCELLED, Order.State.REFUNDED}:
        return False
    return any(one.promised_on and one.arrived_at is None and one.promised_on < at.date() for one in parcels)


def _given_back(refund: Refund) -> GivenBack:
    return GivenBack(
        at=refund.refunded_at,
        product=(refund.product.name or refund.product.sku) if refund.product else "",
        quantity=float(refund.quantity),
        amount=refund.amount,
        currency=refund.currency,
        number=refund.number,
    )
