"""Chance that falls the same way each time: a die is thrown by its name."""

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

T = TypeVar("T")
SEED = "marigold"


class Dice:
    """Throws that depend on a name alone. Only `random()` of Python's generator is asked: it never changes."""

    def __init__(self, *name: object) -> None:
        text = "/".join(map(str, (SEED, *name)))
        seed = int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")
        self._random = Random(seed).random  # noqa: S311  (nothing secret)

    def share(self) -> float:
        """A number from 0 to 1, 1 left out."""
        return self._random()

    def chance(self, of: float) -> bool:
        """Whether something happens that happens so often."""
        return self._random() < of

    def between(self, low: int, high: int) -> int:
        """A whole number, both ends included."""
        return low + int(self._random() * (high - low + 1))

    def one(self, among: Sequence[T]) -> T:
        """One of several, each as likely."""
        return among[int(self._random() * len(among))]

    def weighed(self, among: Sequence[T], weights: Sequence[float]) -> T:
        """One of several, by their weights."""
        point = self._random() * sum(weights)
        for one, weight in zip(among, weights, strict=True):
            point -= weight
            if point < 0:
                return one
        return among[-1]
