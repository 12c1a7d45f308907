"""Three years of orders: rhythms, winter tea, presents before Christmas, late parcels, money given back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from courtesy.config.sample.generating.customers import Customer
from courtesy.config.sample.generating.dice import Dice
from courtesy.config.sample.generating.goods import Product, chosen

CARRIER, OTHER_CARRIER = "Heron Parcels", "Canal Post"
WINTER = frozenset({10, 11, 12, 1, 2, 3})
STUCK_FOR = 2
"""Days for which the hub at Northgate has stood still."""


@dataclass(frozen=True)
class Line:
    """So many of a product, at their price in cents."""

    product: Product
    quantity: int

    @property
    def amount(self) -> int:
        """What they come to."""
        return self.product.price * self.quantity


@dataclass(frozen=True)
class Refund:
    """Money given back for a line."""

    number: str
    line: Line
    at: datetime


@dataclass(frozen=True)
class Delivery:
    """A parcel: for when it was promised, when it left, when it arrived (None: not yet)."""

    promised_on: date
    shipped_at: datetime | None
    arrived_at: datetime | None
    carrier: str
    tracking: str

    def is_late(self, on: date) -> bool:
        """Whether it came after the day that was promised, or has not come and should have."""
        arrived = self.arrived_at.date() if self.arrived_at else on
        return arrived > self.promised_on


@dataclass(frozen=True)
class Order:
    """What somebody bought in one go."""

    number: str
    customer: Customer
    address: str
    placed_at: datetime
    lines: tuple[Line, ...]
    delivery: Delivery
    refund: Refund | None = None
    stuck: bool = False

    @property
    def total(self) -> int:
        """In cents, without postage."""
        return sum(line.amount for line in self.lines)

    @property
    def state(self) -> str:
        """As a shop's program calls it."""
        if self.refund is not None and self.refund.line.amount == self.total:
            return "refunded"
        if self.delivery.arrived_at is not None:
            return "completed"
        return "shipped" if self.delivery.shipped_at else "processing"


def orders_of(customer: Customer, *, at: datetime, stuck: bool = False) -> list[Order]:
    """All orders of one customer up to ``at``, the oldest first; ``stuck``: the last lies in the carrier's hub."""
    days = sorted(_days_of(customer, at), reverse=True)
    if stuck:
        days = [day for day in days if day > STUCK_FOR + 6] + [STUCK_FOR + 4]
    orders = []
    for count, ago in enumerate(days[-99:]):
        orders.append(_order(customer, count, ago, at=at, stuck=stuck and ago == days[-1]))
    return orders


def _days_of(customer: Customer, at: datetime) -> Iterator[int]:
    """How many days ago they ordered, the longest ago first. Everybody has ordered once."""
    dice = Dice("days", customer.number)
    ago = customer.since
    yield ago
    if customer.habit == "once":
        return
    if customer.habit == "gifts":
        yield from _before_christmas(customer, at, dice)
        return
    while True:
        step = customer.rhythm
        if customer.habit != "subscriber":
            step = max(4, round(step * (0.6 + 0.8 * dice.share())))
        ago -= step
        if ago <= max(1, customer.until):
            return
        month = (at - timedelta(days=ago)).month
        if customer.habit == "winter" and month not in WINTER:
            continue
        if month == 12 and dice.chance(0.35):
            yield ago + 2  # something for somebody else
        yield ago


def _before_christmas(customer: Customer, at: datetime, dice: Dice) -> Iterator[int]:
    for year in range(at.year - 3, at.year + 1):
        for _ in range(dice.between(1, 3)):
            day = date(year, 11, 18) + timedelta(days=dice.between(0, 29))
            ago = (at.date() - day).days
            if max(1, customer.until) < ago < customer.since:
                yield ago


def _order(customer: Customer, count: int, ago: int, *, at: datetime, stuck: bool) -> Order:
    dice = Dice("order", customer.number, count)
    day = (at - timedelta(days=ago)).replace(hour=0, minute=0, second=0, microsecond=0)
    placed = day + timedelta(minutes=dice.between(7 * 60, 22 * 60))
    number = f"M-{10000 + customer.number * 100 + count}"
    lines: dict[str, Line] = {}
    for _ in range(1 if customer.habit == "subscriber" else dice.weighed((1, 2, 3, 4), (4, 4, 2, 1))):
        product = chosen(dice, loves=customer.loves, month=placed.month)
        quantity = 1 if product.kind == "pottery" else dice.weighed((1, 2, 3), (7, 2, 1))
        lines.setdefault(product.sku, Line(product, quantity))
    delivery = _delivery(customer, dice, placed, at=at, stuck=stuck)
    address = customer.also if customer.also and count % 3 == 2 else customer.address
    order = Order(number, customer, address, placed, tuple(lines.values()), delivery, stuck=stuck)
    if delivery.arrived_at and dice.chance(0.06):
        back = delivery.arrived_at + timedelta(days=dice.between(6, 24), hours=2)
        if back < at:
            line = dice.one(order.lines)
            return replace(order, refund=Refund(f"R-{number[2:]}", line, back))
    return order


def _delivery(customer: Customer, dice: Dice, placed: datetime, *, at: datetime, stuck: bool) -> Delivery:
    shipped = _works_on(placed if placed.hour < 12 else placed + timedelta(days=1)).replace(hour=16, minute=30)
    days = 2 if customer.language == "en" else 5
    promised = shipped + timedelta(days=days)
    late = dice.weighed((0, dice.between(1, 5), dice.between(6, 14)), (86, 11, 3))
    arrived: datetime | None = (promised + timedelta(days=late - dice.between(0, 1) * (late == 0))).replace(
        hour=dice.between(9, 17), minute=dice.between(0, 59)
    )
    carrier = CARRIER if dice.chance(0.75) else OTHER_CARRIER
    if stuck:
        shipped = (at - timedelta(days=STUCK_FOR + 2)).replace(hour=16, minute=30, second=0, microsecond=0)
        promised, arrived, carrier = shipped + timedelta(days=2), None, CARRIER
    letters = "HP" if carrier == CARRIER else "CP"
    tracking = f"{letters}{dice.between(10**9, 10**10 - 1)}"
    return Delivery(
        promised_on=promised.date(),
        shipped_at=shipped if shipped < at else None,
        arrived_at=arrived if arrived and arrived < at else None,
        carrier=carrier,
        tracking=tracking if shipped < at else "",
    )


def _works_on(when: datetime) -> datetime:
    """The next day on which parcels are packed: Tuesday to Saturday."""
    while when.weekday() in {0, 6}:
        when += timedelta(days=1)
    return when
