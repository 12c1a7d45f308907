"""A share and how sure one may be of it."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959964


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % interval of the share behind them (Wilson 1927, "Probable inference")."""

    hits: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself; 0 of nothing is 0."""
        return self.hits / self.of if self.of else 0.0


def share(hits: int, of: int) -> Share:
    """The share of ``hits`` among ``of``; of nothing anything may be true.

    >>> found = share(80, 100)
    >>> round(found.low, 3), round(found.high, 3)
    (0.711, 0.867)
    """
    if of == 0:
        return Share(0, 0, 0.0, 1.0)
    part = hits / of
    middle, half = part + Z * Z / (2 * of), Z * sqrt(part * (1 - part) / of + Z * Z / (4 * of * of))
    whole = 1 + Z * Z / of
    return Share(hits, of, max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole))
