"""The topic of a small shop's mails from a cold start: its own topics' names, descriptions and four examples each.

`python -m benchmarks.topics_fern [--json]`. Reported on half B of the split in the data's PROVENANCE.md, for mails
whose gold names a topic; one counts as right when the likeliest topic is one of them. English mails are read by both
encoders side by side, others by the multilingual one. Half A was looked at, and no constant was fitted on it. Beside
it, the starter topics (`courtesy/desk/starters/`) on mails that have a counterpart among them: then nothing of the shop
is known.
"""

import csv
import hashlib
import json
import sys
from collections.abc import Sequence
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks.answering import SHARED, command, share, table
from benchmarks.figures import WEIGHTS
from courtesy.desk.starters import STARTERS
from courtesy.science.encoders import FloatArray
from courtesy.science.encoders.minilm import MiniLM
from courtesy.science.encoders.multilingual import Multilingual
from courtesy.science.folding import fold
from courtesy.science.text import asked
from courtesy.science.topics import Topic, Topics

DATA = SHARED / "data" / "shop-fern"
TARGET = 0.75
COUNTERPARTS = {
    "a parcel on its way": "order_status",
    "delivery times and costs": "shipping",
    "shipping abroad": "shipping",
    "sending something back": "returns_refunds",
    "a refund": "returns_refunds",
    "something damaged": "damaged",
    "a wrong or missing item": "damaged",
    "changing or canceling an order": "order_change",
    "paying": "payment",
    "an invoice": "invoice",
    "prices and vouchers": "price_discount",
    "a gift card": "gift_cards",
    "what is in stock": "availability",
    "care and use": "plant_care",
    "a repair or guarantee": "guarantee",
    "opening hours or the way here": "store_visit",
    "collecting an order": "click_collect",
    "a booking or workshop": "workshops",
    "personal data or the newsletter": "newsletter_privacy",
    "points and rewards": "loyalty",
    "selling together": "business",
    "a job or a donation": "jobs_sponsorship",
}
"""The starter topics' names for the shop's topics, set down before anything was measured."""


def mails(half: str) -> list[dict[str, Any]]:
    """The mails of half A or B."""
    rows = [json.loads(line) for line in (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if "AB"[hashlib.sha256(f"fern-18:{row['thread']}".encode()).digest()[0] % 2] == half]


def own_examples() -> list[tuple[str, str]]:
    """The shop's topics, as it would type them: two names, a description, and four examples."""
    kinds = ("name_en", "name_de", "description", "example_en_1", "example_en_2", "example_en_3", "example_de")
    with (DATA / "topics.csv").open(encoding="utf-8", newline="") as file:
        return [(row["slug"], row[kind]) for row in csv.DictReader(file) for kind in kinds]


def words_of(mail: dict[str, Any]) -> str:
    """What is read of a mail: as `desk/intake.py` does it."""
    said = "".join(piece.text for piece in fold(mail["body"]) if piece.kind == "said").strip() or mail["body"]
    return asked(mail["subject"], said) or said


class Desk:
    """Topics as a shop with several languages reads them."""

    def __init__(self, examples: Sequence[tuple[str, str]], english: MiniLM, all_languages: Multilingual) -> None:
        self._english, self._all = english, all_languages
        names, texts = [name for name, _ in examples], [text for _, text in examples]
        self._both = Topics(names, texts, self._rows(texts, "en"))
        self._one = Topics(names, texts, self._rows(texts, ""))

    def read(self, text: str, language: str) -> Topic:
        """The belief for one mail."""
        topics = self._both if language == "en" else self._one
        return topics.read(self._rows([text], language)[0], text)

    def _rows(self, texts: Sequence[str], language: str) -> FloatArray:
        rows = self._all.encode(texts)
        return np.hstack([self._english.encode(texts), rows]) if language == "en" else rows


def measure(desk: Desk, those: Sequence[dict[str, Any]], called: dict[str, str] | None = None) -> dict[str, Any]:
    """Right answers by language; ``called`` turns a topic of the desk into one of the gold."""
    counts: dict[str, list[bool]] = {"all": []}
    named: list[bool] = []
    unknown: list[bool] = []
    for mail in those:
        gold = set(mail["gold"]["topics"])
        topic = desk.read(words_of(mail), mail["lang"])
        if not gold:
            unknown.append(topic.name is None)
            continue
        if called is not None and not gold & set(called.values()):
            continue
        best = topic.best if called is None else called.get(topic.best or "")
        for key in ("all", mail["lang"]):
            counts.setdefault(key, []).append(best in gold)
        if topic.name is not None:
            named.append(best in gold)
    found = {f"right, {key}": share(sum(hits), len(hits)) for key, hits in sorted(counts.items())}
    return found | {
        "named at all": share(len(named), len(counts["all"])),
        "right, where named": share(sum(named), len(named)),
        "about nothing: said so": share(sum(unknown), len(unknown)),
    }


def report(_words: bool) -> tuple[str, dict[str, Any]]:
    """The table of half B, and the numbers of both halves."""
    with threadpool_limits(1):
        english, everything = MiniLM(WEIGHTS), Multilingual(WEIGHTS)
        own = Desk(own_examples(), english, everything)
        starters = Desk([(name, text) for name, said in STARTERS["en"].items() for text in said], english, everything)
        found = {half: measure(own, mails(half)) for half in "AB"}
        cold = {half: measure(starters, mails(half), COUNTERPARTS) for half in "AB"}
    reached = found["B"]["right, all"]["share"] > TARGET
    lines = [
        (what, one, f"> {TARGET}" if what == "right, all" else "", reached if what == "right, all" else None)
        for what, one in found["B"].items()
    ]
    text = "The shop's own topics, half B:\n\n" + table(lines)
    text += "\n\nThe English starter topics alone, half B:\n\n"
    text += table([(what, one, "", None) for what, one in cold["B"].items()])
    return text, {"ok": reached, "own": found, "starters": cold}


if __name__ == "__main__":
    sys.exit(command("topics_fern", DATA, report))
