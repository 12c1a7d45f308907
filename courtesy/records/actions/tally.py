"""What became of every row of a file, counted as it is read; and the report that names the rejected ones."""

import csv
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from courtesy.records.stores.rows import Entry, GivenBack, Rejected, Sale

SORTS = ("sales", "anonymous", "refunds", "rejected")


@dataclass(frozen=True)
class Reconciliation:
    """What became of every row: ``rows`` = ``sales`` + ``refunds`` + ``anonymous`` + ``rejected``.

    ``totals``: currency → sort → what its rows came to in the smallest coin ("file" is all of them, refunds below
    zero). ``new`` is how many rows brought something that was not here, ``changed`` how many orders a file said
    something newer of. ``reasons`` counts why rows were rejected; ``report`` is the file that names their lines.
    """

    rows: int = 0
    sales: int = 0
    refunds: int = 0
    anonymous: int = 0
    rejected: int = 0
    new: int = 0
    changed: int = 0
    erased: int = 0
    new_orders: int = 0
    new_people: int = 0
    seconds: float = 0.0
    import_id: int | None = None
    dry_run: bool = False
    totals: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    reasons: Mapping[str, int] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()
    report: Path | None = None

    @property
    def adds_up(self) -> bool:
        """Whether every row is accounted for, and every coin of them."""
        return self.rows == self.sales + self.refunds + self.anonymous + self.rejected and all(
            sums["file"] == sums["sales"] + sums["anonymous"] - sums["refunds"] + sums["rejected"]
            for sums in self.totals.values()
        )


class Tally:
    """Counts entries, and sums them up twice: by sort, and all together as the file has them."""

    def __init__(self) -> None:
        self.rows = 0
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()
        self.sums: dict[str, Counter[str]] = {}

    def add(self, entry: Entry) -> None:
        """Count one row."""
        self.rows += 1
        if type(entry) is Sale:
            sort, amount = "sales" if entry.customer is not None else "anonymous", entry.amount
        elif type(entry) is GivenBack:
            sort, amount = "refunds", -entry.amount
        else:
            sort, amount = "rejected", entry.amount
            self.reasons[entry.why.value] += 1  # type: ignore[union-attr]
        self.counts[sort] += 1
        if entry.currency:
            sums = self.sums.get(entry.currency)
            if sums is None:
                sums = self.sums[entry.currency] = Counter()
            sums["file"] += amount
            sums[sort] += abs(amount) if sort == "refunds" else amount

    def totals(self) -> dict[str, dict[str, int]]:
        """Currency → sort → sum, in the smallest coin."""
        return {currency: {sort: sums[sort] for sort in (*SORTS, "file")} for currency, sums in self.sums.items()}

    def facts(self) -> dict[str, Any]:
        """As it is kept with the import."""
        return {**{sort: self.counts[sort] for sort in SORTS}, "totals": self.totals(), "reasons": dict(self.reasons)}


class Report:
    """A CSV file of the rejected rows: line and reason. It repeats nothing that stands in them, so it names nobody.

    It appears with the first rejected row; where there is none, there is no file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None
        self._lines: Any = None

    def __enter__(self) -> "Report":
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, rejected: Rejected) -> None:
        """Write one line."""
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("w", newline="", encoding="utf-8")
            self._lines = csv.writer(self._file)
            self._lines.writerow(["line", "reason"])
        self._lines.writerow([rejected.row, rejected.why.value])

    @property
    def written(self) -> Path | None:
        """Where it lies, if it was needed."""
        return self.path if self._file is not None else None
