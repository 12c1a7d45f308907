"""The English mails of a small shop: drafted, from a right article, from a wrong one, silent.

`python -m benchmarks.answers_fern [--json] [--words] `. Reported on half B of the split in the data's
PROVENANCE.md; half A fixed the constants (see `courtesy/science/retrieval.py` and `drafting.py`). All 40
articles are known, the German ones and the internal ones too. Strict reading: shares are of **all** English
mails of the half, spam, complaints and automatic replies included; a draft counts as right only when
**every** sentence of it comes from an article named in the gold; a draft to a mail that no article answers
is wrong. Data: ../shared/data/shop-fern (CC0).
"""

import hashlib
import json
import re
import sys
from typing import Any

from benchmarks.answering import SHARED, Answering, Article, command, has_foreign_number, science, share, table

DATA = SHARED / "data" / "shop-fern"


def articles() -> list[Article]:
    """The 40 help articles by file name, without their front matter."""
    found = []
    for file in sorted((DATA / "articles").rglob("*.md")):
        matter, _, text = file.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")
        title = re.search(r'^title: "?(.*?)"?$', matter, re.MULTILINE)
        found.append(Article(file.relative_to(DATA / "articles").as_posix(), title[1] if title else file.stem, text))
    return found


def mails(half: str) -> list[dict[str, Any]]:
    """The English mails of half A or B."""
    rows = [json.loads(line) for line in (DATA / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    return [row for row in rows if row["lang"] == "en" and _half(row) == half]


def _half(row: dict[str, Any]) -> str:
    return "AB"[hashlib.sha256(f"fern-18:{row['thread']}".encode()).digest()[0] % 2]


def measure(desk: Answering, those: list[dict[str, Any]]) -> dict[str, Any]:
    """All figures for these mails. The desk knows the articles already."""
    right = wrong = partly = none = nobody = exact = unsupported = first = three = answerable = 0
    for mail in those:
        gold = set(mail["gold"]["articles"])
        result = desk.answer(mail["body"], mail["subject"])
        answerable += bool(gold)
        first += bool(gold & set(result.ranked[:1]))
        three += bool(gold & set(result.ranked[:3]))
        if not result.sentences:
            continue
        sources = {source for _, source in result.sentences}
        right, wrong = right + (sources <= gold), wrong + (not sources <= gold)
        partly += bool(sources & gold) and not sources <= gold
        none += not gold
        nobody += mail["gold"]["kind"] != "customer"
        named = {sentence for these in mail["gold"]["sentences"].values() for sentence in these}
        exact += bool(named & {text for text, _ in result.sentences})
        unsupported += has_foreign_number(result)
    number, drafted = len(those), right + wrong
    return {
        "drafted": share(drafted, number),
        "drafts from right articles only": share(right, drafted),
        "drafted from right articles, of all": share(right, number),
        "drafted from a wrong article, of all": share(wrong, number),
        "silent": share(number - drafted, number),
        "a right article first, of answerable": share(first, answerable),
        "a right article among three, of answerable": share(three, answerable),
        "drafts that hold a sentence the gold names": share(exact, drafted),
        "wrong drafts: partly right": share(partly, wrong),
        "wrong drafts: nothing answers": share(none, wrong),
        "wrong drafts: no customer's mail": share(nobody, wrong),
        "drafts with a number or date that stands in no source": share(unsupported, drafted),
    }


def report(desk: Answering) -> tuple[str, dict[str, Any]]:
    """The table for half B and the numbers of both halves."""
    desk.know(articles())
    found = measure(desk, mails("B"))
    targets: dict[str, tuple[str, bool | None]] = {
        "drafted": ("≥ .30", found["drafted"]["hits"] >= 0.30 * found["drafted"]["of"]),
        "drafts from right articles only": ("≥ .80", (found["drafts from right articles only"]["share"] or 0) >= 0.80),
        "a right article among three, of answerable": (
            "≥ .90",
            found["a right article among three, of answerable"]["share"] >= 0.90,
        ),
        "drafts with a number or date that stands in no source": (
            "0",
            found["drafts with a number or date that stands in no source"]["hits"] == 0,
        ),
    }
    text = table([(what, figures, *targets.get(what, ("", None))) for what, figures in found.items()])
    numbers = {
        "ok": all(reached for _, reached in targets.values()),
        "means": desk.means,
        "figures": found,
        "half A, where the constants were fixed": measure(desk, mails("A")),
    }
    return f"shop-fern, {found['drafted']['of']} English mails of half B, {desk.means}\n\n{text}", numbers


if __name__ == "__main__":
    sys.exit(command("answers_fern", DATA, lambda words: report(science(words_alone=words))))
