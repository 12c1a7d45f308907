"""Finding the article that answers: likeness in meaning and in words, added with fixed weights.

Method: the language anchor, sections 4 and 14. A weighted sum, not reciprocal-rank fusion, because the sum's
height says whether anything answers at all, and rank fusion throws that away (AUROC .75 against .95). Each
passage is read with its title, and so is each of its sentences: a customer mostly asks about one sentence of
an article, and the nearest one says more than the mean of the passage around it.

Where the constants come from (only queries that no benchmark reports): the weights were compared in coarse
steps, and the sureness fitted as a logistic regression, on half A of shop-fern's English mails (77) together
with the 849 stackfaq queries outside the reported 400, asked with and without their article (a weight of .08
each). The thresholds let 6 of 100 stackfaq queries without an article through.
``benchmarks/README.md`` says how to repeat it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp

import numpy as np
from numpy.typing import NDArray

from courtesy.science.encoders import Encoder, FloatArray
from courtesy.science.passages import PassageText, readings, to_encode
from courtesy.science.text import language_of
from courtesy.science.words import Words

PASSAGE, SENTENCE, WORDS = 0.5, 0.5, 0.4
LONGEST = 120  # words of a question that count as its length
WIDEST_LEAD, WIDEST_RISE = 0.25, 0.5  # larger ones count as these: an only article must not be sure by itself
FIELD = 4  # the articles after the first that the rise is measured over


@dataclass(frozen=True)
class Rule:
    """A logistic regression on four signals; ``threshold`` is the sureness from which a draft is made unasked.

    ``ordinary`` is what the articles behind the first usually score; it stands in where there are too few.
    """

    height: float
    lead: float
    rise: float
    length: float
    offset: float
    threshold: float
    ordinary: float

    def signals(self, scores: Sequence[float], words: int) -> tuple[float, float, float, float]:
        """What the rule looks at, from the articles' scores, best first, and the number of words of the question.

        The first's score; its lead over the second; its rise over the next four; and the question's length,
        since the more somebody tells around it, the lower even the right article scores.
        """
        first, *rest = [*scores[: FIELD + 1], *[self.ordinary] * FIELD][: FIELD + 1]
        rise = first - sum(rest) / FIELD
        return first, min(first - rest[0], WIDEST_LEAD), min(rise, WIDEST_RISE), min(words, LONGEST) / 100

    def sureness(self, scores: Sequence[float], words: int) -> float:
        """The probability that the first article is a right one."""
        height, lead, rise, length = self.signals(scores, words)
        z = self.height * height + self.lead * lead + self.rise * rise + self.length * length + self.offset
        return 1 / (1 + exp(-z))


WITH_MEANING = Rule(height=6.9, lead=4.5, rise=7.1, length=2.85, offset=-7.7, threshold=0.65, ordinary=0.5)
BY_WORDS = Rule(height=8.65, lead=5.75, rise=8.9, length=0.0, offset=-5.6, threshold=0.6, ordinary=0.2)


@dataclass(frozen=True)
class Candidate:
    """An article that may answer, by its best passage; ``meaning`` is None where words alone were compared."""

    article_id: int
    passage_id: int
    score: float
    meaning: float | None
    words: float


@dataclass(frozen=True)
class Found:
    """The best articles first, one candidate an article; ``sure``: the first may be drafted from unasked.

    ``sureness`` is the probability behind it; ``rows`` holds the sentences' rows of the candidates' passages,
    so that drafting need not encode them again.
    """

    candidates: tuple[Candidate, ...]
    score: float
    sure: bool
    sureness: float = 0.0
    rows: Mapping[int, FloatArray] = field(default_factory=dict, repr=False, compare=False)


def rows_for(one: PassageText, encoder: Encoder) -> FloatArray:
    """What to keep of a passage: row 0 reads the passage with its title, the others each sentence with the title."""
    return encoder.encode(readings(one.title, one.heading, one.text))


class Index:
    """The passages of a knowledge base, ready to be asked.

    ``vectors`` has an entry a passage: the encoder's rows of ``passages.readings``, or the passage's one row
    (then its sentences are not compared by themselves, and a little is lost); None compares words alone.
    ``languages`` are those the encoder reads well: in another one nothing is ever sure.
    """

    def __init__(
        self,
        passages: Sequence[PassageText],
        vectors: Sequence[FloatArray] | FloatArray | None = None,
        *,
        languages: Sequence[str] = ("en",),
    ) -> None:
        if vectors is not None and len(vectors) != len(passages):
            raise ValueError("one entry of vectors a passage")
        self.passages = tuple(passages)
        self.languages = frozenset(languages)
        texts = [to_encode(one.title, one.heading, one.text) for one in self.passages]
        self._words = Words(texts, [one.article_id for one in self.passages])
        self._rows: list[FloatArray] | None = None
        if vectors is not None and len(passages):
            self._rows = [np.atleast_2d(np.asarray(entry, dtype=np.float32)) for entry in vectors]
            self._heads: FloatArray = np.stack([entry[0] for entry in self._rows])
            parts = [entry[1:] if len(entry) > 1 else entry for entry in self._rows]
            self._parts: FloatArray = np.concatenate(parts)
            self._starts = np.cumsum([0, *(len(entry) for entry in parts[:-1])])

    def search(self, query_text: str, query_vector: FloatArray | None = None, k: int = 3) -> Found:
        """The ``k`` best articles for a text; nothing is found in an empty index.

        ``query_text`` is best ``text.asked(subject, body)``, ``query_vector`` the encoder's row of it.
        """
        words = np.array(self._words.scores(query_text), dtype=np.float64)
        meaning = self._meaning(query_vector)
        scores = words if meaning is None else meaning + WORDS * words
        best = self._best_by_article(scores)
        candidates = tuple(self._candidate(place, scores, meaning, words) for place in best[:k])
        if not candidates:
            return Found((), 0.0, False)
        score = candidates[0].score
        rule = BY_WORDS if meaning is None else WITH_MEANING
        sureness = rule.sureness([float(scores[place]) for place in best], len(query_text.split()))
        sure = sureness >= rule.threshold and self._readable(query_text, self.passages[best[0]].text)
        return Found(candidates, score, sure, sureness, self._rows_of({one.article_id for one in candidates}))

    def _meaning(self, query_vector: FloatArray | None) -> NDArray[np.float64] | None:
        if self._rows is None or query_vector is None:
            return None
        query = np.asarray(query_vector, dtype=np.float32).reshape(-1)
        nearest = np.maximum.reduceat(self._parts @ query, self._starts)
        return (PASSAGE * (self._heads @ query) + SENTENCE * nearest).astype(np.float64)

    def _best_by_article(self, scores: NDArray[np.float64]) -> list[int]:
        best: dict[int, int] = {}
        for place in np.argsort(-scores, kind="stable"):
            best.setdefault(self.passages[place].article_id, int(place))
        return list(best.values())

    def _candidate(
        self,
        place: int,
        scores: NDArray[np.float64],
        meaning: NDArray[np.float64] | None,
        words: NDArray[np.float64],
    ) -> Candidate:
        one = self.passages[place]
        near = None if meaning is None else float(meaning[place])
        return Candidate(one.article_id, one.passage_id, float(scores[place]), near, float(words[place]))

    def _readable(self, query_text: str, answer: str) -> bool:
        """Whether the question is in a language the encoder reads, and the answer in the same one."""
        asked, answered = language_of(query_text), language_of(answer)
        return (not asked or asked in self.languages) and (not answered or answered == (asked or answered))

    def _rows_of(self, articles: set[int]) -> dict[int, FloatArray]:
        if self._rows is None:
            return {}
        pairs = zip(self.passages, self._rows, strict=True)
        return {one.passage_id: rows[1:] for one, rows in pairs if one.article_id in articles and len(rows) > 1}
