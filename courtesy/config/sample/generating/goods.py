"""What Marigold sells, and when people want it."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from courtesy.config.sample.generating.dice import Dice

FILE = Path(__file__).resolve().parent.parent / "goods.jsonl"
_IN_SEASON = {
    "winter": {10: 2.0, 11: 3.0, 12: 3.5, 1: 3.0, 2: 2.0, 5: 0.4, 6: 0.2, 7: 0.2, 8: 0.3},
    "summer": {5: 2.0, 6: 3.0, 7: 3.0, 8: 2.5, 11: 0.4, 12: 0.3, 1: 0.3},
    "spring": {3: 2.0, 4: 3.0, 5: 2.5, 6: 1.5},
    "gift": {11: 3.0, 12: 5.0, 1: 0.5},
}


@dataclass(frozen=True)
class Product:
    """A thing on the shelf; prices in cents, ``cost`` is what it costs the shop."""

    sku: str
    name: str
    kind: str
    price: int
    cost: int
    season: str
    weight: int


@cache
def goods() -> tuple[Product, ...]:
    """All of them, forty."""
    return tuple(Product(**json.loads(line)) for line in FILE.read_text("utf-8").splitlines())


def chosen(dice: Dice, *, loves: str, month: int) -> Product:
    """What somebody takes off the shelf in this month, mostly of the kind they love."""
    weights = [
        one.weight * (4.0 if one.kind == loves else 1.0) * _IN_SEASON.get(one.season, {}).get(month, 1.0)
        for one in goods()
    ]
    return dice.weighed(goods(), weights)
