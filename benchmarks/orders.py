"""`python -m benchmarks.orders [--json]`: two years of a wholesaler's orders, and one large customer.

The data set Online Retail is brought in by the command line, brought in again, and taken back: lines a second, peak
memory, and that every row and penny is accounted for. Then what a page asks about a customer with 5,000 lines, in a
shop of 10,000 and in one of 1,000,000: queries, and the processor's time. Data: ../shared/data/online_retail.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import ROOT, Figure, command, empty_folder, figures_out, house_in_this_process, table

SHARED = Path(os.environ.get("COURTESY_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FILE = SHARED / "data" / "online_retail" / "online_retail_ii.parquet"
IMPORT = ("--preset", "online-retail", "--basis", "contract", "--since", "2009-12-01")
SHOPS = (10_000, 1_000_000)
LARGE = 5000  # lines of the one customer that is looked at
SECOND_TARGET, MEMORY_TARGET, QUERY_TARGET = 20_000, 600, 12


def courtesy(folder: Path, *words: str) -> tuple[dict[str, Any], float, float, float]:
    """A command in a house: what it told, seconds by the clock and of the processor, and MiB at its peak."""
    ours = {"COURTESY_DATA_DIR": str(folder / "var"), "COURTESY_KEY_FILE": str(folder / "shop.key")}
    outer = {name: value for name, value in os.environ.items() if not name.startswith("COURTESY_")}
    began = time.monotonic()
    running = subprocess.Popen(
        [sys.executable, "-m", "courtesy.config.cli", *words, "--json"],
        cwd=ROOT, env={**outer, **ours}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    assert running.stdout is not None
    said = running.stdout.read().strip().splitlines()
    _, status, used = os.wait4(running.pid, 0)
    assert status == 0, said
    spent = used.ru_utime + used.ru_stime
    return json.loads(said[-1]), time.monotonic() - began, spent, used.ru_maxrss / 1024


def brought_in() -> tuple[list[Figure], dict[str, Any]]:
    """The file in, again, and out."""
    with empty_folder() as folder:
        courtesy(folder, "migrate")
        first, _, spent, peak = courtesy(folder, "import", "orders", str(FILE), *IMPORT)
        again, _, spent_again, _ = courtesy(folder, "import", "orders", str(FILE), *IMPORT)
        undone, took, _, _ = courtesy(folder, "import", "orders", "--undo", str(first["import_id"]))
    rows = first["rows"]
    assert first["adds_up"]
    sums = first["totals"]["GBP"]
    parts = ("sales", "refunds", "anonymous", "rejected")
    slow = 1e6 / SECOND_TARGET
    figures = [
        Figure("rows of the file", rows, "rows"),
        *(Figure(f"of these {part}", first[part], "rows") for part in parts),
        Figure("rows that are in none of the four, or in two", rows - sum(first[part] for part in parts), "rows", 0),
        Figure("the file's sum, which is that of its parts to the penny", sums["file"] / 100, "GBP"),
        Figure("lines a second, by the clock", round(rows / first["seconds"]), "lines"),
        Figure("a line, by the clock", round(1e6 * first["seconds"] / rows, 1), "µs", slow),
        Figure("a line: processor time", round(1e6 * spent / rows, 1), "µs", slow),
        Figure("most memory that the import held", round(peak), "MiB", MEMORY_TARGET),
        Figure("new by the same file again", again["new"], "rows", 0),
        Figure("a line of the same file again: processor time", round(1e6 * spent_again / rows, 1), "µs"),
        Figure("left when it is taken back", undone["left"], "rows", 0),
        Figure("taking it back, by the clock", round(took, 1), "s"),
    ]
    return figures, first


def looked_at(lines: int) -> dict[str, float]:
    """A process of its own: a shop with so many lines, one customer with 5,000, and what their page asks."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.orders", "--shop", str(lines), "--json"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout.strip().splitlines()[-1]))


def in_a_shop(lines: int) -> dict[str, Any]:
    """Queries and milliseconds of the processor for the data of one customer's page."""
    with house_in_this_process():
        from django.db import connection, transaction  # noqa: PLC0415 (late: Django is set up only now)
        from django.test.utils import CaptureQueriesContext  # noqa: PLC0415
        from django.utils import timezone  # noqa: PLC0415

        from courtesy.records import queries  # noqa: PLC0415
        from courtesy.records.models import Line  # noqa: PLC0415

        at = timezone.now()
        with transaction.atomic():
            person = fill(lines)
        with CaptureQueriesContext(connection) as asked:
            shown = queries.orders_of(person, at=at)
            queries.given_back_to(person)
            number = len(asked)
        spent = []
        for _ in range(40):
            began = time.process_time()
            queries.orders_of(person, at=at)
            queries.given_back_to(person)
            spent.append(1000 * (time.process_time() - began))
        assert len(shown) == queries.SHOWN
        return {"lines": Line.objects.count(), "queries": number, "ms": round(median(spent), 2)}


def fill(lines: int) -> Any:
    """A shop of so many lines in orders of five; the first thousand orders are one customer's."""
    from courtesy.people.actions import Introduction, meet_many  # noqa: PLC0415 (late, as above)
    from courtesy.records.actions.importing import store_named  # noqa: PLC0415
    from courtesy.records.actions.inserting import insert  # noqa: PLC0415
    from courtesy.records.models import Line, Order, Product  # noqa: PLC0415

    at, each = datetime(2026, 11, 1, tzinfo=UTC), 5
    store = store_named("Gifts", at=at)
    met = meet_many([Introduction(number=f"1/{number}") for number in range(lines // 500 + 1)], at=at)
    people = [person.pk for person in met.values()]
    Product.objects.bulk_create([Product(store=store, sku=str(n), name=f"Gift {n}") for n in range(1000)])
    products = list(Product.objects.values_list("pk", flat=True))
    orders = lines // each
    for start in range(0, orders, 2000):
        some = range(start, min(start + 2000, orders))
        insert(
            Order, ("store", "number", "person", "placed_at", "state", "currency"),
            [(store.pk, str(n), people[0] if n < LARGE // each else people[1 + n % (len(people) - 1)],
              at - timedelta(minutes=n), "sold", "EUR") for n in some],
            same=("store", "number"),
        )  # fmt: skip
        ids = dict(Order.objects.filter(store=store, number__in=[str(n) for n in some]).values_list("number", "pk"))
        insert(
            Line, ("order", "product", "quantity", "amount", "mark"),
            [(ids[str(n)], products[(n * each + k) % 1000], 1 + k, 100 + k, n * each + k + 1)
             for n in some for k in range(each)],
            same=("order", "mark"),
        )  # fmt: skip
    return people[0]


def run(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The figures, as a table and for a program."""
    if options.shop:
        return "", in_a_shop(options.shop)
    if not FILE.exists():
        return "The data set Online Retail is not here.", {"ok": None, "why": "no data"}
    figures, first = brought_in()
    small, large = (looked_at(lines) for lines in SHOPS)
    figures += [
        Figure(
            f"page data of a customer with {LARGE} lines, in a shop of {SHOPS[0]}: processor time", small["ms"], "ms"
        ),
        Figure(f"the same, in a shop of {SHOPS[1]}", large["ms"], "ms"),
        Figure("how much more it costs in the large one", round(large["ms"] / small["ms"], 2), "times", 1.2),
        Figure("queries of it in the small shop", small["queries"], "queries", QUERY_TARGET),
        Figure("queries of it in the large shop", large["queries"], "queries", QUERY_TARGET),
    ]
    return table(figures), figures_out(figures, imported={key: first[key] for key in KEPT})


KEPT: Sequence[str] = ("rows", "sales", "refunds", "anonymous", "rejected", "new", "seconds", "totals", "reasons")


if __name__ == "__main__":
    sys.exit(command("orders", run, shop=0))
