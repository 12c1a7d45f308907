"""Our desk beside django-helpdesk 2.x: the same conversations, the same questions, in turns, in one run.

`python -m benchmarks.beside_helpdesk [--rounds 3] [--large 100000] [--messages 1000000] [--json]`. Both run in
processes of their own on SQLite, are filled with the same conversations (`same_content`), and are asked by Django's
test client through all their middleware, round by round in turn. *CPU* is the median of the rounds, each the median
processor time of 15 requests. The other one is installed apart (`make build/peer/stamp`) and is at 10,000 conversations
throughout; ours is also asked at 100,000, and for the searches at 1,000,000 messages.

What a page holds: our list page is the whole inbox with 30 rows (name, subject, beginning of the last message, state,
colleague, draft), its tabs and their counts. Theirs is the frame and the rows its script asks for, 25 of them (number,
title, queue, status, dates, owner, times). Our search reads all messages and names; theirs titles and first messages.
The rare word stands in one of 3,000 messages on both sides, so that ours, with a hundred times as many, shows a whole
page of hits where theirs shows three; *five hits* is a word in the same five conversations on both. *Search alone* is
the rows without a page around them. Our thread page holds the list beside the thread, and what stands beside that
(who writes, their orders, notes, permissions, other threads, promises); theirs does not. A thread is three messages.
One mail taken in: kept raw and sealed, parsed, threaded, stored, indexed; theirs: parsed and stored. An empty page does
not count: the rows found are in the table.
"""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.figures import ROOT, command

PEER = Path(os.environ.get("COURTESY_PEER", ROOT / "build" / "peer" / "bin" / "python"))
SMALL = 10_000
TARGETS = {
    "inbox, page 1": 1 / 3,
    "inbox, page 200": 1 / 3,
    "search, common word": 1 / 5,
    "search, rare word": 1 / 5,
    "search, five hits": 1 / 5,
    "search, no hit": 1 / 5,
    "search alone, common word": 1 / 5,
    "search alone, rare word": 1 / 5,
    "search alone, five hits": 1 / 5,
    "search alone, no hit": 1 / 5,
    "thread": 1 / 2,
    "one mail taken in": 1 / 2,
}
QUERIES_AT_MOST, DEEP_COSTS_AT_MOST = 12, 1.25

Round = dict[str, dict[str, float]]


class Side:
    """A help desk in a process of its own, full and ready."""

    def __init__(self, words: list[str]) -> None:
        self.process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.said()

    def said(self) -> dict[str, Any]:
        """The next object it says. Raises RuntimeError where it ended instead."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.process.args} broke off")
        return dict(json.loads(line))

    def round(self) -> Round:
        """Ask everything once."""
        assert self.process.stdin is not None
        self.process.stdin.write("round\n")
        self.process.stdin.flush()
        return self.said()

    def close(self) -> None:
        """The pipe closes and it goes."""
        self.process.communicate(timeout=60)


def ours(conversations: int) -> Side:
    """Our desk with so many conversations."""
    return Side([sys.executable, "-m", "benchmarks.our_side", str(conversations)])


def middle(rounds: list[Round], what: str, which: str) -> float:
    """The median over the rounds."""
    return median(one[what][which] for one in rounds)


def compare(theirs: list[Round], small: list[Round], large: list[Round], search: list[Round]) -> list[dict[str, Any]]:
    """A row for each question and each size of ours, with its target."""
    rows = []
    for what, target in TARGETS.items():
        largest = (("messages", search),)
        sizes = {"inbox": (("10,000", small), ("large", large)), "search": largest, "search alone": largest}
        for size, rounds in sizes.get(what.partition(",")[0], (("10,000", small),)):
            peer, we = middle(theirs, what, "ms"), middle(rounds, what, "ms")
            rows.append(
                {
                    "what": what,
                    "at": size,
                    "theirs": round(peer, 1),
                    "ours": round(we, 1),
                    "ratio": round(we / peer, 3),
                    "target": target,
                    "queries": int(middle(rounds, what, "queries")),
                    "their queries": int(middle(theirs, what, "queries")),
                    "rows": int(middle(rounds, what, "rows")),
                    "their rows": int(middle(theirs, what, "rows")),
                    "ok": we / peer <= target
                    and (not what.startswith("inbox") or middle(rounds, what, "queries") <= QUERIES_AT_MOST),
                }
            )
    return rows


def measure(options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """All sides filled, then asked in turns."""
    if not PEER.exists():
        said = "django-helpdesk is not installed (make build/peer/stamp): nothing is compared."
        return said, {"ok": False, "why": "no data"}
    sides = [
        Side([str(PEER), "-m", "benchmarks.helpdesk_peer", str(SMALL)]),
        ours(SMALL),
        ours(options.large),
        ours(options.messages // 3),
    ]
    try:
        rounds = [[side.round() for side in sides] for _ in range(options.rounds)]
    finally:
        for side in sides:
            side.close()
    theirs, small, large, search = ([turn[place] for turn in rounds] for place in range(4))
    rows = compare(theirs, small, large, search)
    at = {"10,000": "10,000", "large": f"{options.large:,}", "messages": f"{options.messages:,} messages"}
    lines = [
        "| what | ours at | ours, CPU ms | theirs at 10,000 | ratio | target | queries | rows | reached |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        queries = f"{row['queries']} / {row['their queries']}" if row["their queries"] else ""
        lines.append(
            f"| {row['what']} | {at[row['at']]} | {row['ours']} | {row['theirs']} | {row['ratio']:.2f} "
            f"| ≤ {row['target']:.2f} | {queries} | {row['rows']} / {row['their rows']} "
            f"| {'yes' if row['ok'] else '**no**'} |"
        )
    deep = [
        middle(rounds_, "inbox, page 200", "ms") / middle(rounds_, "inbox, page 1", "ms") for rounds_ in (small, large)
    ]
    flat = max(deep) <= DEEP_COSTS_AT_MOST
    lines.append(
        f"\nPage 200 costs {deep[0]:.2f} times page 1 at 10,000, {deep[1]:.2f} times at {options.large:,} "
        f"(at most {DEEP_COSTS_AT_MOST}): {'reached' if flat else '**missed**'}."
    )
    return "\n".join(lines), {"ok": flat and all(row["ok"] for row in rows), "rows": rows, "deep": deep}


if __name__ == "__main__":
    sys.exit(command("beside_helpdesk", measure, rounds=3, large=100_000, messages=1_000_000))
