"""What a message is about: the nearest of the shop's own topics, or honestly none of them.

Method: logistic regression on the encoder's rows with the topic's own name as one more example (the language
anchor, section 2), one temperature fitted out of fold (Guo et al. 2017, "On Calibration of Modern Neural
Networks", arXiv 1706.04599), and *unknown* where the message is like no example or no topic is likely.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from courtesy.science.encoders import FloatArray

LIKELY = 0.35
NEAR = 0.25


@dataclass(frozen=True)
class Topic:
    """A topic with its probability and the example it resembles most; ``name`` is None for unknown."""

    name: str | None
    probability: float
    nearest: str
    likeness: float


class Topics:
    """The shop's topics, learned from a few examples each; ``vectors`` are the examples' rows, in order.

    ``names[i]`` is the topic of ``examples[i]``; give each topic's own name as one of its examples.
    """

    def __init__(self, names: Sequence[str], examples: Sequence[str], vectors: FloatArray) -> None:
        if not len(names) == len(examples) == len(vectors):
            raise ValueError("one name and one vector an example")
        self._examples = list(examples)
        self._vectors = np.asarray(vectors, dtype=np.float64)
        self._topics = sorted(set(names))
        self._labels = np.array([self._topics.index(name) for name in names], dtype=np.int64)
        self._centers = np.array(
            [self._vectors[self._labels == number].mean(axis=0) for number in range(len(self._topics))]
        )
        self._temperature = 0.1

    def read(self, vector: FloatArray) -> Topic:
        """The belief for one message's row; unknown where nothing known is near."""
        if not self._topics:
            return Topic(None, 0.0, "", 0.0)
        row = np.asarray(vector, dtype=np.float64).reshape(-1)
        shares = self._shares(self._centers @ row)
        best, near = int(np.argmax(shares)), self._vectors @ row
        nearest = int(np.argmax(near))
        known = shares[best] >= LIKELY and near[nearest] >= NEAR
        name = self._topics[best] if known else None
        return Topic(name, float(shares[best]), self._examples[nearest], float(near[nearest]))

    def _shares(self, logits: NDArray[np.float64]) -> NDArray[np.float64]:
        raised = np.exp((logits - logits.max()) / self._temperature)
        return np.asarray(raised / raised.sum())
