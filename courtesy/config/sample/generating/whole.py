"""Marigold's past in one piece."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from courtesy.config.sample.generating.buying import Order, orders_of
from courtesy.config.sample.generating.customers import Customer, customers
from courtesy.config.sample.generating.dice import Dice
from courtesy.config.sample.generating.goods import Product, goods
from courtesy.config.sample.generating.texts import nobody
from courtesy.config.sample.generating.writing import Conversation, Letter, about_the_hub, conversations_of

SHOP = "hello@marigold.example"
"""Where letters to Marigold go."""

FEWEST_STUCK = 6
_STILL_WAIT = frozenset({0, 2})  # of five who ask, these


@dataclass(frozen=True)
class Past:
    """Everything, as of ``at``. ``nobodys`` are newsletters, machines and spam; ``told`` and ``alive`` are questions of
    the last two days about parcels that lie in the carrier's hub: answered, and not."""

    at: datetime
    scale: float
    products: tuple[Product, ...]
    customers: tuple[Customer, ...]
    orders: tuple[Order, ...]
    conversations: tuple[Conversation, ...]
    nobodys: tuple[Letter, ...]
    told: tuple[Conversation, ...]
    alive: tuple[Conversation, ...]

    def letters(self) -> list[Letter]:
        """All of history: the newest conversation first, and within each as it was written."""
        heaps = [one.letters for one in (*self.conversations, *self.told)] + [(one,) for one in self.nobodys]
        heaps.sort(key=lambda heap: (heap[0].at, heap[0].mail_id), reverse=True)
        return [letter for heap in heaps for letter in heap]


@lru_cache(maxsize=2)
def past(at: datetime, scale: float = 1.0) -> Past:
    """What happened until ``at``: the same bytes for the same moment and size. Raises ValueError outside 0.02 to 1."""
    if not 0.02 <= scale <= 1:
        raise ValueError(scale)
    known = customers(scale)
    every = 15 if len(known) >= 15 * FEWEST_STUCK else 5
    orders: list[Order] = []
    written: list[Conversation] = []
    hub: list[Conversation] = []
    for one in known:
        stuck = one.number % every == 4
        theirs = orders_of(one, at=at, stuck=stuck)
        orders += theirs
        written += conversations_of(one, theirs, at=at, shop=SHOP)
        if stuck:
            answered = len(hub) % 5 not in _STILL_WAIT
            hub.append(about_the_hub(one, theirs[-1], at=at, shop=SHOP, answered=answered))
    orders.sort(key=lambda order: (order.placed_at, order.number))
    return Past(
        at=at,
        scale=scale,
        products=goods(),
        customers=tuple(known),
        orders=tuple(orders),
        conversations=tuple(written),
        nobodys=tuple(_nobodys(at, max(len(nobody()), round(30 * scale)))),
        told=tuple(one for one in hub if len(one.letters) > 1),
        alive=tuple(one for one in hub if len(one.letters) == 1),
    )


def _nobodys(at: datetime, how_many: int) -> list[Letter]:
    letters = []
    for number in range(how_many):
        dice = Dice("nobody", number)
        mail = nobody()[number % len(nobody())]
        letters.append(
            Letter(
                mail_id=f"n{number:03d}@{mail['from'].partition('@')[2]}",
                at=at - timedelta(days=dice.between(4, 700), minutes=dice.between(0, 1400)),
                sender=mail["from"],
                name=mail["name"],
                to=SHOP,
                to_name="Marigold",
                subject=mail["subject"],
                body=mail["body"],
                kind=mail["kind"],
            )
        )
    return letters
