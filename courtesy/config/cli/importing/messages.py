"""`courtesy import messages PATH`: letters of the past, from mbox, Maildir, JSON lines, CSV or a connected mailbox."""

import csv
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.utils import timezone

from courtesy.config.cli.command import Command, Done
from courtesy.consent.purposes import Basis
from courtesy.conversations.actions import bringings, history, taking_out
from courtesy.conversations.actions.history import Counts, Problem
from courtesy.conversations.ours import mailboxes as our_mailboxes
from courtesy.post import mailboxes
from courtesy.post.channels.email.imap import Trouble as MailTrouble
from courtesy.post.models import Mailbox
from courtesy.post.past import columns as columns_of
from courtesy.post.past import months, says
from courtesy.post.past.columns import NAMES, Columns
from courtesy.post.past.letters import Letters, NotRead
from courtesy.post.past.source import Past, look
from courtesy.post.troubles import words as trouble_words
from courtesy.staff import queries as staff
from courtesy.staff.hours import Hours

REPORT = Path("letters-not-taken.csv")


class NotSaid(Exception):
    """Something has to be said first; the text says what."""


def arguments(parser: ArgumentParser) -> None:
    """From where, and what has to be said about it."""
    parser.add_argument("path", type=Path, nargs="?", help="an mbox, a Maildir, JSON lines or CSV; may be .gz or .zip")
    parser.add_argument("--mailbox", metavar="ADDRESS", help="instead of a file: a mailbox that is connected")
    parser.add_argument("--months", type=int, default=12, help="how many months of the mailbox (12)")
    parser.add_argument(
        "--ours", action="append", default=[], metavar="ADDRESS", help="an address of the shop; repeat it"
    )
    parser.add_argument("--basis", choices=list(Basis.values), help="on what basis the shop holds these letters")
    parser.add_argument("--since", type=date.fromisoformat, metavar="YYYY-MM-DD", help="since when it holds them")
    what = f"which column holds what: {', '.join(NAMES)}"
    parser.add_argument("--column", action="append", default=[], metavar="WHAT=NAME", help=what)
    parser.add_argument("--dates", choices=columns_of.DATE_STYLES, help="how days are written in the table")
    parser.add_argument("--report", type=Path, help=f"where what was not taken is listed ({REPORT})")
    parser.add_argument("--dry-run", action="store_true", help="look through it and write nothing")
    parser.add_argument("--undo", metavar="ID", help="take an import out again; “last” for the newest")


def run(options: Namespace) -> Done:
    """Bring them in, look through them, or take them out again."""
    try:
        if options.undo:
            return _undo(options.undo)
        with _source(options) as source:
            return _looked(options, source) if options.dry_run else _brought(options, source)
    except NotSaid as missing:
        return Done((str(missing),), {"why": str(missing)}, ok=False)
    except NotRead as trouble:
        why = says.trouble(trouble.why)
        return Done((why,), {"why": why, "trouble": str(trouble.why)}, ok=False)
    except MailTrouble as trouble:
        told = trouble_words(trouble.problem)
        return Done((f"{told.what} {told.do}",), {"why": told.what}, ok=False)


@dataclass
class _Source:
    """Where the letters come from, and what its columns mean."""

    letters: Callable[[], Letters]
    kind: str
    digest: bytes | None = None
    mailbox: Mailbox | None = None
    columns: Columns | None = None
    header: tuple[str, ...] = ()


@dataclass
class _Report:
    """A file with a line for each thing that was not taken; it is made when there is one."""

    path: Path
    file: IO[str] | None = None
    rows: int = field(default=0)

    def add(self, problem: Problem) -> None:
        if self.file is None:
            self.file = self.path.open("w", encoding="utf-8", newline="")
            csv.writer(self.file).writerow(["line or number", "why"])
        csv.writer(self.file).writerow([problem.place, says.why(problem.why)])
        self.rows += 1

    def close(self) -> None:
        if self.file is not None:
            self.file.close()


@contextmanager
def _source(options: Namespace) -> Iterator[_Source]:
    if options.mailbox:
        row = next((one for one in mailboxes.connected() if one.address.lower() == options.mailbox.lower()), None)
        if row is None:
            raise NotSaid("No such mailbox is connected. Connect it on the desk first: Shop, Mail.")
        since = months.first_day(options.months, today=timezone.now().date())
        yield _Source(lambda: months.letters(row, since=since), "mailbox", mailbox=row)
        return
    if options.path is None:
        raise NotSaid("From where? Name a file or folder, or --mailbox.")
    past = look(options.path)
    chosen = _columns(options, past) if past.header else None
    us = next(iter([*options.ours, *sorted(our_mailboxes())]), "")
    zone = Hours.of(staff.shop()).zone
    digest = bringings.digest_of(options.path)
    yield _Source(lambda: past.letters(chosen, us=us, zone=zone), past.kind, digest, None, chosen, past.header)


def _columns(options: Namespace, past: Past) -> Columns:
    """As said, as the last time, or as the names of the columns let one guess; shown, and asked where nobody said."""
    given: dict[str, str] = dict(bringings.columns_like(past.header).named)
    for one in options.column:
        what, _, name = one.partition("=")
        if what not in NAMES or (name and name not in past.header):
            raise NotSaid(f"--column {one}: say WHAT=NAME with one of {', '.join(NAMES)} and a column of the file.")
        given[what] = name
    given["dates"] = options.dates or given["dates"]
    chosen = columns_of.chosen(given, past.header)
    if sys.stdin.isatty() and not options.column and not options.json:
        chosen = _asked(chosen, past)
    if chosen.missing:
        raise NotSaid(
            f"Which column holds: {', '.join(chosen.missing)}? The file has {', '.join(past.header)}. "
            f"Say it with --column {chosen.missing[0]}=NAME."
        )
    return chosen


def _asked(chosen: Columns, past: Past) -> Columns:
    print(f"The file has these columns: {', '.join(past.header)}")
    given = chosen.named
    for what in NAMES:
        first = next((row.get(given[what], "") for row in past.sample), "") if given[what] else ""
        shown = f"{given[what]} (as in “{first[:40]}”)" if given[what] else "none"
        answer = input(f"  {what} [{shown}]: ").strip()
        if answer:
            given[what] = answer if answer in past.header else ""
    return columns_of.chosen(given, past.header)


def _looked(options: Namespace, source: _Source) -> Done:
    report = _Report(options.report or REPORT)
    try:
        seen = history.look(
            source.letters(), ours=options.ours, at=timezone.now(), progress=_progress(options), report=report.add
        )
    finally:
        report.close()
    return _told(
        seen.counts, report, source,
        facts={"dry_run": True, "perhaps_ours": list(seen.perhaps_ours)}, before="Nothing was written. ",
    )  # fmt: skip


def _brought(options: Namespace, source: _Source) -> Done:
    basis, since = _basis(options)
    if source.columns is not None:
        bringings.remember_columns(source.header, source.columns, at=timezone.now())
    report, began = _Report(options.report or REPORT), time.monotonic()
    try:
        brought = history.bring(
            source.letters(), ours=options.ours, basis=basis, since=since, by=None, at=timezone.now(),
            progress=_progress(options), report=report.add, kind=source.kind, digest=source.digest,
            mailbox=source.mailbox,
        )  # fmt: skip
    finally:
        report.close()
    seconds = time.monotonic() - began
    facts = {"id": str(brought.bringing_id), "seconds": round(seconds, 1)}
    return _told(brought.counts, report, source, facts=facts, after=f" To undo it: --undo {brought.bringing_id}")


def _basis(options: Namespace) -> tuple[str, date]:
    """What the register is to say of everybody in these letters; asked where it was not said."""
    basis, since = options.basis, options.since
    if sys.stdin.isatty() and not options.json:
        basis = basis or input(f"On what basis do you hold these letters ({', '.join(Basis.values)})? ").strip()
        since = since or date.fromisoformat(input("Since when (YYYY-MM-DD)? ").strip() or "")
    if basis not in Basis.values or since is None:
        raise NotSaid(
            "Say on what basis the shop holds these letters, and since when: "
            f"--basis {'|'.join(Basis.values)} --since YYYY-MM-DD. It is written into the register for each person."
        )
    return basis, since


def _told(
    counts: Counts, report: _Report, source: _Source, *, facts: dict[str, Any], before: str = "", after: str = ""
) -> Done:
    say = [
        f"{before}{counts.read} letters read: {counts.questions} questions of customers, {counts.answers} answers, "
        f"{counts.apart} of machines and lists, {counts.known} known already, "
        f"{counts.among_ourselves} among ourselves, {counts.bad} not taken.{after}"
    ]
    if counts.read and not counts.answers and counts.questions:
        say.append("None of them is from the shop itself. Name its addresses with --ours.")
    if perhaps := facts.get("perhaps_ours"):
        say.append(f"Is one of these the shop’s? {' '.join(f'--ours {one}' for one in perhaps)}")
    if report.rows:
        say.append(f"What was not taken stands in {report.path}.")
    return Done(tuple(say), {**asdict(counts), "new": counts.new, "kind": source.kind, **facts})


def _progress(options: Namespace) -> Callable[[Counts], None] | None:
    if options.json or not sys.stderr.isatty():
        return None
    last = [0.0]

    def tell(counts: Counts) -> None:
        if time.monotonic() - last[0] > 0.5:
            last[0] = time.monotonic()
            print(f"\r{counts.read} letters read, {counts.new} new", end="", file=sys.stderr, flush=True)

    return tell


def _undo(which: str) -> Done:
    number = bringings.newest() if which == "last" else _number(which)
    try:
        gone = taking_out.undo(number, by=None, at=timezone.now()) if number else None
    except taking_out.NothingToUndo:
        gone = None
    if gone is None:
        raise NotSaid("There is no such import, or it was undone before.")
    say = f"Taken out again: {gone.letters} letters, {gone.threads} conversations, {gone.people} people."
    return Done((say,), asdict(gone))


def _number(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


COMMAND = Command("messages", "Letters of the past: mbox, Maildir, JSON lines, CSV, or a mailbox.", run, arguments)
