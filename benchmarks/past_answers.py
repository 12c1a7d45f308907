"""Which sentences of past answers may serve others: what gives somebody away kept back, what may serve found.

`python -m benchmarks.past_answers [--json] [--words]`. shop-fern's 130 answers, halves A and B as its PROVENANCE.md
says: the rules were written while looking at A; B was looked at for what leaked, once: one private thing of 39 (an
error message in quotation marks) and one promise of 13 ("is in the post"), and two rules came of it. So B's share of
what leaks is not blind any more; its sentences that are not found were never looked at. Found at the first gate:
a sentence is recognized as giving nobody away. Served: an article or a second person vouches for it too, so that it
may stand in a draft; the others wait for a colleague's click, but for those that lean on the sentence before them.
Whether a private thing comes through a whole draft is asked by `benchmarks/private_drafts.py`.
Private things of our own are seeded by `tests/science/seeded.py`. Data: ../shared/data/shop-fern (CC0).
"""

import hashlib
import json
import re
import sys
from dataclasses import dataclass
from typing import Any

import numpy as np

from benchmarks.answering import Science, command, science, share, table
from benchmarks.answers_fern import DATA, articles
from courtesy.science.encoders import Encoder
from courtesy.science.giveaways import Held, gives_away, held_by, without_address
from courtesy.science.passages import cut, to_encode
from courtesy.science.reusable import Articles, Said, vouched
from courtesy.science.spans import harmless
from tests.science.seeded import NATURAL, seeded

STAFF = frozenset({"ada", "ben", "mira", "ole", "jonas", "lene"})


@dataclass(frozen=True)
class Answer:
    """A past answer with what its author marked in it, and the sentences that passed each gate."""

    half: str
    language: str
    reusable: tuple[str, ...]
    private: tuple[str, ...]
    promises: tuple[str, ...]
    harmless: tuple[str, ...]
    served: tuple[str, ...]
    clicked: tuple[str, ...]


def read(encoder: Encoder | None) -> tuple[list[Answer], Held]:
    """All answers through both gates, as one shop that has them all."""
    told = [
        (number, one.title, text) for number, one in enumerate(articles()) for text in _sentences(one.title, one.text)
    ]
    held = held_by(text for _, _, text in told)
    rows = encoder.encode([to_encode(title, "", text) for _, title, text in told]) if encoder else None
    library = Articles([(number, text) for number, _, text in told], rows)
    sent = [json.loads(line) for line in (DATA / "sent.jsonl").read_text(encoding="utf-8").splitlines()]
    passed = [[one.text for one in harmless(row["answer"]["body"], held=held, names=_names(row))] for row in sent]
    flat = [(number, text) for number, texts in enumerate(passed) for text in texts]
    read_as = encoder.encode([text for _, text in flat]) if encoder else [None] * len(flat)
    those = [
        Said(text, sent[number]["question"]["from"], None if row is None else np.asarray(row, dtype=np.float32))
        for (number, text), row in zip(flat, read_as, strict=True)
    ]
    served: dict[int, list[str]] = {}
    clicked: dict[int, list[str]] = {}
    for (number, text), one in zip(flat, vouched(those, library), strict=True):
        if one.may_serve:
            served.setdefault(number, []).append(text)
        if one.alone:
            clicked.setdefault(number, []).append(text)
    return [
        Answer(
            half=_half(row),
            language=row["question"]["lang"],
            reusable=tuple(without_address(text, _names(row)) for text in row["reusable"]),
            private=tuple(row["private"]),
            promises=tuple(row["promises"]),
            harmless=tuple(passed[number]),
            served=tuple(served.get(number, ())),
            clicked=tuple(clicked.get(number, ())),
        )
        for number, row in enumerate(sent)
    ], held


def _sentences(title: str, text: str) -> list[str]:
    return [sentence for piece in cut(title, text) for sentence in piece.sentences]


def _names(row: dict[str, Any]) -> frozenset[str]:
    return STAFF | set(re.findall(r"[^\W\d_]+", row["question"]["from"].split("<")[0].lower()))


def _half(row: dict[str, Any]) -> str:
    return "AB"[hashlib.sha256(f"fern-18:{row['question']['thread']}".encode()).digest()[0] % 2]


def _counted(those: list[Answer]) -> dict[str, Any]:
    def within(pieces: str, gate: str) -> dict[str, Any]:
        hits = of = 0
        for one in those:
            for piece in getattr(one, pieces):
                of += 1
                hits += any(piece in text for text in getattr(one, gate))
        return share(hits, of)

    return {
        "private things that passed the first gate": within("private", "harmless"),
        "promises that passed the first gate": within("promises", "harmless"),
        "what may serve, found at the first gate": within("reusable", "harmless"),
        "what may serve, and is vouched for by rule": within("reusable", "served"),
        "what may serve, if a colleague clicks on all that waits": within("reusable", "clicked"),
        "private things among what a colleague may click on": within("private", "clicked"),
    }


def report(desk: Science) -> tuple[str, dict[str, Any]]:
    """The table and all numbers."""
    those, held = read(desk.encoder)
    halves = {
        name: _counted([one for one in those if one.half in half])
        for name, half in (("A", "A"), ("B", "B"), ("all", "AB"))
    }
    tongues = {
        tongue: _counted([one for one in those if one.language == tongue]) for tongue in ("en", "de", "fr", "es")
    }
    own = [text for _, _, text in seeded()]
    through = {
        "seeded private things": share(sum(not gives_away(text, held=held) for text in own), len(own)),
        "the same, all written small": share(sum(not gives_away(text.lower(), held=held) for text in own), len(own)),
        "whole sentences of our own": share(sum(not gives_away(text, held=held) for _, text in NATURAL), len(NATURAL)),
    }
    rows: list[tuple[str, dict[str, Any], str, bool | None]] = []
    for name, found in halves.items():
        for what, figures in found.items():
            target: tuple[str, bool | None] = ("", None)
            if what.startswith(("private", "promises")):
                target = ("0", figures["hits"] == 0)
            elif "first gate" in what:
                target = ("≥ .60", (figures["share"] or 0) >= 0.6)
            rows.append((f"{name}: {what}", figures, *target))
    rows += [(f"{what} that passed", figures, "0", figures["hits"] == 0) for what, figures in through.items()]
    for name, found in tongues.items():
        for what in (
            "found at the first gate",
            "and is vouched for by rule",
            "if a colleague clicks on all that waits",
        ):
            rows.append((f"{name}: what may serve, {what}", found[f"what may serve, {what}"], "", None))
    clicks = sum(len(one.clicked) - len(one.served) for one in those)
    learned = sum(len(one.harmless) for one in those)
    numbers = {"ok": all(reached for *_, reached in rows if reached is not None), "means": desk.means}
    return (
        f"shop-fern, 130 past answers, {desk.means}; {clicks} of {learned} sentences wait\n\n{table(rows)}",
        numbers
        | {
            "halves": halves,
            "languages": tongues,
            "seeded": through,
            "waiting": clicks,
            "harmless": learned,
        },
    )


if __name__ == "__main__":
    sys.exit(command("past_answers", DATA, lambda words: report(science(words_alone=words))))
