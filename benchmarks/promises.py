"""How well promises are found in answers: sentences of a synthetic shop's sent mail, sentences of our own, and prose.

`python -m benchmarks.promises [--json]`. The rules were written on half A of Fern & Fjord's sent mail; half B is
reported: what its authors marked as a promise and what, by our reading, names a day. Our own sentences were written
after the rules, by the same hand, and show rather what was thought of than what happens. What a help article or an
FAQ says is no promise to anybody, whatever it says of days.
"""

import argparse
import csv
import gzip
import hashlib
import json
import math
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.answering import SHARED
from benchmarks.figures import command
from courtesy.science.days import day_in
from courtesy.science.promises import promises
from courtesy.science.text import plain_of_markdown, sentences

WRITTEN = Path(__file__).with_name("promises_written.txt")
DATED = frozenset(["S016", "S022", "S044", "S065", "S066", "S089", "S122", "S123"])
"""The answers of half B in which what the data set marks as a promise names a day."""


@dataclass(frozen=True)
class Counted:
    """What was found of a set."""

    name: str
    sentences: int
    name_a_day: int
    right: int
    wrong: int
    missed: int


def interval(hits: int, of: int, z: float = 1.96) -> str:
    """A share with its 95 % interval (Wilson 1927), as text."""
    if not of:
        return "no case"
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return f"{share:.3f} ({max(0, middle - half):.3f} to {min(1, middle + half):.3f}), {hits} of {of}"


def count(name: str, labeled: Iterable[tuple[str, bool]]) -> Counted:
    """Read every sentence by itself and hold what is found against its label."""
    rows = [(sentence, label, bool(promises(sentence)), day_in(sentence) is not None) for sentence, label in labeled]
    return Counted(
        name,
        sentences=len(rows),
        name_a_day=sum(day for _, _, _, day in rows),
        right=sum(found and label for _, label, found, _ in rows),
        wrong=sum(found and not label for _, label, found, _ in rows),
        missed=sum(label and not found for _, label, found, _ in rows),
    )


def written() -> list[tuple[str, bool]]:
    """Our own sentences with their labels."""
    lines = WRITTEN.read_text(encoding="utf-8").splitlines()
    return [(line[2:], line[0] == "+") for line in lines if line[:2] in {"+ ", "- "}]


def fern(folder: Path) -> list[tuple[str, bool]]:
    """The sentences of half B of the sent mail; those that hold a marked promise with a day are the ones to find."""
    rows = [json.loads(line) for line in (folder / "sent.jsonl").read_text(encoding="utf-8").splitlines()]
    labeled = []
    for row in rows:
        if _half(row["question"]["thread"]) == "B":
            marked = [_flat(piece) for piece in row["promises"]] if row["id"] in DATED else []
            said = sentences(row["answer"]["body"])
            labeled += [(one, any(piece in _flat(one) for piece in marked)) for one in said]
    return labeled


def articles(folder: Path) -> list[tuple[str, bool]]:
    """The sentences of the shop's articles in English and German; none promises anything to anybody."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("articles/**/*.md"))]
    return [(sentence, False) for text in texts for sentence in sentences(plain_of_markdown(text))]


def faqs(folder: Path) -> list[tuple[str, bool]]:
    """The sentences of answers to frequent questions, of public pages; they speak to everybody."""
    with gzip.open(folder / "faqs.csv.gz", "rt", encoding="utf-8") as file:
        texts = [text for row in csv.DictReader(file) for text in json.loads(row["answers"])]
    return [(sentence, False) for text in texts for sentence in sentences(text)]


def run(_options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The table, and the counts for a program."""
    counted = [count("sentences of our own", written())]
    data = SHARED / "data"
    if not data.exists():
        return table(counted), {"ok": None, "why": "no data", "sets": [asdict(one) for one in counted]}
    counted.append(count("Fern & Fjord, sent mail, half B", fern(data / "shop-fern")))
    counted.append(count("Fern & Fjord, articles", articles(data / "shop-fern")))
    counted.append(count("StackFAQ, answers", faqs(data / "stackfaq")))
    return table(counted), {"ok": True, "sets": [asdict(one) for one in counted]}


def table(counted: Sequence[Counted]) -> str:
    """In Markdown."""
    lines = ["| set | sentences | name a day | precision | recall | wrongly offered |", "|---|---|---|---|---|---|"]
    for one in counted:
        found = one.right + one.wrong
        lines.append(
            f"| {one.name} | {one.sentences} | {one.name_a_day} | {interval(one.right, found)} "
            f"| {interval(one.right, one.right + one.missed)} | {one.wrong} |"
        )
    return "\n".join(lines)


def _half(thread: str) -> str:
    return "AB"[hashlib.sha256(f"fern-18:{thread}".encode()).digest()[0] % 2]


def _flat(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


if __name__ == "__main__":
    sys.exit(command("promises", run))
