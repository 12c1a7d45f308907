"""How often a fault in a text is found, and a good rewording left alone: `python -m benchmarks.groundedness [--json]`.

Three sets: texts made from StackFAQ answers and from a synthetic shop's articles (`benchmarks/faults.py`), and pairs
written by hand from shop articles in four languages (`groundedness_written.txt`). Each is split into a half on which
the rules and words were made ("build") and one that is only reported ("told"): StackFAQ and the shop by the SHA-256 of
their place and name, ours by every second line. The shop's articles were not looked at for the rules at all.
"""

import argparse
import csv
import gzip
import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.answering import SHARED
from benchmarks.faults import Case, cases
from benchmarks.figures import command
from benchmarks.promises import interval
from courtesy.science.checking import doubts
from courtesy.science.text import plain_of_markdown, sentences
from courtesy.science.tongues import plain, tongue

WRITTEN = Path(__file__).with_name("groundedness_written.txt")
TARGETS = {"other": 0.99, "number": 0.99, "negation": 0.98, "name": 0.95, "opposite": 0.80}
MOST_STOPPED = 0.05
NAMED = {"good": "good, but stopped", "synonym": "a word made its WordNet synonym, stopped"}


def stackfaq(folder: Path) -> list[Case]:
    """Cases of the FAQ answers."""
    with gzip.open(folder / "faqs.csv.gz", "rt", encoding="utf-8") as file:
        articles = [json.loads(row["answers"]) for row in csv.DictReader(file)]
    return _made(articles, "stackfaq")


def fern(folder: Path) -> list[Case]:
    """Cases of the shop's English articles."""
    return _made([[plain_of_markdown(one.read_text("utf-8"))] for one in sorted(folder.glob("articles/*.md"))], "fern")


def written() -> list[Case]:
    """Our own pairs: "kind language | source | text", every second line told."""
    lines = [line for line in WRITTEN.read_text("utf-8").splitlines() if line.count("|") == 2 and line[0] != "#"]
    found = []
    for number, line in enumerate(lines):
        head, source, text = (piece.strip() for piece in line.split("|"))
        kind, language = head.split()
        found.append(Case(kind, text, (source,), language, ("build", "told")[number % 2]))
    return found


def known(word: str) -> bool:
    """Whether the opposites of `science/tongues/en.py` hold a word."""
    english = tongue("en")
    return (plain(word),) in english.axes or ("~" + english.stem(plain(word)),) in english.axes


def count(found: Sequence[Case]) -> dict[str, tuple[int, int]]:
    """How many of each kind were shown a doubt, and of how many; opposites by list and beyond it apart."""
    counted: dict[str, tuple[int, int]] = {}
    for case in found:
        found_here = doubts(case.text, case.sources, case.language)
        kinds = {case.kind: bool(found_here)}
        if case.kind == "opposite":
            # The rule for a changed word stops words it does not know, opposite or not; so this is counted apart.
            named = any(one.kind in {"opposite", "negation"} for one in found_here)
            kinds["opposite and said to be one"] = named
            if case.beyond:
                kinds["opposite beyond the generator's list"] = bool(found_here)
                kinds["opposite beyond the generator's list and said to be one"] = named
                if not known(case.word):
                    kinds["opposite of a word that our lists do not know"] = bool(found_here)
        for kind, shown in kinds.items():
            caught, of = counted.get(kind, (0, 0))
            counted[kind] = (caught + shown, of + 1)
    return counted


def run(_options: argparse.Namespace) -> tuple[str, dict[str, Any]]:
    """The table, and the counts for a program."""
    sets = {"pairs of our own": written()}
    data = SHARED / "data"
    if data.exists():
        sets = {"StackFAQ": stackfaq(data / "stackfaq"), "Fern & Fjord": fern(data / "shop-fern"), **sets}
    lines, out, reached = [], {}, []
    for name, found in sets.items():
        lines += [f"### {name}", "| what | built on | only reported | target | reached |", "|---|---|---|---|---|"]
        build, told = (count([one for one in found if one.half == half]) for half in ("build", "told"))
        for kind in sorted(told, key=lambda one: (one != "good", one)):
            got, of = told[kind]
            least = TARGETS.get(kind)
            kept = got <= MOST_STOPPED * of if kind == "good" else None if least is None else got >= least * of
            reached.append(kept is not False)
            asked = f"≤ {MOST_STOPPED:.2f}" if kind == "good" else "" if least is None else f"≥ {least:.2f}"
            what = NAMED.get(kind, f"{kind}, caught")
            lines.append(
                f"| {what} | {interval(*build.get(kind, (0, 0)))} | {interval(got, of)} | {asked} "
                f"| {'' if kept is None else 'yes' if kept else '**no**'} |"
            )
        out[name] = {"build": build, "told": told}
    return "\n".join(lines), {"ok": all(reached) if data.exists() else None, "sets": out}


def _made(articles: Sequence[Sequence[str]], name: str) -> list[Case]:
    halves = [
        ("build", "told")[hashlib.sha256(f"courtesy-{name}:{place}".encode()).digest()[0] % 2]
        for place in range(len(articles))
    ]
    cut = [[one for text in texts for one in sentences(text)] for texts in articles]
    return list(cases(articles, cut, 0, halves))


if __name__ == "__main__":
    sys.exit(command("groundedness", run))
