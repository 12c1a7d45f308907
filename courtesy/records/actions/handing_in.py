"""A file of orders handed in on a page: looked through in the worker, agreed to, brought in, taken back.

The file lies sealed under a key of its own, and is opened in the worker's memory only, a piece at a time. Each of the
worker's parts may run twice.
"""

import csv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from courtesy.consent.purposes import Basis
from courtesy.jobs.actions import announce, changed
from courtesy.privacy import keys, sealed_files
from courtesy.privacy.keys import KeyGone
from courtesy.privacy.sealed_files import NoSuchFile
from courtesy.privacy.sealing import SealBroken
from courtesy.records.actions.importing import NotUsable, Reconciliation, StandsBelow, TakenOver, bring_in, store_named
from courtesy.records.actions.importing import undo as take_back_import
from courtesy.records.actions.undoing import NoSuchImport
from courtesy.records.models import HandedIn
from courtesy.records.stores.refusals import ColumnsMissing
from courtesy.records.stores.source import Sealed
from courtesy.staff.models import Colleague

State = HandedIn.State
PROBLEMS = 1000
TOLD_EVERY = 20_000  # rows; a page looks every few seconds


def hand_in(
    number: UUID, *, key_id: UUID, store: str, preset: str, currency: str, by: Colleague, at: datetime
) -> HandedIn:
    """A file that lies sealed under this number is to be looked through."""
    with transaction.atomic():
        row = HandedIn.objects.create(
            pk=number, key_id=key_id, store=" ".join(store.split())[:80], preset=preset, currency=currency, by=by, at=at
        )
        announce("orders-handed-in", handed_in=str(number))
    return row


def tell_more(row: HandedIn, *, mapping: Mapping[str, str], manner: Mapping[str, str]) -> None:
    """Which column is what, and how dates and letters are written; it is looked through anew."""
    with transaction.atomic():
        here = HandedIn.objects.filter(pk=row.pk, state=State.ASKED)
        if here.update(mapping=dict(mapping), manner=dict(manner), state=State.LOOKING, done=0, trouble="", says=""):
            announce("orders-handed-in", handed_in=str(row.pk))
            changed("handed-in", str(row.pk))


def agree(row: HandedIn, *, basis: Basis, since: date, by: Colleague) -> bool:
    """It may come in, on this basis. False where it does not wait for that word."""
    with transaction.atomic():
        here = HandedIn.objects.filter(pk=row.pk, state=State.ASKED, trouble="")
        if not here.update(basis=basis.value, since=since, by=by, state=State.RUNNING, done=0):
            return False
        announce("orders-agreed", handed_in=str(row.pk))
        changed("handed-in", str(row.pk))
    return True


def ask_back(row: HandedIn, *, by: Colleague) -> bool:
    """It is to be taken back. False where nothing of it is here."""
    with transaction.atomic():
        here = HandedIn.objects.filter(pk=row.pk, state=State.DONE, brought__isnull=False)
        if not here.update(state=State.UNDOING, by=by, trouble="", says=""):
            return False
        announce("orders-unwanted", handed_in=str(row.pk))
        changed("handed-in", str(row.pk))
    return True


def discard(row: HandedIn, *, at: datetime) -> None:
    """Not this file after all: it is gone, and nothing of it was brought in."""
    waiting = HandedIn.objects.filter(pk=row.pk, state__in=[State.LOOKING, State.ASKED, State.FAILED], brought=None)
    gone, _ = waiting.delete()
    if gone:
        _forget(row.pk, at=at)


def look_through(*, handed_in: str, at: datetime) -> None:
    """Say what would become of the file (handler of "orders-handed-in"); what is not clear is asked."""
    row = HandedIn.objects.filter(pk=handed_in, state=State.LOOKING).first()
    if row is None:
        return
    try:
        with _report(row) as report:
            found = _run(row, report, at=at, dry_run=True)
    except NotUsable as why:
        told: dict[str, Any] = {}
        if isinstance(why, ColumnsMissing):
            told = {"headings": list(why.headings), "mapping": row.mapping | why.columns}
        _note(row, state=State.ASKED, trouble=why.code, says=why.of, facts={}, **told)
    except (NoSuchFile, KeyGone, SealBroken):
        _note(row, state=State.FAILED, trouble="Gone", says="")
    else:
        _note(row, state=State.ASKED, facts=_facts(found), mapping=dict(found.columns), headings=list(found.headings),
              rows=found.rows, done=found.rows)  # fmt: skip


def carry_out(*, handed_in: str, at: datetime) -> None:
    """Bring the file in (handler of "orders-agreed"). Cut short, the next run goes on with it."""
    row = HandedIn.objects.filter(pk=handed_in, state=State.RUNNING).first()
    if row is None:
        return
    try:
        with _report(row) as report:
            told = _run(row, report, at=at, dry_run=False)
            problems = _problems(report)
    except TakenOver:
        return  # another run has it
    except NotUsable as why:
        _note(row, state=State.FAILED, trouble=why.code, says=why.of)
    except (NoSuchFile, KeyGone, SealBroken):
        _note(row, state=State.FAILED, trouble="Gone", says="")
    else:
        _note(row, state=State.DONE, facts=_facts(told), rows=told.rows, done=told.rows, brought=told.import_id,
              problems=problems)  # fmt: skip
        _forget(row.pk, at=at)


def carry_back(*, handed_in: str, at: datetime) -> None:
    """Take it back (handler of "orders-unwanted")."""
    row = HandedIn.objects.filter(pk=handed_in, state=State.UNDOING).select_related("by").first()
    if row is None:
        return
    try:
        if row.brought_id is not None:
            take_back_import(row.brought_id, by=row.by, at=at)
    except StandsBelow as why:
        _note(row, state=State.DONE, trouble="StandsBelow", says=", ".join(map(str, why.later)))
    except NoSuchImport:
        _note(row, state=State.UNDONE)
    else:
        _note(row, state=State.UNDONE)


def _run(row: HandedIn, report: Path, *, at: datetime, dry_run: bool) -> Reconciliation:
    last = 0

    def tell(done: int, of: int) -> None:
        nonlocal last
        if done - last >= TOLD_EVERY or done == of:
            last = done
            _note(row, done=done, rows=of)

    since = datetime.combine(row.since, time(), UTC) if row.since else at
    return bring_in(
        Sealed(row.pk, row.key_id),
        store=store_named(row.store, currency=row.currency, at=at),
        preset=row.preset,
        mapping=row.mapping,
        basis=Basis(row.basis) if row.basis else Basis.CONTRACT,
        since=since,
        by=row.by,
        at=at,
        progress=tell,
        dry_run=dry_run,
        report=report,
        **row.manner,
    )


def _note(row: HandedIn, *, brought: int | None = None, **told: Any) -> None:
    if brought is not None:
        told["brought_id"] = brought
    with transaction.atomic():
        HandedIn.objects.filter(pk=row.pk).update(**told)
        changed("handed-in", str(row.pk))


def _facts(told: Reconciliation) -> dict[str, Any]:
    facts = asdict(told) | {"adds_up": told.adds_up}
    return {
        name: value
        for name, value in facts.items()
        if name not in {"report", "columns", "headings", "dry_run", "import_id"}
    }


def _problems(report: Path) -> list[list[str]]:
    if not report.exists():
        return []
    with report.open(newline="", encoding="utf-8") as file:
        return [line for line, _ in zip(csv.reader(file), range(PROBLEMS + 1), strict=False)][1:]


@contextmanager
def _report(row: HandedIn) -> Iterator[Path]:
    """Where lines and reasons of rejected rows are written meanwhile; it repeats nothing that stands in them."""
    path = _folder() / f"{row.pk}.report"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    folder = Path(settings.COURTESY.data_dir) / "reading"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _forget(number: UUID, *, at: datetime) -> None:
    sealed_files.delete(number)
    with suppress(KeyGone):
        keys.destroy(number, at=at)
