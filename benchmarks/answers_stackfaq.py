"""400 questions to 125 articles, each asked with its article there and with its article gone.

`python -m benchmarks.answers_stackfaq [--json] [--words]`. The 400 are the first of the 1,249 queries by the
SHA-256 of "courtesy-stackfaq:" + faq_id + query; thresholds and weights were fixed on others (see
`courtesy/science/retrieval.py`). Data: ../shared/data/stackfaq (CC BY-SA 3.0, for tests only).
"""

import csv
import gzip
import hashlib
import json
import sys
from collections import defaultdict
from typing import Any

from benchmarks.answering import SHARED, Answering, Article, command, has_foreign_number, science, share, table

DATA = SHARED / "data" / "stackfaq"
REPORTED = 400


def articles() -> list[Article]:
    """The 125 questions as titles, their answers as texts."""
    with gzip.open(DATA / "faqs.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [Article(row["faq_id"], row["question"], "\n\n".join(json.loads(row["answers"]))) for row in rows]


def queries() -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """(query, right article) twice: the 400 that are reported, and the others, for fixing constants."""
    with gzip.open(DATA / "queries.csv.gz", "rt", encoding="utf-8", newline="") as file:
        rows = [(row["query"], row["faq_id"]) for row in csv.DictReader(file)]
    rows.sort(key=lambda row: hashlib.sha256(f"courtesy-stackfaq:{row[1]}{row[0]}".encode()).hexdigest())
    return rows[:REPORTED], rows[REPORTED:]


def measure(desk: Answering, asked: list[tuple[str, str]]) -> dict[str, Any]:
    """All figures for these queries; a draft is right when every sentence of it comes from the right article."""
    everything = articles()
    desk.know(everything)
    first = right = wrong = unsupported = 0
    for query, key in asked:
        result = desk.answer(query)
        first += bool(result.ranked) and result.ranked[0] == key
        if result.sentences:
            clean = all(source == key for _, source in result.sentences)
            right, wrong = right + clean, wrong + (not clean)
            unsupported += has_foreign_number(result)
    by_key = defaultdict(list)
    for query, key in asked:
        by_key[key].append(query)
    silent = 0
    for gone, those in sorted(by_key.items()):
        desk.know([article for article in everything if article.key != gone])
        for query in those:
            result = desk.answer(query)
            silent += not result.sentences
            unsupported += has_foreign_number(result)
    number = len(asked)
    return {
        "right article first": share(first, number),
        "drafted from the right article": share(right, number),
        "drafted from a wrong article": share(wrong, number),
        "article gone: no draft": share(silent, number),
        "drafts with a number or date that stands in no source": share(unsupported, number * 2),
    }


def report(desk: Answering) -> tuple[str, dict[str, Any]]:
    """The table and the numbers."""
    asked, _ = queries()
    found = measure(desk, asked)
    targets: dict[str, tuple[str, bool]] = {
        "right article first": ("≥ .90", found["right article first"]["share"] >= 0.90),
        "drafted from the right article": ("≥ .70", found["drafted from the right article"]["share"] >= 0.70),
        "drafted from a wrong article": ("≤ .06", found["drafted from a wrong article"]["share"] <= 0.06),
        "article gone: no draft": ("≥ .90", found["article gone: no draft"]["share"] >= 0.90),
        "drafts with a number or date that stands in no source": (
            "0",
            found["drafts with a number or date that stands in no source"]["hits"] == 0,
        ),
    }
    text = table([(what, figures, *targets[what]) for what, figures in found.items()])
    ok = all(reached for _, reached in targets.values())
    return f"stackfaq, {len(asked)} queries, {desk.means}\n\n{text}", {"ok": ok, "means": desk.means, "figures": found}


if __name__ == "__main__":
    sys.exit(command("answers_stackfaq", DATA, lambda words: report(science(words_alone=words))))
