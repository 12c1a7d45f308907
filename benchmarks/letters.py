"""`python -m benchmarks.letters [--letters 10000]`: letters of the past a second, in, again and out; and memory.

Conversations of an invented shop, half questions and half answers, as one mbox on the disk. Brought into an empty house
by the same way as on the desk and the command line; the same file again; and taken out. How long one handful holds the
database is how long a colleague's answer may have to wait.
"""

import argparse
import resource
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import Figure, command, empty_folder, figures_out, house_in_this_process, table

FEW = 2_000
MOST_GROWTH = 30.0  # MB between few letters and all: a handful is held, not the file


def memory() -> float:
    """The most this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def written(file: Path, letters: int) -> None:
    """An mbox of so many letters, each customer writing about three times."""
    from tests.conversations.past import as_mbox, conversations  # noqa: PLC0415 (Django's settings come first)

    begin = datetime.now(UTC) - timedelta(hours=9) * (letters // 2 + 2)
    with file.open("wb") as out:
        for one in conversations(letters // 2, begin=begin, people=max(1, letters // 6)):
            out.write(as_mbox([one]))


def bring(file: Path, handfuls: list[float]) -> tuple[Any, float]:
    """Bring it in; how it went, and how many seconds it took."""
    from django.utils import timezone  # noqa: PLC0415

    from courtesy.conversations.actions import history  # noqa: PLC0415
    from courtesy.post.past.source import look  # noqa: PLC0415
    from tests.conversations.past import US  # noqa: PLC0415

    last = [time.monotonic()]

    def tell(_counts: object) -> None:
        handfuls.append(time.monotonic() - last[0])
        last[0] = time.monotonic()

    began = time.monotonic()
    brought = history.bring(
        look(file).letters(), ours=[US], basis="contract", since=date(2025, 3, 3), by=None, at=timezone.now(),
        progress=tell,
    )  # fmt: skip
    return brought, time.monotonic() - began


def measure(letters: int) -> list[Figure]:
    """All figures, in a house of this process."""
    with empty_folder() as folder, house_in_this_process():
        from django.utils import timezone  # noqa: PLC0415

        from courtesy.conversations.actions import taking_out  # noqa: PLC0415
        from courtesy.conversations.queries.pairs import every  # noqa: PLC0415

        few, all_of_them = folder / "few.mbox", folder / "all.mbox"
        written(few, FEW)
        written(all_of_them, letters)
        first, _seconds = bring(few, [])
        taking_out.undo(first.bringing_id, by=None, at=timezone.now())
        before = memory()
        handfuls: list[float] = []
        processor = time.process_time()
        brought, seconds = bring(all_of_them, handfuls)
        processor = time.process_time() - processor
        grown = memory() - before
        found = sum(1 for _pair in every())
        again, seconds_again = bring(all_of_them, [])
        began = time.monotonic()
        gone = taking_out.undo(brought.bringing_id, by=None, at=timezone.now())
        out = time.monotonic() - began
    assert (brought.counts.new, again.counts.new, gone.letters) == (letters, 0, letters)
    return [
        Figure(f"letters a second, {letters:,} of them from an mbox", round(letters / seconds), "letters/s"),
        Figure("the same by our own processor time", round(letters / processor), "letters/s"),
        Figure("the same again, nothing new", round(letters / seconds_again), "letters/s"),
        Figure("taken out again", round(letters / out), "letters/s"),
        Figure("a handful of 100, median", round(median(handfuls) * 1000), "ms"),
        Figure("a handful of 100, the longest", round(max(handfuls) * 1000), "ms"),
        Figure(f"peak memory, with {letters:,} letters", round(memory()), "MB"),
        Figure(f"more memory than {FEW:,} letters need", round(grown, 1), "MB", MOST_GROWTH),
        Figure("questions whose answer is not found", letters // 2 - found, "pairs", 0),
    ]


def run(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The figures of one run."""
    figures = measure(options.letters // 2 * 2)
    return table(figures), figures_out(figures, letters=options.letters)


if __name__ == "__main__":
    sys.exit(command("letters", run, letters=10_000))
