"""Twenty thousand lines of the real thing: two years of a wholesaler in gifts. The whole is for the benchmark."""

import os
from pathlib import Path

import pytest
from django.db.models import Sum

from courtesy.consent.purposes import Basis
from courtesy.records.actions.importing import bring_in, store_named, undo
from courtesy.records.models import Line, Order, Refund
from courtesy.records.stores import parquet
from tests.cast import IN_MARCH, NOON

SHARED = Path(os.environ.get("COURTESY_SHARED", Path(__file__).resolve().parents[3] / "shared"))
FILE = SHARED / "data" / "online_retail" / "online_retail_ii.parquet"
pytestmark = [
    pytest.mark.django_db(databases="__all__"),
    pytest.mark.skipif(not FILE.exists(), reason="the data set Online Retail is not here"),
]
duckdb = pytest.importorskip("duckdb")


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Every fiftieth part of a day's lines would tear invoices apart; these are whole runs from all over the years."""
    path = tmp_path / "lines.parquet"
    duckdb.execute(
        f"COPY (SELECT * EXCLUDE n FROM (SELECT *, row_number() OVER () AS n FROM read_parquet('{FILE}'))"
        f" WHERE n // 1000 % 52 = 3 LIMIT 20000) TO '{path}' (FORMAT parquet)"
    )
    return path


class TestOnlineRetail:
    def test_reconciles_to_the_penny_and_is_taken_back(self, lines: Path) -> None:
        asked = {"preset": "online-retail", "basis": Basis.CONTRACT, "since": IN_MARCH, "by": None, "at": NOON}
        store = store_named("Gifts", currency="GBP", at=NOON)
        brought = bring_in(lines, store=store, **asked)
        assert brought.adds_up
        assert brought.rows == 20_000
        assert brought.new == brought.rows - brought.rejected
        sums = brought.totals["GBP"]
        (in_file,) = duckdb.execute(
            f"SELECT sum(CAST(round(Quantity * CAST(UnitPrice AS DECIMAL(18, 4)) * 100) AS BIGINT)) FROM '{lines}'"
        ).fetchone()
        assert sums["file"] == in_file
        assert Line.objects.aggregate(sum=Sum("amount"))["sum"] == sums["sales"] + sums["anonymous"]
        assert Refund.objects.aggregate(sum=Sum("amount"))["sum"] == sums["refunds"]
        assert not Refund.objects.exclude(number__startswith="C").exists()

        assert bring_in(lines, store=store, **asked).new == 0
        assert brought.import_id is not None
        gone = undo(brought.import_id, by=None, at=NOON)
        assert (gone.lines + gone.refunds, gone.left, Order.objects.count()) == (brought.new, 0, 0)

    def test_is_read_in_pieces(self) -> None:
        rows = parquet.rows(FILE)
        assert [number for number, _ in (next(rows), next(rows))] == [1, 2]
        assert parquet.count(FILE) == 1_044_847
