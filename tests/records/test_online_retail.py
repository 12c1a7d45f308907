"""Twenty thousand lines of the real thing: two years of a wholesaler in gifts. The whole is for the benchmark."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from arro3.core import Array, DataType, Table
from arro3.io import write_parquet
from django.db.models import Sum

from courtesy.consent.purposes import Basis
from courtesy.records.actions.importing import bring_in, store_named, undo
from courtesy.records.models import Line, Order, Refund
from courtesy.records.stores import parquet
from courtesy.records.stores.source import OnDisk
from tests.cast import IN_MARCH, NOON
from tests.shared_data import data_set, needs

FILE = data_set("online_retail") / "online_retail_ii.parquet"
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    needs("online_retail"),
]


@pytest.fixture(scope="module")
def rows() -> list[tuple[Any, ...]]:
    """Every fiftieth line would tear invoices apart; these are whole runs from all over the years."""
    found = (cells for number, cells in parquet.rows(OnDisk(FILE)) if number // 1000 % 52 == 3)  # type: ignore[misc]
    return [tuple(cells) for cells in islice(found, 20_000)]


@pytest.fixture
def lines(rows: list[tuple[Any, ...]], tmp_path: Path) -> Path:
    """They as a file of their own."""
    columns = dict(zip(parquet.headings(OnDisk(FILE)), zip(*rows, strict=True), strict=True))
    # It makes no array of moments, but casts one of milliseconds.
    columns["InvoiceDate"] = tuple(
        (moment - datetime(1970, 1, 1)) // timedelta(milliseconds=1) for moment in columns["InvoiceDate"]
    )
    types = (DataType.string(),) * 3 + (DataType.int32(), DataType.int64(), DataType.float64())
    types += (DataType.int32(), DataType.string())
    arrays = {name: Array(list(values), kind) for (name, values), kind in zip(columns.items(), types, strict=True)}
    arrays["InvoiceDate"] = arrays["InvoiceDate"].cast(DataType.timestamp("ms"))
    write_parquet(Table.from_pydict(arrays), str(tmp_path / "lines.parquet"))
    return tmp_path / "lines.parquet"


class TestOnlineRetail:
    def test_reconciles_to_the_penny_and_is_taken_back(self, rows: list[tuple[Any, ...]], lines: Path) -> None:
        asked = {"preset": "online-retail", "basis": Basis.CONTRACT, "since": IN_MARCH, "by": None, "at": NOON}
        store = store_named("Gifts", currency="GBP", at=NOON)
        brought = bring_in(lines, store=store, **asked)
        assert brought.adds_up
        assert brought.rows == 20_000
        assert brought.new == brought.rows - brought.rejected
        sums = brought.totals["GBP"]
        in_file = sum(
            (Decimal(repr(price)) * quantity * 100).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
            for _, _, _, quantity, _, price, _, _ in rows
        )
        assert sums["file"] == in_file
        assert Line.objects.aggregate(sum=Sum("amount"))["sum"] == sums["sales"] + sums["anonymous"]
        assert Refund.objects.aggregate(sum=Sum("amount"))["sum"] == sums["refunds"]
        assert not Refund.objects.exclude(number__startswith="C").exists()

        assert bring_in(lines, store=store, **asked).new == 0
        assert brought.import_id is not None
        gone = undo(brought.import_id, by=None, at=NOON)
        assert (gone.lines + gone.refunds, gone.left, Order.objects.count()) == (brought.new, 0, 0)

    def test_is_read_in_pieces(self) -> None:
        rows = parquet.rows(OnDisk(FILE))
        assert [number for number, _ in (next(rows), next(rows))] == [1, 2]
        assert parquet.count(OnDisk(FILE)) == 1_044_847
