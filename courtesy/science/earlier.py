"""Which sentence of an earlier answer answers a question: by its likeness to the question and to the whole mail.

Articles come first; an earlier answer only says what they leave open. The two bars were chosen on shop-fern's English
mails and past questions: below .6, one sentence in two answered something else. Few are found from there on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from courtesy.science.encoders import FloatArray

THIS_QUESTION, WHOLE_MAIL = 0.6, 0.4
BESIDE_AN_ARTICLE = 0.55
"""From this likeness on a sentence may answer a question that a draft from articles leaves open."""
BY_ITSELF = 0.6
"""From this likeness on it may be a draft where no article is sure, if it answers half of what is asked."""
MOST_LOOKED_AT = 12
"""Sentences whose words are asked for; the nearest ones."""


@dataclass(frozen=True)
class Near:
    """A sentence by its place in what was handed in, and how well it answers."""

    place: int
    likeness: float


def nearest(question: FloatArray, whole: FloatArray, rows: FloatArray, *, least: float) -> list[Near]:
    """The sentences (a unit row each) nearest to a question of a mail, the best first, none below ``least``.

    >>> rows = np.eye(2, dtype=np.float32)
    >>> [one.place for one in nearest(rows[1], rows[1], rows, least=0.5)]
    [1]
    """
    if not len(rows):
        return []
    likeness = THIS_QUESTION * (rows @ question) + WHOLE_MAIL * (rows @ whole)
    best = np.argsort(-likeness, kind="stable")[:MOST_LOOKED_AT]
    return [Near(int(place), float(likeness[place])) for place in best if likeness[place] >= least]


def begun_large(sentence: str) -> str:
    """A sentence that lost its beginning ("Declan, pots have …") begins with a capital letter again."""
    return sentence[:1].upper() + sentence[1:]


def as_rows(vectors: Sequence[FloatArray]) -> FloatArray:
    """Rows in one table; an empty one for none."""
    return np.stack(vectors) if len(vectors) else np.empty((0, 0), dtype=np.float32)
