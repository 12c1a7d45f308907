"""Orders from a file: looked at whole, then brought in a few thousand rows at a time.

Exceptions: NotUsable and its kinds (`stores/refusals.py`) for a file that cannot be brought in, before anything is
written; TakenOver for a run that another one overtook. Taking back is in `undoing.py`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from functools import partial
from itertools import islice
from pathlib import Path
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from courtesy.consent.purposes import Basis
from courtesy.privacy import ledger
from courtesy.records.actions.inserting import roomy
from courtesy.records.actions.marking import Marks
from courtesy.records.actions.rehearsing import Rehearsal
from courtesy.records.actions.tally import Reconciliation, Report, Tally
from courtesy.records.actions.undoing import StandsBelow, Undone, undo
from courtesy.records.actions.writing import Marked, TakenOver, Writer
from courtesy.records.models import Import, Store
from courtesy.records.stores.opening import Opened, Told, look
from courtesy.records.stores.refusals import NotUsable
from courtesy.records.stores.rows import Entry, Rejected
from courtesy.records.stores.source import Source
from courtesy.staff.hours import zone_named
from courtesy.staff.models import Colleague, Shop

__all__ = ["NotUsable", "Reconciliation", "StandsBelow", "TakenOver", "Undone", "bring_in", "store_named", "undo"]

BATCH = 2500  # rows a transaction: a tenth of a second in which nobody else writes


def store_named(name: str, *, currency: str = "", at: datetime, dry_run: bool = False) -> Store:
    """The store of this name, made where there is none. ``currency`` holds where a file names none.

    With ``dry_run`` a new one is not written yet; `bring_in` does that once it knows that the file is any good.
    """
    name = " ".join(name.split())[:80]
    store = Store.objects.filter(name=name).first()
    if store is None:
        store = Store(name=name, created_at=at, **({"currency": currency.upper()[:3]} if currency else {}))
        if not dry_run:
            store.save()
    return store


def bring_in(
    file: Path | Source,
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
    encoding: str = "",
    delimiter: str = "",
    dates: str = "",
    report: Path | None = None,
) -> Reconciliation:
    """Bring a file of orders into a store; or, with ``dry_run``, say what would become of it and write nothing.

    The file is looked at to its end before the first row is written. The same file again changes nothing; one that
    was cut short goes on where it was; half of a file and then the whole comes to the whole. ``basis`` and ``since``
    are what the shop says about everybody in it, and go into the register of each. ``progress`` is told how many rows
    of how many are done. Rows that cannot be taken are named in ``report`` (a file in the data folder unless said).
    Raises NotUsable with what to do, and TakenOver.
    """
    basis, began = Basis(basis), monotonic()
    told = Told(preset, mapping, encoding, delimiter, dates, store.currency)
    opened = look(file, told, zone=_zone())
    now = partial(_now, at, began)
    if store._state.adding and not dry_run:
        store.save()
    run = None if dry_run else _begin(opened, store, told, basis=basis, since=since, by=by, at=at)
    writer = None if run is None else Writer(run, store, by, _where(run), now)
    tally, made = Tally(), writer or Rehearsal(store)
    path_of_report = report or settings.COURTESY.data_dir / "imports" / f"rejected-{opened.digest[:12]}.csv"
    with Report(path_of_report) as rejected, roomy():
        _row_by_row(opened, made, tally, rejected, already=run.done if run else 0, progress=progress)
        if writer is not None and run is not None:
            writer.finish()
            _finish(run, writer, tally, by=by, at=now())
    said = _reconciled(opened, made, tally, report=rejected.written)
    return replace(said, seconds=round(monotonic() - began, 2), import_id=run.pk if run else None, dry_run=dry_run)


def _row_by_row(
    opened: Opened,
    made: Writer | Rehearsal,
    tally: Tally,
    rejected: Report,
    *,
    already: int,
    progress: Callable[[int, int], None] | None,
) -> None:
    """Read the file to its end, count every row, and write (or rehearse) them a batch at a time."""
    marks = Marks()
    for entries in _parts(opened.entries(), BATCH):
        batch = _counted(entries, tally, marks, rejected)
        if isinstance(made, Writer):
            _written(made, batch, done=tally.rows, already=already)
        else:
            made.add(batch)
        if progress is not None:
            progress(tally.rows, max(opened.rows, tally.rows))


def _reconciled(opened: Opened, made: Writer | Rehearsal, tally: Tally, *, report: Path | None) -> Reconciliation:
    return Reconciliation(
        rows=tally.rows,
        sales=tally.counts["sales"],
        refunds=tally.counts["refunds"],
        anonymous=tally.counts["anonymous"],
        rejected=tally.counts["rejected"],
        new=made.new,
        changed=made.changed,
        erased=made.erased,
        new_orders=made.new_orders,
        new_people=made.new_people,
        totals=tally.totals(),
        reasons=dict(tally.reasons),
        columns=opened.columns,
        headings=opened.headings,
        report=report,
    )


def _zone() -> tzinfo:
    shop = Shop.objects.first()
    return zone_named(shop.time_zone if shop else "UTC")


def _now(at: datetime, began: float) -> datetime:
    """The clock that was handed in, gone on: an import takes minutes, and its rows say when it got how far."""
    return at + timedelta(seconds=monotonic() - began)


def _where(run: Import) -> str:
    """How the permission card names this import: "said yes, since …, on …"."""
    return f"the orders brought in on {run.at:%Y-%m-%d} (import {run.pk})"


def _parts(entries: Iterable[Entry], size: int) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while some := list(islice(rest, size)):
        yield some


def _counted(entries: list[Entry], tally: Tally, marks: Marks, report: Report) -> list[Marked]:
    batch: list[Marked] = []
    for entry in entries:
        tally.add(entry)
        if isinstance(entry, Rejected):
            report.add(entry)
        else:
            batch.append((entry, marks.of(entry)))
    return batch


def _written(writer: Writer, batch: list[Marked], *, done: int, already: int) -> None:
    """Write a batch, unless an earlier run of the same import did."""
    for entry, _ in batch:
        if entry.customer is not None and entry.customer.marketing is not None:
            writer.hear(entry.customer)
    if done > already:
        writer.write(batch, done=done)
    writer.note(batch)


def _begin(
    opened: Opened, store: Store, told: Told, *, basis: Basis, since: datetime, by: Colleague | None, at: datetime
) -> Import:
    """The row of this file: a new one, or the one of an earlier run, which this run takes over."""
    with transaction.atomic():
        run = (
            Import.objects.select_for_update()
            .filter(store=store, digest=opened.digest, state__in=[Import.State.RUNNING, Import.State.DONE])
            .order_by("-pk")
            .first()
        )
        if run is None:
            run = Import(store=store, digest=opened.digest, at=at)
        asked = (told.preset, dict(opened.columns), basis.value, since)
        if run.state == Import.State.DONE or asked != (run.preset, run.mapping, run.basis, run.since):
            run.done = 0  # all of it again: what is there stays, what was missing comes
        run.preset, run.mapping, run.basis, run.since = asked
        run.by, run.touched_at, run.runner, run.rows = by, at, uuid4(), opened.rows
        run.state, run.finished_at = Import.State.RUNNING, None
        run.save()
    return run


def _finish(run: Import, writer: Writer, tally: Tally, *, by: Colleague | None, at: datetime) -> None:
    stands_on = set(run.counts.get("stands_on", [])) | (
        writer.orders.stands_on if writer.orders.changed or writer.new else set()
    )
    with transaction.atomic():
        held = Import.objects.filter(pk=run.pk, runner=run.runner, state=Import.State.RUNNING)
        counts = {**tally.facts(), "stands_on": sorted(stands_on)}
        if not held.update(
            state=Import.State.DONE, rows=tally.rows, done=tally.rows, counts=counts, finished_at=at, touched_at=at
        ):
            raise TakenOver("Another run goes on with this file, or it was taken back; this one has stopped.")
        ledger.append(
            "orders-brought-in",
            about=run,
            by=by.pk if by else None,
            at=at,
            rows=tally.rows,
            rejected=tally.counts["rejected"],
            new=writer.new,
            basis=run.basis,
        )
