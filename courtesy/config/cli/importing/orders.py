"""`courtesy import orders FILE`: what customers bought, from a store's export; `--undo ID` takes an import back."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.consent.purposes import Basis
from courtesy.records.actions.importing import (
    NotUsable,
    Reconciliation,
    StandsBelow,
    TakenOver,
    bring_in,
    store_named,
    undo,
)
from courtesy.records.actions.undoing import NoSuchImport
from courtesy.records.stores.opening import PRESETS
from courtesy.web.money import digits_of

BAR = 30


def arguments(parser: ArgumentParser) -> None:
    """Which file, whose columns, into which store, and on what basis."""
    parser.add_argument("file", type=Path, nargs="?", metavar="FILE", help="CSV or Parquet; a .zip or .gz of a CSV")
    parser.add_argument("--preset", choices=sorted(PRESETS), default="", help="whose columns the file has")
    parser.add_argument(
        "--map", action="append", default=[], metavar="WORD=COLUMN", help='which column is what: number="Order no"'
    )
    parser.add_argument("--store", default="", metavar="NAME", help="into which store (default: the preset's name)")
    parser.add_argument("--currency", default="", metavar="EUR", help="the store's, where the file names none")
    parser.add_argument(
        "--basis", choices=[basis.value for basis in Basis], help="on what basis the shop holds these people"
    )
    parser.add_argument("--since", metavar="DAY", help="from when on, as 2024-05-01")
    parser.add_argument("--dry-run", action="store_true", help="say what would become of it, and write nothing")
    parser.add_argument("--encoding", default="", help="where it is not UTF-8: cp1252, latin-1 …")
    parser.add_argument("--delimiter", default="", help="where it is not , ; tab or |")
    parser.add_argument("--dates", choices=["day-first", "month-first"], default="", help="how 3/4/2024 is meant")
    parser.add_argument("--report", type=Path, default=None, metavar="FILE", help="where rejected rows are named")
    parser.add_argument("--undo", type=int, default=None, metavar="ID", help="take this import back")


def run(options: Namespace) -> Done:
    """Bring the file in, or take an import back."""
    if options.undo is not None:
        return _undone(options.undo)
    why = _missing(options)
    if why:
        return _no(why)
    try:
        mapping = dict(pair.split("=", 1) for pair in options.map)
        since = timezone.make_aware(datetime.strptime(options.since, "%Y-%m-%d"))
    except ValueError:
        return _no("Write --map as WORD=COLUMN, and --since as a day: 2024-05-01.")
    at = timezone.now()
    if since > at:
        return _no("--since lies in the future: from when on does the shop hold these?")
    currency = options.currency or ("GBP" if options.preset == "online-retail" else "")
    name = options.store or options.preset or "My store"
    # Not written yet: a file that is refused leaves no store behind.
    store = store_named(name, currency=currency, at=at, dry_run=True)
    try:
        brought = bring_in(
            options.file,
            store=store,
            preset=options.preset,
            mapping=mapping,
            basis=Basis(options.basis),
            since=since,
            by=None,
            at=at,
            progress=_bar(),
            dry_run=options.dry_run,
            encoding=options.encoding,
            delimiter=options.delimiter.replace("\\t", "\t"),
            dates=options.dates,
            report=options.report,
        )
    except (NotUsable, TakenOver) as trouble:
        return _no(str(trouble))
    return Done(tuple(_said(brought)), _facts(brought), ok=brought.adds_up)


def _missing(options: Namespace) -> str:
    if options.file is None:
        return "Which file? courtesy import orders FILE --preset shopify --basis contract --since 2024-05-01"
    if options.basis is None or options.since is None:
        return (
            "On what basis does the shop hold these people, and since when? "
            '--basis contract (they bought), consent (they agreed) or "legitimate interest"; --since 2024-05-01.'
        )
    return ""


def _bar() -> Callable[[int, int], None] | None:
    """A bar on a terminal; a line now and then elsewhere."""
    shown = -1

    def tell(done: int, total: int) -> None:
        nonlocal shown
        part = min(100, done * 100 // max(total, 1))
        if sys.stderr.isatty():
            filled = part * BAR // 100
            print(f"\r[{'#' * filled}{'.' * (BAR - filled)}] {done:,} of {total:,} rows", end="", file=sys.stderr)
            if done >= total:
                print(file=sys.stderr)
        elif part // 10 > shown:
            shown = part // 10
            print(f"{done} of {total} rows", file=sys.stderr, flush=True)

    return tell


def _said(brought: Reconciliation) -> list[str]:
    would = "would be" if brought.dry_run else "are"
    say = [
        f"{brought.rows:,} rows = {brought.sales:,} sales + {brought.refunds:,} refunds "
        f"+ {brought.anonymous:,} anonymous sales + {brought.rejected:,} rejected.",
        f"{brought.new:,} {would} new"
        + (f", {brought.changed:,} orders say something newer" if brought.changed else "")
        + (f", {brought.erased:,} belong to somebody who was erased and stay out" if brought.erased else "")
        + f"; {brought.seconds:g} seconds.",
    ]
    for currency, sums in sorted(brought.totals.items()):
        money = {sort: _money(amount, currency) for sort, amount in sums.items()}
        say.append(
            f"{currency}: {money['file']} in the file = {money['sales']} sales + {money['anonymous']} anonymous "
            f"- {money['refunds']} refunds + {money['rejected']} rejected"
            + ("." if brought.adds_up else ": THIS DOES NOT ADD UP.")
        )
    say += [
        f"Rejected {count:,}: {reason}." for reason, count in sorted(brought.reasons.items(), key=lambda one: -one[1])
    ]
    if brought.report:
        say.append(f"The lines of the rejected rows are in {brought.report}.")
    if brought.import_id is not None:
        say.append(
            f"This is import {brought.import_id}; courtesy import orders --undo {brought.import_id} takes it back."
        )
    return say


def _money(amount: int, currency: str) -> str:
    digits = digits_of(currency)
    return f"{amount / 10**digits:,.{digits}f}" if digits else f"{amount:,}"


def _facts(brought: Reconciliation) -> dict[str, object]:
    facts = asdict(brought)
    facts["report"] = str(brought.report) if brought.report else None
    facts["adds_up"] = brought.adds_up
    return facts


def _undone(import_id: int) -> Done:
    try:
        gone = undo(import_id, by=None, at=timezone.now())
    except (NoSuchImport, StandsBelow) as why:
        return _no(str(why))
    say = (
        f"Import {import_id} is taken back: {gone.lines:,} lines, {gone.orders:,} orders, {gone.refunds:,} refunds and "
        f"{gone.people:,} people are gone; "
        f"{gone.people_kept:,} people stay, as there is more of them; {gone.left} left."
    )
    return Done((say,), asdict(gone), ok=gone.left == 0)


def _no(why: str) -> Done:
    return Done((why,), {"why": why}, ok=False)


COMMAND = Command("orders", "What customers bought, from a store's export; twice changes nothing.", run, arguments)
