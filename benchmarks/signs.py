"""How well the signs that no encoder sees, and named deadlines, are found, and where they fire.

`python -m benchmarks.signs [--json]`. `signs_written.txt` and `deadlines_written.txt` were written before any rule was
held against one of them. Whoever wrote them wrote the rules as well, in the same hour (the English ones before, those
of the other languages after), so they show rather what was thought of than what happens. The rules were written on
`tests/science/signs_built_on.txt`, the training parts of Curekart and banking77 and half A of shop-fern. What fires in
the test parts and in half B is counted and shown; whether rightly was read by us (`docs/benchmarks.md`).
"""

import csv
import gzip
import hashlib
import json
import sys
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.answering import SHARED
from benchmarks.figures import command
from courtesy.science.deadlines import deadline
from courtesy.science.shares import share
from courtesy.science.text import core_of
from courtesy.science.unseen import unseen, wish

HERE = Path(__file__).parent
MOST_FALSE = 0.10  # of what is found, in texts of ours: a wrong sign takes a right topic away


@dataclass(frozen=True)
class Counted:
    """What was found of a set: rightly, wrongly, not."""

    name: str
    right: int
    wrong: int
    missed: int


def run(_options: Namespace) -> tuple[str, dict[str, Any]]:
    """Both sets of ours, then the sets of others where they are."""
    ours = [*_signs(), *_deadlines()]
    text = _table(ours)
    out: dict[str, Any] = {"ok": all(one.wrong <= MOST_FALSE * (one.right + one.wrong) for one in ours)}
    data = SHARED / "data"
    if data.exists():
        soon = [_soon(data, "deadline_named"), _soon(data, "cancel")]
        text += "\n\n" + _table(soon) + "\n\n" + _fired(data)
        ours += soon
    return text, out | {"sets": [vars(one) for one in ours]}


def _rows(name: str) -> Iterator[tuple[str, str, str]]:
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            language, label, text = (part.strip() for part in line.split("|", 2))
            yield language, label, text


def _signs() -> list[Counted]:
    sums: dict[str, Counter[str]] = {}
    for language, label, text in _rows("signs_written.txt"):
        wanted = frozenset() if label == "-" else frozenset(label.split(","))
        found = {f"{one.code}:{one.about}" for one in unseen(text, language)}
        for kind, these in (("right", found & wanted), ("wrong", found - wanted), ("missed", wanted - found)):
            for sign in these:
                sums.setdefault(sign.split(":")[0], Counter())[kind] += 1
                sums.setdefault(f"all signs, {language}", Counter())[kind] += 1
                sums.setdefault("all signs", Counter())[kind] += 1
    return [Counted(name, one["right"], one["wrong"], one["missed"]) for name, one in sorted(sums.items())]


def _deadlines() -> list[Counted]:
    rows = [
        (label == "+", deadline(text, language) is not None) for language, label, text in _rows("deadlines_written.txt")
    ]
    return [_of("deadlines", rows)]


def _of(name: str, rows: list[tuple[bool, bool]]) -> Counted:
    return Counted(
        name,
        right=sum(wanted and found for wanted, found in rows),
        wrong=sum(found and not wanted for wanted, found in rows),
        missed=sum(wanted and not found for wanted, found in rows),
    )


def _soon(data: Path, reason: str) -> Counted:
    rows = []
    for mail in _mails(data):
        text = f"{mail['subject']}\n{core_of(mail['body'])}"
        found = deadline(text, mail["lang"]) if reason == "deadline_named" else wish(text, mail["lang"], "cancel")
        rows.append((reason in mail["gold"]["soon"], bool(found)))
    return _of(f"shop-fern, half B: {reason}", rows)


def _mails(data: Path) -> list[dict[str, Any]]:
    lines = (data / "shop-fern" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [mail for mail in map(json.loads, lines) if _half(mail["thread"]) == "B"]


def _half(thread: str) -> str:
    return "AB"[hashlib.sha256(f"fern-18:{thread}".encode()).digest()[0] % 2]


def _fired(data: Path) -> str:
    """Every firing in the sets of others: counted, and where they are few, shown."""
    mails = [(mail["lang"], f"{mail['subject']}\n{core_of(mail['body'])}") for mail in _mails(data)]
    sets = {
        "Curekart, test": [("en", row["text"]) for row in _csv(data / "hint3-curekart" / "test.csv.gz")],
        "banking77, test": [("en", row["text"]) for row in _csv(data / "banking77" / "test.csv.gz")],
        "shop-fern, half B": mails,
    }
    lines = ["| set | messages | with a sign | of which |", "|---|---|---|---|"]
    shown = []
    for name, messages in sets.items():
        found = [(text, signs) for language, text in messages if (signs := unseen(text, language))]
        kinds = Counter(f"{one.code} ({one.about})" for _, signs in found for one in signs)
        said = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        lines.append(f"| {name} | {len(messages)} | {len(found)} | {said} |")
        shown += [
            f"- {name}: {', '.join(one.words for one in signs)} | {' '.join(text.split())[:110]}"
            for text, signs in found
        ]
    return "\n".join([*lines, "", *shown])


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _table(counted: list[Counted]) -> str:
    lines = ["| set | found rightly | precision | recall | wrongly | missed |", "|---|---|---|---|---|---|"]
    for one in counted:
        exact, whole = share(one.right, one.right + one.wrong), share(one.right, one.right + one.missed)
        lines.append(
            f"| {one.name} | {one.right} | {exact.value:.3f} ({exact.low:.3f} to {exact.high:.3f}) "
            f"| {whole.value:.3f} ({whole.low:.3f} to {whole.high:.3f}) | {one.wrong} | {one.missed} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(command("signs", run))
