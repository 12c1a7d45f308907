"""Orders from a file: brought in, gone on with where it was cut short, taken back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from courtesy.consent.purposes import Basis
from courtesy.records.models import Store
from courtesy.staff.models import Colleague


@dataclass(frozen=True)
class Reconciliation:
    """What became of every row: ``rows`` = ``sales`` + ``refunds`` + ``anonymous`` + ``rejected``.

    ``new`` is how many rows brought something that was not here; ``totals`` is what each sort came to, by currency,
    in the smallest coin. ``reasons`` counts why rows were rejected; the report names each with its line.
    """

    rows: int = 0
    sales: int = 0
    refunds: int = 0
    anonymous: int = 0
    rejected: int = 0
    new: int = 0
    changed: int = 0
    customers: int = 0
    orders: int = 0
    seconds: float = 0.0
    import_id: int | None = None
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    report: Path | None = None


def bring_in(
    path: Path,
    *,
    store: Store,
    preset: str = "",
    mapping: Mapping[str, str] | None = None,
    basis: Basis,
    since: datetime,
    by: Colleague | None,
    at: datetime,
    progress: Callable[[int, int], None] | None = None,
    dry_run: bool = False,
) -> Reconciliation:
    """Bring a file of orders into a store. Not here yet."""
    raise NotImplementedError


def undo(import_id: int, *, by: Colleague | None, at: datetime) -> None:
    """Take an import back. Not here yet."""
    raise NotImplementedError
